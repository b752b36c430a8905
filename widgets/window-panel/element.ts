import type { ClockAnswer, EntitlementsAnswer, LineAnswer, PanelWords } from "../contract/types.js";
import { define, h, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";
import { untilWords } from "./until.js";

const STYLES = sheet(css);
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const isOver = (clock: ClockAnswer): boolean => clock.state === "closed" || clock.state === "not_applicable";

/** What an order entitles its shopper to: per line a title and, for each right, a sentence and the time left. */
class WindowPanel extends WidgetElement<EntitlementsAnswer> {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super(STYLES);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  protected override address(): string | null {
    const token = this.getAttribute("token");
    return token && `orders/${encodeURIComponent(token)}/entitlements`;
  }

  protected override layOut(answer: EntitlementsAnswer): HTMLElement {
    const asOf = Date.parse(answer.as_of);
    this.#askAgainAtNextClose(answer, asOf);
    const lines = answer.lines.map((line) => lineCard(line, answer, asOf));
    return h("section", "panel", h("h2", "heading", answer.words.heading), ...lines);
  }

  /** States are the server's to tell: when a right ends while the page is open, the panel asks again. */
  #askAgainAtNextClose(answer: EntitlementsAnswer, asOf: number): void {
    clearTimeout(this.#timer);
    const closes = answer.lines.flatMap((line) => line.clocks.map((clock) => Date.parse(clock.closes_at ?? "")));
    const next = Math.min(...closes.filter((instant) => instant > asOf));
    if (next - asOf < LONGEST_TIMER_MS) this.#timer = setTimeout(() => this.refresh(), next - asOf + 1000);
  }
}

function lineCard(line: LineAnswer, answer: EntitlementsAnswer, asOf: number): HTMLElement {
  const current = line.clocks.filter((clock) => !isOver(clock));
  const over = line.clocks.filter(isOver);
  return h(
    "article",
    "line",
    h("h3", "title", line.title),
    h("ul", "clocks", ...current.map((clock) => currentClock(clock, answer.language, asOf))),
    ...(over.length ? [fold(answer.words.closed, over.map(overClock))] : []),
    ...sources(line, answer.words),
  );
}

function currentClock(clock: ClockAnswer, language: string, asOf: number): HTMLElement {
  const item = h("li", "clock", head(clock), h("p", "sentence", clock.sentence), ...timeLeft(clock, language, asOf));
  item.append(...[clock.payer, clock.reason].filter(Boolean).map((text) => h("p", "reason", text)));
  return item;
}

/** Name and state; the law's rights and the shop's own are told apart in words. Without the space Arabic letters of both join. */
function head(clock: ClockAnswer): HTMLElement {
  const name = h("span", "name", clock.title, " ", h("span", "label", clock.label));
  return h("div", "head", name, h("span", `state ${clock.state}`, clock.state_word));
}

/** A thin bar of the time left; decoration, since sentence and relative words say the same. */
function timeLeft(clock: ClockAnswer, language: string, asOf: number): HTMLElement[] {
  if (!clock.opens_at || !clock.closes_at) return [];
  const opens = Date.parse(clock.opens_at);
  const closes = Date.parse(clock.closes_at);
  const bar = h("progress", "bar");
  bar.value = Math.min(1, Math.max(0, (closes - asOf) / (closes - opens)));
  bar.ariaHidden = "true";
  return [h("div", "time", bar, h("span", "until", untilWords(closes - asOf, language)))];
}

function overClock(clock: ClockAnswer): HTMLElement {
  const words = [clock.sentence, clock.reason].filter(Boolean);
  return h("li", "clock", head(clock), ...words.map((text) => h("p", "reason", text)));
}

function sources(line: LineAnswer, words: PanelWords): HTMLElement[] {
  const cited = new Set(line.clocks.flatMap((clock) => clock.sources.map((source) => source.citation)));
  return cited.size ? [fold(words.sources, [...cited].map((text) => h("li", "source", text)))] : [];
}

function fold(name: string, items: HTMLElement[]): HTMLElement {
  const summary = h("summary", "fold", h("span", "", name), h("span", "chevron"));
  return h("details", "", summary, h("ul", "folded", ...items));
}

define("aftercare-window-panel", WindowPanel);
