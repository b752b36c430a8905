// Inside the shop's admin, App Bridge tells where the app's extensions are active; a step all of whose are is done.

const isActive = (extension) =>
  extension.activations.some((place) => (extension.type === "theme_app_extension" ? place.status === "active" : true));

async function tell() {
  const extensions = await shopify.app.extensions();
  const active = new Set(extensions.filter(isActive).map((extension) => extension.handle));
  for (const step of document.querySelectorAll("[data-extensions]")) {
    const isDone = step.dataset.extensions.split(",").every((handle) => active.has(handle));
    const live = [...step.querySelectorAll("[data-live]")];
    for (const each of live) each.hidden = !isDone;
    for (const each of live.length ? step.querySelectorAll("[data-said]") : []) each.hidden = isDone;
  }
}

if (document.querySelector("[data-extensions]")) tell().catch(() => {}); // what staff said stays to be read
