import type { PolicyAnswer } from "../contract/types.js";
import { define, h, readOn, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** The shop's promises in a line each, anywhere on any page. */
class TrustSection extends WidgetElement<PolicyAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return this.question("policy", "country", "product", "sku");
  }

  protected override layOut(answer: PolicyAnswer): HTMLElement {
    const promises = answer.promises.map((promise) => h("li", `promise ${promise.kind}`, h("span", "tick"), h("span", "words", promise.text)));
    const more = answer.details ? [readOn(answer.details)] : [];
    return h("section", "trust", h("h2", "heading", answer.heading), h("ul", "promises", ...promises), ...more);
  }
}

define("aftercare-trust-section", TrustSection);
