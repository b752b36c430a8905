import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { ask } from "../../shared/ask.js";
import type { PolicyAnswer } from "../../shared/contract/types.js";
import { figures } from "../../shared/host.js";
import { useAnswer } from "../../shared/use-answer.js";

export default async function extension(): Promise<void> {
  render(<Banner />, document.body);
}

function Banner() {
  const country = shopify.localization.country.value?.isoCode;
  return country && !shopify.settings.value["is_hidden"] ? <Proven country={country} /> : null;
}

/** The engine's own lines for this country and these goods. Without one, or without an answer, nothing is promised. */
function Proven({ country }: { country: string }) {
  const products = [...new Set(shopify.lines.value.map(({ merchandise }) => figures(merchandise.product.id)))].sort().join();
  const load = (): Promise<PolicyAnswer> =>
    ask(shopify, "checkout/promises", { query: { country, ...(products ? { products } : {}) } });
  const { answer, fault } = useAnswer(load, `${country} ${products}`);
  if (answer === null) return fault ? null : <s-skeleton-paragraph />;
  const arrival = answer.arrival?.text;
  return answer.banner || arrival ? (
    <s-stack gap="base">
      {answer.banner ? (
        <s-banner tone="success">
          <s-text>{answer.banner}</s-text>
        </s-banner>
      ) : null}
      {arrival ? <s-text>{arrival}</s-text> : null}
    </s-stack>
  ) : null;
}
