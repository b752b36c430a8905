import { useState } from "preact/hooks";
import { listOrders } from "../../shared/account.js";
import type { AccountOrder, AccountWords, OrdersAnswer } from "../../shared/contract/types.js";
import { faultOf, type Fault } from "../../shared/fault.js";
import { say, type Shopify } from "../../shared/host.js";
import { addressOf } from "../../shared/places.js";
import { Answered, Trouble } from "../../shared/states.js";
import { Texts } from "../../shared/texts.js";
import { useAnswer } from "../../shared/use-answer.js";
import { askOrders, Ways } from "./elsewhere.js";

interface Page {
  readonly told: OrdersAnswer;
  readonly after: string | null;
  /** Why Shopify does not say which orders there are. */
  readonly fault: Fault | null;
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
          {page.fault ? <Trouble shopify={shopify} fault={page.fault} again={asked.again} /> : null}
          {page.told.orders.map((order) => (
            <OneOrder key={order.id} order={order} words={page.told.words} />
          ))}
          {after === null && page.after === null && !page.fault && page.told.orders.length === 0 ? (
            <s-text>{say(shopify, "claim.account.none")}</s-text>
          ) : null}
          {more && page.after ? (
            <s-button onClick={() => page.after && more(page.after)}>{say(shopify, "claim.account.more")}</s-button>
          ) : null}
          {more ? <Ways answer={page.told} /> : null}
        </s-stack>
      )}
    </Answered>
  );
}

/** Shopify may list none, or fail to: our answer is asked for all the same, because of the ways it opens. */
async function pageFrom(shopify: Shopify, after: string | null): Promise<Page> {
  const { fault, ...listed } = await listOrders(after).then(
    (page) => ({ ...page, fault: null }),
    (error: unknown) => ({ ids: [], after: null, fault: faultOf(error) }),
  );
  return { told: await askOrders(shopify, listed.ids), after: listed.after, fault };
}

function OneOrder({ order, words }: { order: AccountOrder; words: AccountWords }) {
  return (
    <s-section heading={order.title}>
      <s-stack gap="base">
        <Texts texts={[order.placed]} isQuiet />
        <Texts texts={[...order.items, ...order.parcels, order.next]} />
        {order.claims.map(({ id, number, title }) => (
          <s-stack key={id} direction="inline" gap="small-100">
            <s-link href={addressOf({ kind: "claim", id })}>{number}</s-link>
            <s-text>{title}</s-text>
          </s-stack>
        ))}
        <s-button href={addressOf({ kind: "order", id: order.id })} variant={order.can_claim ? "primary" : "secondary"}>
          {words.start}
        </s-button>
      </s-stack>
    </s-section>
  );
}
