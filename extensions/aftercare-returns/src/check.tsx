import type { DraftLine } from "../../shared/contract/types.js";
import { Listed, Texts } from "../../shared/texts.js";
import { Question, type Steps } from "./question.js";

/** Fourth: everything at a glance, and one button that sends it. */
export function Check({ steps }: { steps: Steps }) {
  const { order, draft } = steps;
  if (!draft) return null;
  return (
    <Question
      step={4}
      heading={order.words.check}
      about={order.title}
      steps={steps}
      next={order.words.submit}
      send={steps.submit}
    >
      {draft.lines.map((line) => (
        <Line key={line.line} line={line} steps={steps} />
      ))}
      {draft.total ? <s-text type="strong">{draft.total}</s-text> : null}
      <Listed texts={draft.after} />
    </Question>
  );
}

function Line({ line, steps }: { line: DraftLine; steps: Steps }) {
  const { order, go } = steps;
  const remedy = line.remedies.find(({ id }) => id === line.remedy);
  const variant = line.variants.find(({ id }) => id === line.variant);
  return (
    <s-box border="base" borderRadius="base" padding="base">
      <s-stack gap="small-100">
        <s-text type="strong">{line.title}</s-text>
        <Texts texts={[line.reason_text, line.note, line.serial, ...(line.evidence?.files ?? [])]} />
        <Change words={order.words.change} what={order.words.reason} go={() => go({ kind: "reason", line: line.line })} />
        <s-text type="strong">{remedy?.name}</s-text>
        <Texts texts={[variant?.title ?? line.instead, ...line.worth, line.payer]} />
        <Change words={order.words.change} what={order.words.remedy} go={() => go({ kind: "remedy", line: line.line })} />
      </s-stack>
    </s-box>
  );
}

function Change({ words, what, go }: { words: string; what: string; go: () => void }) {
  return (
    <s-button variant="secondary" accessibilityLabel={`${words}: ${what}`} onClick={go}>
      {words}
    </s-button>
  );
}
