import type { PolicyAnswer } from "../contract/types.js";
import { define, h, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** One line in the cart, shown only when the answer proves it for the market the goods go to; days alone are a guess, unticked. */
class Banner extends WidgetElement<PolicyAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return this.question("policy", "country", "products");
  }

  /** The days to expect the goods stand where the page printed them or has room for them, and push nothing down. */
  protected override brief(answer: PolicyAnswer): PolicyAnswer {
    return answer.arrival && !this.querySelector(".arrival") ? { ...answer, arrival: null } : answer;
  }

  protected override layOut(answer: PolicyAnswer): HTMLElement | null {
    const arrival = answer.arrival ? [h("span", "arrival", answer.arrival.text)] : [];
    const words = h("span", "words", answer.banner ?? "", ...arrival);
    const tick = answer.banner ? [h("span", "tick")] : [];
    return words.textContent ? h("p", "banner", ...tick, words) : null;
  }
}

define("aftercare-banner", Banner);
