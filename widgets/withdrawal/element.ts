import type { PolicyAnswer } from "../contract/types.js";
import { define, h, readOn, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** The way to the withdrawal function under its official words; nothing where no law wants one. */
class Withdrawal extends WidgetElement<PolicyAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return this.question("policy", "country");
  }

  protected override layOut(answer: PolicyAnswer): HTMLElement | null {
    if (!answer.withdrawal) return null;
    const { text, language, url } = answer.withdrawal;
    const order = this.getAttribute("token");
    const link = readOn({ text, url: order ? `${url}&order=${encodeURIComponent(order)}` : url });
    link.className = "withdraw";
    link.lang = language;
    return h("p", "way", link);
  }
}

define("aftercare-withdrawal", Withdrawal);
