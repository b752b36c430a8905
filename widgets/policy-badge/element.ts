import type { Link, PolicyAnswer } from "../contract/types.js";
import { define, h, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** What a shopper may count on before buying: one line that opens into right, extra, payer and warranty. */
class PolicyBadge extends WidgetElement<PolicyAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    const query = new URLSearchParams();
    for (const name of ["country", "sku"]) {
      const value = this.getAttribute(name);
      if (value) query.set(name, value);
    }
    return `policy?${query}`;
  }

  protected override layOut(answer: PolicyAnswer): HTMLElement {
    const lines = answer.lines.map((line) =>
      h("div", `line ${line.kind}`, h("dt", "label", line.label), h("dd", "words", line.text)),
    );
    const more = answer.details ? [readOn(answer.details)] : [];
    return h(
      "details",
      "badge",
      h("summary", "compact", h("span", "icon"), h("span", "summary", answer.summary), h("span", "chevron")),
      h("dl", "lines", ...lines),
      ...more,
    );
  }
}

/** A link, or its bare words when the address is no web address. */
function readOn(link: Link): HTMLElement {
  const url = new URL(link.url, document.baseURI);
  if (!/^https?:$/.test(url.protocol)) return h("span", "more", link.text);
  const anchor = h("a", "more", link.text);
  anchor.href = url.href;
  return anchor;
}

define("aftercare-policy-badge", PolicyBadge);
