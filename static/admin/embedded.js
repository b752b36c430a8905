// Inside another site's frame there are no cookies: forms are sent by fetch, to which Shopify's App Bridge adds who is
// there. Where the answer leads, the frame goes; a document without token comes back by the page that gets one.

const said = (form, button, name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";

async function send(form, button) {
  const fields = new FormData(form, button);
  const url = new URL(said(form, button, "action"), location.href);
  if (said(form, button, "method").toLowerCase() !== "post") {
    for (const [name, value] of fields) url.searchParams.set(name, value);
    location.assign(url);
    return;
  }
  const hasFiles = said(form, button, "enctype") === "multipart/form-data";
  const body = hasFiles ? fields : new URLSearchParams([...fields]);
  const answer = await fetch(url, { method: "POST", body });
  const disposition = answer.headers.get("Content-Disposition");
  if (answer.redirected) location.assign(answer.url);
  else if (disposition) save(await answer.blob(), disposition);
  else show(await answer.text());
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
  document.querySelector("main").focus();
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
