import { useState } from "preact/hooks";
import { unitsLeft } from "../../shared/account.js";
import { ask } from "../../shared/ask.js";
import type { ClaimAnswer, ClaimDraftAnswer, LineWish, OrderAnswer } from "../../shared/contract/types.js";
import { say, type Shopify } from "../../shared/host.js";
import { addressOf } from "../../shared/places.js";
import { Answered, Trouble } from "../../shared/states.js";
import { useAnswer } from "../../shared/use-answer.js";
import { Elsewhere } from "./elsewhere.js";
import { after, before, ITEMS, wishes, type Screen } from "./flow.js";
import type { Steps } from "./question.js";
import { Step } from "./steps.js";
import { useSending } from "./use-sending.js";

/** One order: a claim about it is written question by question, each answer kept on the server before the next. */
export function Order({ shopify, id }: { shopify: Shopify; id: string }) {
  const asked = useAnswer(() => orderAsItIs(shopify, id), id);
  return (
    <s-page heading={say(shopify, "claim.find.heading")} subheading={asked.answer?.title ?? ""}>
      <s-link slot="breadcrumb-actions" href={addressOf({ kind: "orders" })}>
        {say(shopify, "claim.orders.heading")}
      </s-link>
      <Answered shopify={shopify} asked={asked} lines={5}>
        {(order) => <Claiming shopify={shopify} order={order} />}
      </Answered>
      <Elsewhere shopify={shopify} asked={asked} />
    </s-page>
  );
}

/** Our own answer, no line with more units than Shopify has free of a return now. Where it does not say, ours holds. */
async function orderAsItIs(shopify: Shopify, id: string): Promise<OrderAnswer> {
  const [order, left] = await Promise.all([
    ask<OrderAnswer>(shopify, `account/orders/${id}`),
    unitsLeft(id).catch(() => new Map<string, number>()),
  ]);
  const none = say(shopify, "claim.lines.none");
  const lines = order.lines.map((line) => {
    const units = Math.max(0, Math.min(line.left, left.get(line.id) ?? line.left));
    return { ...line, left: units, none_left: units ? "" : line.none_left || none };
  });
  return { ...order, lines };
}

function Claiming({ shopify, order }: { shopify: Shopify; order: OrderAnswer }) {
  const [draft, keep] = useState<ClaimDraftAnswer | null>(order.draft);
  const [here, go] = useState<Screen>(ITEMS);
  const { isUnderWay, fault, send } = useSending();
  const path = `account/orders/${order.id}/claim`;
  const keepAll = async (lines: readonly LineWish[]): Promise<void> => {
    const answer = await ask<ClaimDraftAnswer>(shopify, path, { method: "POST", body: { lines } });
    keep(answer);
    go(after(answer, here));
  };
  const submit = async (draft: string): Promise<void> => {
    const { id } = await ask<ClaimAnswer>(shopify, `${path}/submit`, { method: "POST", body: { draft } });
    navigation.navigate(addressOf({ kind: "claim", id }), { history: "replace" });
  };
  const steps: Steps = {
    order,
    draft,
    isUnderWay,
    progress: (n) => say(shopify, "claim.step", { n, count: 4 }),
    say: (lines) => send(() => keepAll(lines)),
    answer: (line, change) => draft && send(() => keepAll(wishes(draft, line, change))),
    submit: () => draft && send(() => submit(draft.draft)),
    back: () => go(before(draft, here)),
    go,
  };
  return (
    <s-stack gap="large">
      {fault ? <Trouble shopify={shopify} fault={fault} /> : null}
      <Step key={`${here.kind} ${"line" in here ? here.line : ""}`} here={here} steps={steps} />
    </s-stack>
  );
}
