// Keyboard in lists (j k o x / ?), the bar that appears when rows are chosen, lists that follow what happens meanwhile.
// Every page works without this file.

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

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, event.key)) return;
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
  if (!document.hidden && !isInUse) list.dispatchEvent(new Event("follow"));
}

for (const list of document.querySelectorAll("[data-follow]")) {
  setInterval(() => follow(document.getElementById(list.id)), Number(list.dataset.follow) * 1000);
}
