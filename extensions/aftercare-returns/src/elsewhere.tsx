import { ask } from "../../shared/ask.js";
import type { OrdersAnswer } from "../../shared/contract/types.js";
import type { Shopify } from "../../shared/host.js";
import { useAnswer, type Asked } from "../../shared/use-answer.js";

/** What is open to any order, on record here or not: where it is found by its number, and the withdrawal function. */
export function Ways({ answer }: { answer: Pick<OrdersAnswer, "entry" | "withdrawal"> }) {
  const { entry, withdrawal } = answer;
  return (
    <s-stack gap="base">
      <s-link href={entry.url} target="_blank">
        {entry.text}
      </s-link>
      {withdrawal ? (
        <s-link lang={withdrawal.language} href={withdrawal.url} target="_blank">
          {withdrawal.text}
        </s-link>
      ) : null}
    </s-stack>
  );
}

/** The orders asked for, none of them too: the ways are part of the answer. */
export function askOrders(shopify: Shopify, ids: readonly string[]): Promise<OrdersAnswer> {
  return ask<OrdersAnswer>(shopify, "account/orders", { query: { ids: ids.join() } });
}

/** The ways, where what was asked for is not here. */
export function Elsewhere({ shopify, asked }: { shopify: Shopify; asked: Asked<unknown> }) {
  return asked.fault?.status === 404 ? <Open shopify={shopify} /> : null;
}

function Open({ shopify }: { shopify: Shopify }) {
  const { answer } = useAnswer(() => askOrders(shopify, []), "");
  return answer ? <Ways answer={answer} /> : null;
}
