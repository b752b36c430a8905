import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { Standings } from "../../shared/standings.js";
import { useWindows } from "./rights.js";

export default async function extension(): Promise<void> {
  render(<Details />, document.body);
}

function Details() {
  const order = shopify.order.value?.id;
  return order ? <Claims order={order} /> : null;
}

/** Beside a return at Shopify: where the claim it came of stands. Says nothing where there is none. */
function Claims({ order }: { order: string }) {
  const { answer } = useWindows(shopify, order, shopify.authenticationState.value);
  return answer?.claims.length ? <Standings claims={answer.claims} /> : null;
}
