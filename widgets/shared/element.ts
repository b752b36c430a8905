import { ask, type Answer } from "./api.js";
import { h, sheet } from "./dom.js";
import theme from "./theme.css";

const THEME = sheet(theme);

/** Where the answers are, as seen from this script: /static/widgets/core.js next to /storefront/v1/. */
const ENDPOINT = new URL("../../storefront/v1/", import.meta.url).href;

/**
 * A widget over server-rendered light DOM. The light DOM shows until an answer has arrived and been laid out whole;
 * when none arrives it stays, so a failure leaves the page as useful as it was.
 *
 * Attributes: `shop` (public key, required), `lang` (else the page's), `endpoint` (else next to the script), `fallback`
 * (where the last answers are kept, asked in the same way while the endpoint has none).
 */
export abstract class WidgetElement<A extends Answer> extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ["shop", "lang", "endpoint", "country", "product", "products", "sku", "token"];

  readonly #root = this.attachShadow({ mode: "open" });
  #asked = "";
  #isQueued = false;

  constructor(styles: CSSStyleSheet) {
    super();
    this.#root.adoptedStyleSheets = [THEME, styles];
    this.#root.append(h("slot", ""));
  }

  /** The address of the answer below the shop's own, or null while an attribute is missing. */
  protected abstract address(): string | null;

  /** The answer laid out; null shows nothing and keeps the place. */
  protected abstract layOut(answer: A): HTMLElement | null;

  /** The answer without what may not push down the page it comes into; the same, where nothing can be left out. */
  protected brief(answer: A): A {
    return answer;
  }

  /** A path with these attributes, as far as they are set, for its query. */
  protected question(path: string, ...names: string[]): string {
    const query = new URLSearchParams();
    for (const name of names) {
      const value = this.getAttribute(name);
      if (value) query.set(name, value);
    }
    const asked = query.toString();
    return asked ? `${path}?${asked}` : path;
  }

  connectedCallback(): void {
    this.#queue();
  }

  disconnectedCallback(): void {
    this.#asked = "";
  }

  attributeChangedCallback(): void {
    this.#queue();
  }

  /** Asks again although nothing about the question has changed. */
  protected refresh(): void {
    this.#asked = "";
    this.#queue();
  }

  /** Several attributes set in a row make one question. */
  #queue(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    queueMicrotask(() => {
      this.#isQueued = false;
      void this.#update();
    });
  }

  async #update(): Promise<void> {
    const url = this.#url();
    if (!this.isConnected || !url || url === this.#asked) return;
    this.#asked = url;
    try {
      const answer = (await this.#answer(url)) as A;
      if (url === this.#asked) this.#show(answer);
    } catch {
      if (url === this.#asked) this.#fallBack();
    }
  }

  async #answer(url: string): Promise<Answer> {
    try {
      return await ask(url);
    } catch (error) {
      const kept = this.getAttribute("fallback");
      const other = kept ? this.#url(kept) : null;
      if (!other || url !== this.#asked) throw error;
      return ask(other);
    }
  }

  #url(from = this.getAttribute("endpoint") ?? ENDPOINT): string | null {
    const shop = this.getAttribute("shop");
    const address = this.address();
    if (!shop || !address) return null;
    const endpoint = from.replace(/\/?$/, "/");
    const url = new URL(`${endpoint}${encodeURIComponent(shop)}/${address}`, document.baseURI);
    const language = this.closest<HTMLElement>("[lang]")?.lang;
    if (language) url.searchParams.set("lang", language);
    return url.href;
  }

  /**
   * Swaps in one step, keeps what the shopper had opened or focused, and never gives back height it had taken. A first
   * answer that is higher than what it replaces is made brief; all is measured before anything is painted.
   */
  #show(answer: A): void {
    const place = this.#root.firstElementChild?.localName === "slot" ? this : this.#root;
    const hadFocus = place.contains(document.activeElement) || this.#root.activeElement !== null;
    const height = this.offsetHeight;
    let shown = this.#put(answer, place);
    const brief = this.brief(answer);
    if (brief !== answer && place === this && this.offsetHeight > height) shown = this.#put(brief, place);
    if (hadFocus) shown.querySelector<HTMLElement>("summary,a")?.focus();
    if (place === this && this.offsetHeight < height) this.#hold(height);
  }

  #put(answer: A, place: ParentNode): HTMLElement {
    const shown = this.layOut(answer) ?? h("div", "");
    shown.lang = answer.language;
    shown.dir = answer.direction;
    keepOpen(place, shown);
    this.#root.replaceChildren(shown);
    return shown;
  }

  #hold(height: number): void {
    this.style.minBlockSize = `${height}px`;
    addEventListener("resize", () => this.style.removeProperty("min-block-size"), { once: true });
  }

  /** Without an answer the server's words stand, unless they were written for another market than the one chosen. */
  #fallBack(): void {
    const chosen = this.getAttribute("country");
    const written = this.querySelector<HTMLElement>("[data-country]")?.dataset["country"];
    this.#asked = "";
    const isForeign = chosen && written && chosen !== written;
    this.#root.replaceChildren(isForeign ? h("div", "foreign", h("slot", "")) : h("slot", ""));
  }
}

function keepOpen(from: ParentNode, to: HTMLElement): void {
  const targets = [...(to.matches("details") ? [to] : []), ...to.querySelectorAll("details")] as HTMLDetailsElement[];
  from.querySelectorAll("details").forEach((details, index) => {
    const target = targets[index];
    if (target) target.open = details.open;
  });
}

/** Registers the element unless the page already has it (two copies of a block load the script twice). */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
