import { useState } from "preact/hooks";
import type { DraftLine } from "../../shared/contract/types.js";
import { Texts } from "../../shared/texts.js";
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
      step={2}
      heading={words.evidence}
      about={line.title}
      steps={steps}
      next={words.next}
      send={() => steps.answer(line.line, { serial })}
    >
      <Texts texts={[asked?.text ?? ""]} />
      {asked?.wants_files ? (
        <s-button href={asked.upload.url} target="_blank">
          {asked.upload.text}
        </s-button>
      ) : null}
      <Texts texts={asked?.files ?? []} />
      {asked?.wants_serial ? (
        <s-text-field
          label={words.serial}
          value={serial}
          maxLength={LONGEST_SERIAL}
          onInput={(event) => write(valueOf(event))}
        />
      ) : null}
      <Texts texts={[words.evidence_later]} isQuiet />
    </Question>
  );
}
