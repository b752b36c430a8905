/** Finished sentences, one below the other; the empty ones, where there is nothing to say, are left out. */
export function Texts({ texts, isQuiet = false }: { texts: readonly string[]; isQuiet?: boolean }) {
  return (
    <>
      {texts.filter(Boolean).map((text, no) => (
        <s-text key={no} color={isQuiet ? "subdued" : "base"}>
          {text}
        </s-text>
      ))}
    </>
  );
}

/** The same as a list. */
export function Listed({ texts }: { texts: readonly string[] }) {
  return (
    <s-unordered-list>
      {texts.map((text, no) => (
        <s-list-item key={no}>{text}</s-list-item>
      ))}
    </s-unordered-list>
  );
}
