import { useState } from "preact/hooks";
import type { DraftLine, RemedyChoice } from "../../shared/contract/types.js";
import { Texts } from "../../shared/texts.js";
import { valuesOf } from "./fields.js";
import { Instead } from "./instead.js";
import { Question, type Steps } from "./question.js";

const EXCHANGE = "exchange";

/** Third: what the shopper wants, with what it comes to and who pays, before anything is sent. */
export function Remedy({ line, steps }: { line: DraftLine; steps: Steps }) {
  const { words } = steps.order;
  const [remedy, choose] = useState(line.remedy);
  const [instead, want] = useState({ variant: line.variant, instead: line.instead });
  const [conditions, tick] = useState(line.conditions_met);
  const [wrong, see] = useState("");
  const send = (): void => {
    const isOpen = remedy === EXCHANGE && line.variants.length > 0 && !instead.variant && !instead.instead;
    if (!remedy || isOpen) see(words.remedy_needed);
    else steps.answer(line.line, { remedy, saw_choice: line.legal.length > 0, ...instead, conditions });
  };
  return (
    <Question step={3} heading={words.remedy} about={line.title} wrong={wrong} steps={steps} next={words.next} send={send}>
      <Texts texts={[...line.legal, line.no_right]} />
      <s-choice-list
        label={words.remedy}
        labelAccessibilityVisibility="exclusive"
        values={remedy ? [remedy] : []}
        onChange={(event) => choose(valuesOf(event)[0] ?? null)}
      >
        {line.remedies.map((choice) => (
          <s-choice key={choice.id} value={choice.id}>
            {choice.name}
            <s-stack slot="details" gap="none">
              <Worth choice={choice} />
            </s-stack>
          </s-choice>
        ))}
      </s-choice-list>
      {remedy === EXCHANGE ? <Instead line={line} words={words} kept={instead} keep={want} /> : null}
      {line.conditions.length ? <Conditions line={line} met={conditions} tick={tick} /> : null}
      <Texts texts={[line.payer]} />
    </Question>
  );
}

/** Whose promise it is and what it comes to. */
function Worth({ choice }: { choice: RemedyChoice }) {
  return (
    <>
      {choice.label ? (
        <s-badge tone="neutral" color={choice.is_statutory ? "base" : "subdued"}>
          {choice.label}
        </s-badge>
      ) : null}
      <Texts texts={choice.sentences} />
    </>
  );
}

interface Asked {
  readonly line: DraftLine;
  readonly met: readonly string[];
  readonly tick: (met: readonly string[]) => void;
}

/** What the promise asks of the goods; nothing is ticked before somebody ticks it. */
function Conditions({ line, met, tick }: Asked) {
  return (
    <s-choice-list
      label={line.conditions_asked}
      multiple
      values={[...met]}
      onChange={(event) => tick(valuesOf(event))}
    >
      {line.conditions.map(({ id, text }) => (
        <s-choice key={id} value={id}>
          {text}
        </s-choice>
      ))}
    </s-choice-list>
  );
}
