import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { say } from "../../shared/host.js";
import { Answered } from "../../shared/states.js";
import { entryOf, Rights, useWindows, Withdrawal } from "./rights.js";

export default async function extension(): Promise<void> {
  render(<Action />, document.body);
}

/** What the order entitles to, and the way on to the returns page. */
function Action() {
  const order = shopify.orderId;
  const asked = useWindows(shopify, order);
  return (
    <s-customer-account-action heading={say(shopify, "claim.find.heading")}>
      {asked.answer ? (
        <s-button slot="primary-action" href={entryOf(asked.answer, order)}>
          {say(shopify, "claim.next")}
        </s-button>
      ) : null}
      <Answered shopify={shopify} asked={asked} lines={3}>
        {(answer) => (
          <s-stack gap="large">
            <Rights answer={answer} />
            <Withdrawal answer={answer} order={order} />
          </s-stack>
        )}
      </Answered>
    </s-customer-account-action>
  );
}
