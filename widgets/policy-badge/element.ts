import type { PolicyAnswer } from "../contract/types.js";
import { define, h, readOn, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** What a shopper may count on before buying: one line that opens into right, extra, payer and warranty. */
class PolicyBadge extends WidgetElement<PolicyAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return this.question("policy", "country", "product", "sku");
  }

  /** The days to expect the goods stand where the page printed them or has room for them, and push nothing down. */
  protected override brief(answer: PolicyAnswer): PolicyAnswer {
    return answer.arrival && !this.querySelector(".arrival") ? { ...answer, arrival: null } : answer;
  }

  protected override layOut(answer: PolicyAnswer): HTMLElement {
    const lines = answer.lines.map((line) =>
      h("div", `line ${line.kind}`, h("dt", "label", line.label), h("dd", "words", line.text)),
    );
    const more = answer.details ? [readOn(answer.details)] : [];
    return h(
      "details",
      "badge",
      h("summary", "compact", h("span", "icon"), h("span", "summary", ...said(answer)), h("span", "chevron")),
      h("dl", "lines", ...lines),
      ...more,
    );
  }
}

/** The compact line, and below it when the goods should arrive, where somebody can say. */
function said(answer: PolicyAnswer): (Node | string)[] {
  return answer.arrival ? [answer.summary, h("span", "arrival", answer.arrival.text)] : [answer.summary];
}

define("aftercare-policy-badge", PolicyBadge);
