import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { say } from "../../shared/host.js";
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
  );
}
