import type { PolicyAnswer } from "../contract/types.js";
import { define, h, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** When what is ordered today should arrive, in a line; nothing where nobody knows. */
class Arrival extends WidgetElement<PolicyAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return this.question("policy", "country");
  }

  /** Days that are longer than the place held for them stay away. */
  protected override brief(answer: PolicyAnswer): PolicyAnswer {
    return { ...answer, arrival: null };
  }

  protected override layOut(answer: PolicyAnswer): HTMLElement | null {
    return answer.arrival ? h("div", "words", answer.arrival.text) : null;
  }
}

define("aftercare-arrival", Arrival);
