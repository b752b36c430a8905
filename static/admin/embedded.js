// Inside another site's frame there are no cookies: forms are sent by fetch, to which Shopify's App Bridge adds who is
// there. Where the answer leads, the frame goes; a document without token comes back by the page that gets one.

import { beginAtFault } from "./admin.js";

const LOCATION = "X-Aftercare-Location";
const said = (form, button, name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-Aftercare-Form": "1" } });

async function send(form, button) {
  const fields = new FormData(form, button);
  const url = new URL(said(form, button, "action"), location.href);
  if (said(form, button, "method").toLowerCase() !== "post") {
    for (const [name, value] of fields) url.searchParams.set(name, value);
    location.assign(url);
    return;
  }
  const hasFiles = said(form, button, "enctype") === "multipart/form-data";
  const answer = await post(url, hasFiles ? fields : new URLSearchParams([...fields]));
  const next = answer.headers.get(LOCATION);
  const disposition = answer.headers.get("Content-Disposition");
  if (next) go(next);
  else if (disposition) save(await answer.blob(), disposition);
  else show(await answer.text());
}

function go(next) {
  const url = new URL(next, location.href);
  const isHere = url.pathname === location.pathname && url.search === location.search;
  location.assign(url);
  if (isHere) location.reload();
}

function save(blob, disposition) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = /filename="?([^";]+)/.exec(disposition)?.[1] ?? "";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function show(page) {
  const answer = new DOMParser().parseFromString(page, "text/html");
  document.title = answer.title;
  document.querySelector("main").replaceWith(answer.querySelector("main"));
  if (!beginAtFault()) document.querySelector("main").focus();
}

function tellFailure() {
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.className = "error";
  note.textContent = document.body.dataset.failed;
  document.querySelector("main").prepend(note);
  note.scrollIntoView({ block: "center" });
}

async function isGranted(form) {
  const asked = form.dataset.scopes;
  return !asked || (await shopify.scopes.request(asked.split(","))).result === "granted-all";
}

const sending = new WeakSet();

async function submit(form, button) {
  if (sending.has(form)) return;
  sending.add(form);
  try {
    if (await isGranted(form)) await send(form, button);
  } catch {
    tellFailure();
  } finally {
    sending.delete(form);
  }
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  submit(event.target, event.submitter);
});

// A link to a file asks for an address that is good for a minute; a picture or a paper opens in a tab of its own.
async function fetchFile(url, isShown) {
  const tab = isShown ? open("", "_blank") : null;
  const answer = await post("/admin/file", new URLSearchParams({ to: url.pathname + url.search }));
  const address = answer.headers.get(LOCATION);
  if (!address) {
    tab?.close();
    tellFailure();
  } else if (tab) tab.location = new URL(address, location.href);
  else location.assign(address);
}

const chosenAtFirst = (list) => Math.max(0, [...list.options].findIndex((option) => option.defaultSelected));
const isChanged = (field) =>
  field.options
    ? field.selectedIndex !== chosenAtFirst(field)
    : field.checked !== field.defaultChecked || (field.type !== "file" && field.value !== field.defaultValue);
const isUnsaved = () =>
  [...document.querySelectorAll("form[data-save-bar]")].some((form) => [...form.elements].some(isChanged));

async function leaveBy(url) {
  await shopify.saveBar.leaveConfirmation();
  location.assign(url);
}

function follow(event, link) {
  const url = new URL(link.href);
  const isFile = link.hasAttribute("download") || link.hasAttribute("data-file");
  const isOurs = url.origin === location.origin && url.pathname.startsWith("/admin/");
  const isSamePage = isOurs && url.pathname === location.pathname && url.hash && !url.searchParams.has("notice");
  if (isFile && url.protocol !== "blob:") {
    event.preventDefault();
    fetchFile(url, link.hasAttribute("data-file")).catch(tellFailure);
  } else if (!isOurs && !isFile) {
    link.target ||= "_blank"; // no page but ours lets itself be framed
    link.rel ||= "noopener";
  } else if (isOurs && !isSamePage && isUnsaved()) {
    event.preventDefault();
    leaveBy(url);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (link && isPlain && !event.defaultPrevented) follow(event, link);
});
