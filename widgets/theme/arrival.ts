/**
 * The days to expect the goods, in the places a page holds for them. They hold for a day, so no page knows them: the shop's
 * own address is asked, once nothing else is to be done. Without an answer the places stay empty, and keep their height.
 */

const PATIENCE_MS = 8000;
const LATEST_MS = 5000;

interface Told {
  readonly arrival?: { readonly text?: unknown } | null;
}

async function said(address: string): Promise<string> {
  const answer = await fetch(address, { priority: "low", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(String(answer.status));
  const text = ((await answer.json()) as Told | null)?.arrival?.text;
  return typeof text === "string" ? text : "";
}

/** What would take more than the place held stays away: it would push the page down. */
function put(place: HTMLElement, text: string): void {
  const held = place.offsetHeight;
  place.textContent = text;
  if (place.offsetHeight > held) place.textContent = "";
}

/** Each place is filled once, and each address asked once, by whichever of our scripts comes first. */
function fill(): void {
  const asked = new Map<string, Promise<string>>();
  for (const place of document.querySelectorAll<HTMLElement>("[data-aftercare-arrival]")) {
    const address = new URL(place.dataset["aftercareArrival"] ?? "", location.href);
    delete place.dataset["aftercareArrival"];
    if (address.origin !== location.origin) continue;
    const days = asked.get(address.href) ?? said(address.href);
    asked.set(address.href, days);
    days.then((text) => put(place, text), () => {});
  }
}

/** Fills the places the page has by the time it has nothing better to do. */
export function fillWhenIdle(): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fill, { timeout: LATEST_MS });
  else setTimeout(fill, 200);
}

if (document.readyState === "complete") fillWhenIdle();
else addEventListener("load", fillWhenIdle, { once: true });
