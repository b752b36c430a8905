import type { ClaimEntryAnswer } from "../contract/types.js";
import { define, h, readOn, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** The way into a claim: number and e-mail lead to the shop's own claim pages, in the same language. */
class Claim extends WidgetElement<ClaimEntryAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return "claim-entry";
  }

  protected override layOut(answer: ClaimEntryAnswer): HTMLElement | null {
    const action = new URL(answer.action, document.baseURI);
    if (!/^https?:$/.test(action.protocol)) return null;
    const form = h(
      "form",
      "entry",
      h("h2", "heading", answer.heading),
      h("p", "lead", answer.lead),
      field(answer.number, "number", 64),
      field(answer.email, "email", 254),
      h("button", "send", answer.submit),
      readOn(answer.link),
    );
    form.method = "post";
    form.action = action.href;
    form.target = "_top"; // from within a frame of the store the whole page goes on
    return form;
  }
}

function field(text: string, name: "number" | "email", most: number): HTMLElement {
  const input = h("input", "input");
  input.name = name;
  input.required = true;
  input.maxLength = most;
  input.autocomplete = name === "email" ? "email" : "off";
  if (name === "email") {
    input.type = "email";
    input.dir = "ltr";
  }
  return h("label", "field", h("span", "name", text), input);
}

define("aftercare-claim", Claim);
