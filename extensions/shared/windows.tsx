import type { ClockAnswer, EntitlementsAnswer, LineAnswer, PanelWords } from "./contract/types.js";
import { Listed, Texts } from "./texts.js";

const OVER = ["closed", "not_applicable"];

/** What an order entitles its shopper to, line by line. */
export function Windows({ rights }: { rights: EntitlementsAnswer }) {
  return (
    <s-stack gap="large">
      {rights.lines.map((line) => (
        <Line key={line.id} line={line} words={rights.words} />
      ))}
    </s-stack>
  );
}

function Line({ line, words }: { line: LineAnswer; words: PanelWords }) {
  const cited = [...new Set<string>(line.clocks.flatMap(({ sources }) => sources.map(({ citation }) => citation)))];
  return (
    <s-stack gap="small-100">
      <s-text type="strong">{line.title}</s-text>
      <Clocks clocks={line.clocks} closed={words.closed} />
      {cited.length ? <Fold name={words.sources} texts={cited} /> : null}
    </s-stack>
  );
}

interface Props {
  readonly clocks: readonly ClockAnswer[];
  readonly closed: string;
  /** Without why the rights that run do so. */
  readonly isBrief?: boolean;
}

/** The rights that run, each under whose promise it is; those that are over fold away with their reason. */
export function Clocks({ clocks, closed, isBrief = false }: Props) {
  const over = clocks.filter(({ state }) => OVER.includes(state));
  return (
    <s-stack gap="small-100">
      {clocks
        .filter(({ state }) => !OVER.includes(state))
        .map((clock) => (
          <Clock key={clock.right} clock={isBrief ? { ...clock, reason: "" } : clock} />
        ))}
      {over.length ? <Fold name={closed} texts={over.map(ended)} /> : null}
    </s-stack>
  );
}

function Clock({ clock }: { clock: ClockAnswer }) {
  return (
    <s-stack gap="none">
      <s-stack direction="inline" gap="small-100" alignItems="center">
        <s-text>{clock.title}</s-text>
        <s-badge tone="neutral" color={clock.is_statutory ? "base" : "subdued"}>
          {clock.label}
        </s-badge>
      </s-stack>
      <Texts texts={[clock.sentence]} />
      <Texts texts={[clock.payer, clock.reason]} isQuiet />
    </s-stack>
  );
}

function ended({ title, sentence, reason }: ClockAnswer): string {
  return [`${title}: ${sentence}`, reason].filter(Boolean).join(" ");
}

/** Something that can be unfolded. */
export function Fold({ name, texts }: { name: string; texts: readonly string[] }) {
  return (
    <s-details>
      <s-summary>{name}</s-summary>
      <Listed texts={texts} />
    </s-details>
  );
}
