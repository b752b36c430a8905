import type { Link } from "../contract/types.js";

/** An element with a class and children; texts become text nodes, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** A style sheet that needs no inline styles: allowed under the strictest content security policy. */
export function sheet(text: string): CSSStyleSheet {
  const styles = new CSSStyleSheet();
  styles.replaceSync(text);
  return styles;
}

/** A link, or its bare words when the address is no web address. */
export function readOn(link: Link): HTMLElement {
  const url = new URL(link.url, document.baseURI);
  if (!/^https?:$/.test(url.protocol)) return h("span", "more", link.text);
  const anchor = h("a", "more", link.text);
  anchor.href = url.href;
  return anchor;
}
