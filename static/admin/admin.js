// Keyboard in lists (j k o x / ?), the bar that appears when rows are chosen, lists that follow what happens meanwhile,
// and where an answer begins that refuses. Every page works without this file.

const rows = () => [...document.querySelectorAll("[data-row]")];
const isFocused = (row) => row.contains(document.activeElement);
const current = () => rows().find((row) => row.hasAttribute("data-current")) ?? rows().find(isFocused);

function moveTo(row) {
  current()?.removeAttribute("data-current");
  row.setAttribute("data-current", "");
  row.querySelector("a").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(current());
  moveTo(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.querySelector("a").click(),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => document.getElementById("keys").showModal(),
};

// Who speaks to the computer, or hits keys unawares, can switch single keys off for this browser (WCAG 2.1.4).
const KEYS_OFF = "aftercare-keys-off";
let areKeysOff = false;
try {
  areKeysOff = localStorage.getItem(KEYS_OFF) !== null;
} catch {} // a browser that stores nothing has them on anew with each page

const keysSwitch = document.querySelector("[data-keys]");
keysSwitch.checked = !areKeysOff;
keysSwitch.addEventListener("change", () => {
  areKeysOff = !keysSwitch.checked;
  try {
    if (areKeysOff) localStorage.setItem(KEYS_OFF, "");
    else localStorage.removeItem(KEYS_OFF);
  } catch {}
});

for (const opener of document.querySelectorAll("[data-tells-keys]")) {
  opener.hidden = false;
  opener.querySelector("button").addEventListener("click", actions["?"]);
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
  if (areKeysOff || isTyping || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  actions[event.key]();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && !event.target.closest("a, input, button, label, summary") && !String(getSelection())) row.querySelector("a").click();
});

function showBar(form) {
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const chosen = form.querySelectorAll("[data-row] input:checked").length;
  bar.hidden = chosen === 0;
  const count = bar.querySelector("[data-bulk-count]");
  count.textContent = `${count.dataset.text} ${chosen.toLocaleString(document.documentElement.lang)}`;
}

const showBars = () => document.querySelectorAll("[data-bulk]").forEach(showBar);
document.addEventListener("change", showBars);
document.addEventListener("htmx:after:swap", showBars);
showBars();

// Ask again for what a list shows, but never under somebody's hands: not while rows are chosen or somebody chooses for them.
function follow(list) {
  const isInUse = list.querySelector("input:checked, select:focus");
  if (!document.hidden && !isInUse && list.dataset.follow) list.dispatchEvent(new Event("follow"));
}

document.addEventListener("htmx:after:swap", () => document.querySelector("[data-goes-on]")?.click());

for (const list of document.querySelectorAll("[data-follow]")) {
  setInterval(() => follow(document.getElementById(list.id)), Number(list.dataset.follow) * 1000);
}

// An answer that refuses begins where it says why: at the field that is wrong, or at words that are about no field.
export function beginAtFault() {
  const faults = [...document.querySelectorAll("main :is([aria-invalid=true], [role=alert])")];
  const first = faults.find((each) => each.checkVisibility());
  if (first?.matches("[role=alert]")) first.tabIndex = -1;
  first?.focus();
  return first !== undefined;
}

const REFUSED = 400;
const wasRefused = performance.getEntriesByType("navigation")[0]?.responseStatus >= REFUSED;
if (wasRefused) addEventListener("load", () => setTimeout(beginAtFault)); // after the focus has gone where the address says
