import { useState } from "preact/hooks";
import type { DraftLine, ReasonGroup } from "../../shared/contract/types.js";
import { valueOf, valuesOf } from "./fields.js";
import { Question, type Steps } from "./question.js";

const LONGEST_NOTE = 2000;

/** Second: why. */
export function Reason({ line, steps }: { line: DraftLine; steps: Steps }) {
  const { words, reasons } = steps.order;
  const [reason, choose] = useState(line.reason);
  const [note, write] = useState(line.note);
  const [wrong, see] = useState("");
  const send = (): void => {
    if (reason) steps.answer(line.line, { reason, note, remedy: reason === line.reason ? line.remedy : null });
    else see(words.reason_needed);
  };
  return (
    <Question step={2} heading={words.reason} about={line.title} wrong={wrong} steps={steps} next={words.next} send={send}>
      {reasons.map((group) => (
        <Group key={group.name} group={group} chosen={reason} choose={choose} />
      ))}
      <s-text-area
        label={words.note}
        value={note}
        rows={4}
        maxLength={LONGEST_NOTE}
        onInput={(event) => write(valueOf(event))}
      />
      <s-text color="subdued">{words.note_help}</s-text>
    </Question>
  );
}

interface Props {
  readonly group: ReasonGroup;
  readonly chosen: string | null;
  readonly choose: (reason: string) => void;
}

/** Reasons under one heading; the one with the chosen reason stands open. */
function Group({ group, chosen, choose }: Props) {
  const isHere = group.reasons.some(({ id }) => id === chosen);
  return (
    <s-details defaultOpen={isHere}>
      <s-summary>
        <Said text={group.name} language={group.language} />
      </s-summary>
      <s-choice-list
        label={group.name}
        labelAccessibilityVisibility="exclusive"
        values={isHere && chosen ? [chosen] : []}
        onChange={(event) => valuesOf(event).slice(0, 1).forEach(choose)}
      >
        {group.reasons.map(({ id, text, language }) => (
          <s-choice key={id} value={id}>
            <Said text={text} language={language} />
          </s-choice>
        ))}
      </s-choice-list>
    </s-details>
  );
}

/** Words in their own language where it is another one. */
function Said({ text, language }: { text: string; language: string | null }) {
  return language ? <s-text lang={language}>{text}</s-text> : <s-text>{text}</s-text>;
}
