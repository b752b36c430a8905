import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { say } from "../../shared/host.js";

/** Opens the order's action (action.tsx). */
export default async function extension(): Promise<void> {
  render(<s-button>{say(shopify, "claim.find.heading")}</s-button>, document.body);
}
