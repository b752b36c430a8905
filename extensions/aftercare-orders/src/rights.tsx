import { ask } from "../../shared/ask.js";
import type { OrderWindowsAnswer } from "../../shared/contract/types.js";
import { figures, type Shopify } from "../../shared/host.js";
import { addressOf } from "../../shared/places.js";
import { Promises } from "../../shared/promises.js";
import { Standings } from "../../shared/standings.js";
import { useAnswer, type Asked } from "../../shared/use-answer.js";
import { Windows } from "../../shared/windows.js";

type Host = Shopify & {
  readonly localization: { readonly country: { readonly value: { readonly isoCode: string } | undefined } };
};

/** What an order entitles to; asked anew when the shopper signs in. */
export function useWindows(shopify: Host, order: string, state = ""): Asked<OrderWindowsAnswer> {
  const country = shopify.localization.country.value?.isoCode ?? "";
  const load = (): Promise<OrderWindowsAnswer> =>
    ask(shopify, `account/orders/${figures(order)}/windows`, { query: country ? { country } : {} });
  return useAnswer(load, `${order} ${country} ${state}`);
}

/** The rights of whoever's order it is; for anybody else what holds for everybody. */
export function Rights({ answer }: { answer: OrderWindowsAnswer }) {
  if (answer.rights) return <Windows rights={answer.rights} />;
  return answer.promise ? <Promises policy={answer.promise} /> : null;
}

/** Claims so far, the way into another, and the withdrawal function under its official words. */
export function Ways({ answer, order }: { answer: OrderWindowsAnswer; order: string }) {
  return (
    <s-stack gap="base">
      <Standings claims={answer.claims} />
      <s-button href={entryOf(answer, order)}>{answer.entry.text}</s-button>
      <Withdrawal answer={answer} order={order} />
    </s-stack>
  );
}

/** Into a claim: in the account where the order is theirs, else to where it is found by number and e-mail. */
export function entryOf(answer: OrderWindowsAnswer, order: string): string {
  return answer.rights ? addressOf({ kind: "order", id: figures(order) }) : answer.entry.url;
}

export function Withdrawal({ answer, order }: { answer: OrderWindowsAnswer; order: string }) {
  if (!answer.withdrawal) return null;
  const { text, language, url } = answer.withdrawal;
  const inAccount = answer.rights !== null;
  return (
    <s-link lang={language} href={inAccount ? addressOf({ kind: "withdrawal", id: figures(order) }) : url}>
      {text}
    </s-link>
  );
}
