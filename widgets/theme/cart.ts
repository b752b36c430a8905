import { fillWhenIdle } from "./arrival.js";

/**
 * The line of a cart speaks of what lay in it when the page was made. When the theme has changed the cart without a new
 * page, the section is asked of the store again; while there is no answer the line says nothing, and keeps its place.
 */

const CHANGED = /\/cart\/(?:add|change|update|clear)(?:\.js)?$/;
/** A theme draws parts of its page anew: with places of ours in them, which are empty again. */
const DRAWN = /[?&]section(?:s|_id)=/;

async function section(id: string): Promise<Document> {
  const answer = await fetch(`${location.pathname}?section_id=${encodeURIComponent(id)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

let changes = 0;

async function refresh(line: HTMLElement, change: number): Promise<void> {
  const id = line.dataset["aftercareCart"];
  line.style.visibility = "hidden";
  if (!id) return;
  try {
    const found = (await section(id)).getElementById(line.id)?.querySelector(".aftercare-words");
    const words = line.querySelector(".aftercare-words");
    if (change !== changes || !words || !found?.textContent) return;
    words.textContent = found.textContent;
    line.style.removeProperty("visibility");
  } catch {
    /* It stays silent: what is not known to hold is not promised. */
  }
}

new PerformanceObserver((seen) => {
  const asked = seen.getEntries().map(({ name }) => new URL(name));
  if (asked.some(({ search }) => DRAWN.test(search))) fillWhenIdle();
  if (!asked.some(({ pathname }) => CHANGED.test(pathname))) return;
  changes += 1;
  fillWhenIdle();
  for (const line of document.querySelectorAll<HTMLElement>("[data-aftercare-cart]")) void refresh(line, changes);
}).observe({ type: "resource" });
