import type { CustomsAnswer, NumberAnswer, TrackedParcel, StepAnswer, TrackingAnswer, TrackingWords } from "../contract/types.js";
import { define, h, readOn, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** Where an order's parcels are: state and expected days first, then each step, the carrier's own words on demand. */
class Tracking extends WidgetElement<TrackingAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string | null {
    const token = this.getAttribute("token");
    return token && `orders/${encodeURIComponent(token)}/tracking`;
  }

  protected override layOut(answer: TrackingAnswer): HTMLElement {
    const isOne = answer.parcels.length === 1;
    const parcels = answer.parcels.map((parcel) => card(parcel, answer.words, isOne));
    const page = answer.page ? [readOn(answer.page)] : [];
    return h("section", "tracking", h("h2", "heading", answer.heading), ...parcels, ...page);
  }
}

/** One parcel; of a single one the heading has said the state. Customs come first while it is there. */
function card(parcel: TrackedParcel, words: TrackingWords, isOne: boolean): HTMLElement {
  const raw = parcel.steps.filter((step) => step.raw.length);
  const help = parcel.customs ? [customs(parcel.customs, words.customs)] : [];
  const isHeld = parcel.customs?.is_held ?? false;
  return h(
    "article",
    "parcel",
    h("div", "now", ...now(parcel, isOne)),
    ...(isHeld ? help : []),
    ...(parcel.steps.length ? [h("h3", "name", words.steps), h("ol", "steps", ...parcel.steps.map(step))] : []),
    ...(isHeld ? [] : help),
    ...(raw.length ? [fold(words.raw, raw.map(said))] : []),
    ...(parcel.contents.length ? [fold(words.contents, parcel.contents.map((each) => h("li", "note", h("bdi", "", each))))] : []),
    ...parcel.numbers.map(number),
  );
}

function now(parcel: TrackedParcel, isOne: boolean): HTMLElement[] {
  return [
    ...(parcel.title ? [h("h3", "title", parcel.title)] : []),
    ...(isOne ? [] : [h("p", `headline ${parcel.situation}`, parcel.headline)]),
    ...days(parcel),
    ...(parcel.text ? [h("p", "note", parcel.text)] : []),
  ];
}

/** When to expect it and whose word that is; of one that is not awaited, since when it is where it is. */
function days({ expected, expected_by, since }: TrackedParcel): HTMLElement[] {
  if (!expected) return since ? [h("p", "expected", since)] : [];
  return [h("p", "expected", expected, ...(expected_by ? [" ", h("span", "by", expected_by)] : []))];
}

function step(each: StepAnswer): HTMLElement {
  const when = h("time", "", each.when);
  when.dateTime = each.at;
  const rest = [each.place, each.source].filter(Boolean).flatMap((text) => [" · ", h("bdi", "", text)]);
  const item = h("li", "step", h("p", "what", each.title), h("p", "note", when, ...rest));
  if (each.is_current) item.ariaCurrent = "step";
  return item;
}

/** What the tellers wrote of one step, in whatever language that is. */
function said(step: StepAnswer): HTMLElement {
  const texts = step.raw.map((text) => {
    const words = h("span", "raw", text);
    words.dir = "auto";
    return words;
  });
  return h("li", "note", h("span", "", step.when), ...texts);
}

function customs({ lines, source, url, is_held }: CustomsAnswer, name: string): HTMLElement {
  const items = lines.map((text) => h("li", "note", text));
  if (source && url) items.push(h("li", "", readOn({ text: source, url })));
  const help = fold(name, items);
  help.open = is_held;
  return help;
}

function number(each: NumberAnswer): HTMLElement {
  const name = each.carrier ? [h("bdi", "", each.carrier)] : [];
  const link = each.link && each.url ? [readOn({ text: each.link, url: each.url })] : [];
  return h("p", "number", ...name, h("bdi", "", each.number), ...link);
}

function fold(name: string, items: HTMLElement[]): HTMLDetailsElement {
  const summary = h("summary", "fold", h("span", "", name), h("span", "chevron"));
  return h("details", "", summary, h("ul", "folded", ...items));
}

define("aftercare-tracking", Tracking);
