import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { ask } from "../../shared/ask.js";
import type { OrderWindowsAnswer } from "../../shared/contract/types.js";
import { figures } from "../../shared/host.js";
import { Promises } from "../../shared/promises.js";
import { useAnswer } from "../../shared/use-answer.js";
import { Windows } from "../../shared/windows.js";

export default async function extension(): Promise<void> {
  render(<ThankYou />, document.body);
}

function ThankYou() {
  return shopify.settings.value["is_hidden"] ? null : <Rights order={figures(shopify.orderConfirmation.value.order.id)} />;
}

/** What the order entitles to; until it is on record, or where nobody is signed in, what the shop promises everybody. */
function Rights({ order }: { order: string }) {
  const country = shopify.localization.country.value?.isoCode;
  const load = (): Promise<OrderWindowsAnswer> =>
    ask(shopify, `checkout/orders/${order}/windows`, { query: country ? { country } : {} });
  const { answer, fault } = useAnswer(load, `${order} ${country}`);
  if (answer === null) return fault ? null : <s-skeleton-paragraph />;
  if (answer.rights === null) return answer.promise ? <Promises policy={answer.promise} /> : null;
  return (
    <s-stack gap="base">
      <s-heading>{answer.rights.words.heading}</s-heading>
      <Windows rights={answer.rights} />
    </s-stack>
  );
}
