// Stands in for Shopify's App Bridge, which comes from Shopify's servers only, in what our pages rely on, as shopify.dev
// tells it (App Home, 2026-10): a session token with each request of a script; on the bounce page, the wanted page loaded
// with one; navigation by s-app-nav; the title; the save bar of forms with data-save-bar; where extensions are active.
// The page around the frame (HOST in tests/support/shopify_host.py) shows what it is told.
const plain = window.fetch;
window.fetch = async (input, options = {}) => {
  const headers = new Headers(options.headers);
  if (new URL(input, location.href).origin === location.origin)
    headers.set("Authorization", `Bearer ${await window.sessionToken()}`);
  return plain(input, { ...options, headers });
};
const wanted = new URL(location).searchParams.get("shopify-reload");
if (wanted) window.sessionToken().then((token) => {
  location.replace(wanted + (wanted.includes("?") ? "&" : "?") + "id_token=" + token);
});

const tell = (told) => parent.postMessage(told, "*");
const forms = () => [...document.querySelectorAll("form[data-save-bar]")];
const first = new WeakMap();
const state = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));
const isDirty = () => forms().some((form) => first.has(form) && first.get(form) !== state(form));
let leaving = null;
const tellBar = () => tell({ bar: isDirty() });

document.addEventListener("DOMContentLoaded", () => {
  if (wanted) return;
  for (const form of forms()) first.set(form, state(form));
  const links = [...document.querySelectorAll("s-app-nav s-link:not([rel=home])")];
  tell({ title: document.title, nav: links.map((link) => [link.textContent, link.getAttribute("href")]), bar: false });
  document.addEventListener("input", tellBar);
  document.addEventListener("reset", () => setTimeout(tellBar));
});

addEventListener("message", ({ data }) => {
  if (data.go) location.assign(data.go);
  if (data.save) forms().find((form) => first.get(form) !== state(form)).requestSubmit();
  if (data.discard) forms().forEach((form) => form.reset());
  if (data.leave) leaving?.();
});

window.shopify = {
  saveBar: {
    leaveConfirmation: () =>
      isDirty() ? new Promise((resolve) => { leaving = resolve; tell({ asks: true }); }) : Promise.resolve(),
  },
  app: { extensions: async () => [
    { handle: "aftercare-theme", type: "theme_app_extension", activations: [{ handle: "embed", status: "active" }] },
    { handle: "aftercare-checkout", type: "ui_extension", activations: [] },
  ] },
  scopes: { request: async () => ({ result: "granted-all" }) },
};
