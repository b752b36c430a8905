import "./arrival.js";

/** Where variants of a product have different promises, all of them stand in the page: shows the chosen one's. */

const ADDING = 'form[action*="/cart/add"] [name="id"]';

function show(place: Element): void {
  const section: ParentNode = place.closest(".shopify-section") ?? document;
  const chosen = section.querySelector<HTMLInputElement | HTMLSelectElement>(ADDING)?.value;
  const told = [...place.querySelectorAll<HTMLElement>("[data-variants]")];
  const wanted = told.find((each) => chosen && each.dataset["variants"]?.split(",").includes(chosen));
  if (wanted) for (const each of told) each.hidden = each !== wanted;
}

function showAll(): void {
  for (const place of document.querySelectorAll("[data-aftercare-variants]")) show(place);
}

/* A theme writes the chosen variant into the form's own field, hidden in most, a list in some. */
document.addEventListener("change", showAll);
new MutationObserver(showAll).observe(document.documentElement, { attributeFilter: ["value"], subtree: true });
showAll();
