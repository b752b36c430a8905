import "@shopify/ui-extensions/preact";
import { render } from "preact";
import type { OrderWindowsAnswer } from "../../shared/contract/types.js";
import { say } from "../../shared/host.js";
import { Parcels } from "../../shared/parcels.js";
import { Answered } from "../../shared/states.js";
import { Rights, useWindows, Ways } from "./rights.js";

export default async function extension(): Promise<void> {
  render(<Block />, document.body);
}

function Block() {
  const order = shopify.order.value?.id;
  return order && !shopify.settings.value["is_hidden"] ? <Order order={order} /> : null;
}

function Order({ order }: { order: string }) {
  const asked = useWindows(shopify, order, shopify.authenticationState.value);
  return (
    <s-stack gap="large">
      <Where answer={asked.answer} />
      <s-section heading={asked.answer && !asked.answer.rights ? "" : say(shopify, "panel.heading")}>
        <Answered shopify={shopify} asked={asked} lines={3}>
          {(answer) => (
            <s-stack gap="large">
              <Rights answer={answer} />
              <Ways answer={answer} order={order} />
            </s-stack>
          )}
        </Answered>
      </s-section>
    </s-stack>
  );
}

/** Where the parcels are, above the rights that begin with them; a merchant may leave that to Shopify's own page. */
function Where({ answer }: { answer: OrderWindowsAnswer | null }) {
  if (!answer || shopify.settings.value["hides_tracking"]) return null;
  if (!answer.tracking) return <s-link href={answer.follow.url}>{answer.follow.text}</s-link>;
  return (
    <s-section heading={answer.tracking.heading}>
      <Parcels tracking={answer.tracking} />
    </s-section>
  );
}
