import { useState } from "preact/hooks";
import type { ClaimableLine, LineWish } from "../../shared/contract/types.js";
import { addressOf } from "../../shared/places.js";
import { Clocks } from "../../shared/windows.js";
import { isTicked, valueOf } from "./fields.js";
import { wishOf } from "./flow.js";
import { Question, type Steps } from "./question.js";

const MOST = 99;

/** First: which goods, how many of them, with what is possible until when. */
export function Items({ steps }: { steps: Steps }) {
  const { order } = steps;
  const claimable = order.lines.filter(({ left }) => left > 0);
  const [chosen, choose] = useState<ReadonlyMap<string, number>>(() => begun(steps, claimable));
  const [wrong, see] = useState("");
  const set = (line: string, units: number): void => choose(new Map(chosen).set(line, units));
  const send = (): void => {
    const lines = claimable.map(({ id }) => wish(steps, id, chosen.get(id) ?? 0)).filter(({ quantity }) => quantity > 0);
    if (lines.length) steps.say(lines);
    else see(order.words.items_needed);
  };
  const lines = order.lines.map((line) => (
    <Item
      key={line.id}
      line={line}
      words={order.words}
      isOnly={claimable.length === 1}
      units={chosen.get(line.id) ?? 0}
      set={(units) => set(line.id, units)}
    />
  ));
  const withdrawal = order.withdrawal ? (
    <s-link lang={order.withdrawal.language} href={addressOf({ kind: "withdrawal", id: order.id })}>
      {order.withdrawal.text}
    </s-link>
  ) : null;
  if (claimable.length === 0)
    return (
      <s-stack gap="base">
        {lines}
        {withdrawal}
      </s-stack>
    );
  return (
    <s-stack gap="base">
      <Question
        step={1}
        heading={order.words.items}
        about={order.placed}
        wrong={wrong}
        steps={steps}
        next={order.words.next}
        send={send}
        isFirst
      >
        {lines}
      </Question>
      {withdrawal}
    </s-stack>
  );
}

function begun({ draft }: Steps, claimable: readonly ClaimableLine[]): ReadonlyMap<string, number> {
  const [only, ...others] = claimable;
  if (!draft?.lines.length) return new Map(only && others.length === 0 ? [[only.id, 1]] : []);
  return new Map(draft.lines.map(({ line, quantity }) => [line, quantity]));
}

/** What was said of a line before is kept, however many of it are chosen now. */
function wish({ draft }: Steps, line: string, quantity: number): LineWish {
  const known = draft?.lines.find((each) => each.line === line);
  return { ...(known ? wishOf(known) : { line }), quantity };
}

interface Props {
  readonly line: ClaimableLine;
  readonly words: Steps["order"]["words"];
  readonly isOnly: boolean;
  readonly units: number;
  readonly set: (units: number) => void;
}

function Item({ line, words, isOnly, units, set }: Props) {
  return (
    <s-box border="base" borderRadius="base" padding="base">
      <s-stack gap="small-100">
        {line.left && !isOnly ? (
          <s-checkbox
            label={line.title}
            checked={units > 0}
            onChange={(event) => set(isTicked(event) ? 1 : 0)}
          />
        ) : (
          <s-text type="strong">{line.title}</s-text>
        )}
        {line.none_left ? <s-text color="subdued">{line.none_left}</s-text> : null}
        {line.left > 1 && units > 0 ? (
          <s-select label={words.quantity} value={`${units}`} onChange={(event) => set(Number(valueOf(event)))}>
            {Array.from({ length: Math.min(line.left, MOST) }, (_, no) => (
              <s-option key={no} value={`${no + 1}`}>
                {`${no + 1}`}
              </s-option>
            ))}
          </s-select>
        ) : null}
        <Clocks clocks={line.clocks} closed={words.closed} isBrief />
      </s-stack>
    </s-box>
  );
}
