import { useState } from "preact/hooks";
import { listOrders } from "../../shared/account.js";
import { ask } from "../../shared/ask.js";
import type { AccountOrder, AccountWords, OrdersAnswer } from "../../shared/contract/types.js";
import { say, type Shopify } from "../../shared/host.js";
import { addressOf } from "../../shared/places.js";
import { Answered } from "../../shared/states.js";
import { Texts } from "../../shared/texts.js";
import { useAnswer } from "../../shared/use-answer.js";

interface Page {
  readonly orders: readonly AccountOrder[];
  readonly words: AccountWords | null;
  readonly after: string | null;
}

/** The shopper's orders: which there are Shopify says, what is possible with each of them we do. */
export function Orders({ shopify }: { shopify: Shopify }) {
  const [starts, start] = useState<readonly (string | null)[]>([null]);
  return (
    <s-page heading={say(shopify, "claim.orders.heading")}>
      <s-stack gap="large">
        {starts.map((after, no) => (
          <OrdersFrom
            key={after}
            shopify={shopify}
            after={after}
            more={no === starts.length - 1 ? (next) => start([...starts, next]) : null}
          />
        ))}
      </s-stack>
    </s-page>
  );
}

interface From {
  readonly shopify: Shopify;
  readonly after: string | null;
  readonly more: ((next: string) => void) | null;
}

function OrdersFrom({ shopify, after, more }: From) {
  const asked = useAnswer(() => pageFrom(shopify, after), after ?? "");
  return (
    <Answered shopify={shopify} asked={asked} lines={4}>
      {(page) => (
        <s-stack gap="large">
          {page.orders.map((order) => (
            <OneOrder key={order.id} order={order} words={page.words} />
          ))}
          {after === null && page.after === null && page.orders.length === 0 ? (
            <s-text>{say(shopify, "claim.account.none")}</s-text>
          ) : null}
          {more && page.after ? (
            <s-button onClick={() => page.after && more(page.after)}>{say(shopify, "claim.account.more")}</s-button>
          ) : null}
        </s-stack>
      )}
    </Answered>
  );
}

async function pageFrom(shopify: Shopify, after: string | null): Promise<Page> {
  const { ids, after: next } = await listOrders(after);
  if (ids.length === 0) return { orders: [], words: null, after: next };
  const { orders, words } = await ask<OrdersAnswer>(shopify, "account/orders", { query: { ids: ids.join() } });
  return { orders, words, after: next };
}

function OneOrder({ order, words }: { order: AccountOrder; words: AccountWords | null }) {
  return (
    <s-section heading={order.title}>
      <s-stack gap="base">
        <Texts texts={[order.placed]} isQuiet />
        <Texts texts={[...order.items, order.next]} />
        {order.claims.map(({ id, number, title }) => (
          <s-stack key={id} direction="inline" gap="small-100">
            <s-link href={addressOf({ kind: "claim", id })}>{number}</s-link>
            <s-text>{title}</s-text>
          </s-stack>
        ))}
        <s-button href={addressOf({ kind: "order", id: order.id })} variant={order.can_claim ? "primary" : "secondary"}>
          {words?.start}
        </s-button>
      </s-stack>
    </s-section>
  );
}
