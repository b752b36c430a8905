import { useState } from "preact/hooks";
import type { DraftLine } from "../../shared/contract/types.js";
import { valueOf } from "./fields.js";
import { Question, type Steps } from "./question.js";

const LONGEST_SERIAL = 100;

/** What the policy asks to be shown; files are added on a page of ours, since no file leaves an extension. */
export function Evidence({ line, steps }: { line: DraftLine; steps: Steps }) {
  const { words } = steps.order;
  const [serial, write] = useState(line.serial);
  const asked = line.evidence;
  return (
    <Question
      heading={words.evidence}
      about={line.title}
      steps={steps}
      next={words.next}
      send={() => steps.answer(line.line, { serial })}
    >
      {asked ? <s-text>{asked.text}</s-text> : null}
      {asked?.wants_files ? (
        <s-button href={asked.upload.url} target="_blank">
          {asked.upload.text}
        </s-button>
      ) : null}
      {asked?.files.map((name) => (
        <s-text key={name}>{name}</s-text>
      ))}
      {asked?.wants_serial ? (
        <s-text-field
          label={words.serial}
          value={serial}
          maxLength={LONGEST_SERIAL}
          onInput={(event) => write(valueOf(event))}
        />
      ) : null}
      <s-text color="subdued">{words.evidence_later}</s-text>
    </Question>
  );
}
