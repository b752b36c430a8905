// Signs in by passkey, and has one made. Where a browser knows none, what this file would show stays hidden.

const decoded = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const encoded = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function readable(asked) {
  asked.challenge = decoded(asked.challenge);
  if (asked.user) asked.user.id = decoded(asked.user.id);
  for (const known of asked.excludeCredentials ?? []) known.id = decoded(known.id);
  return asked;
}

function answered(credential) {
  const { id, type, response } = credential;
  const told = { id, rawId: id, type, response: {}, clientExtensionResults: {} };
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) told.response[part] = encoded(response[part]);
  }
  return JSON.stringify(told);
}

async function asked(form) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value };
  const answer = await fetch(form.dataset.asks, { method: "POST", headers });
  if (!answer.ok) throw new Error(String(answer.status));
  return readable(await answer.json());
}

let waiting = new AbortController();

// `waits`: until a passkey is chosen from what the browser offers at the e-mail field, beside everything else.
async function ask(form, waits = false) {
  waiting.abort();
  waiting = new AbortController();
  const publicKey = await asked(form);
  const how = { publicKey, signal: waiting.signal, ...(waits ? { mediation: "conditional" } : {}) };
  const made = form.dataset.makes === undefined ? navigator.credentials.get(how) : navigator.credentials.create(how);
  form.elements.answer.value = answered(await made);
  form.submit();
}

function tell(form, error) {
  const place = form.querySelector("[data-fault]");
  place.textContent = error.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
  place.hidden = false;
}

// A challenge holds for five minutes: whoever reads the page for longer is asked anew meanwhile.
async function wait(form) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const again = setInterval(() => ask(form, true).catch(() => {}), 240_000);
  form.addEventListener("submit", () => clearInterval(again));
  await ask(form, true);
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("[data-asks]") : []) {
  form.closest("[data-passkeys]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.querySelector("[data-fault]").hidden = true;
    ask(form).catch((error) => tell(form, error));
  });
  if (form.dataset.makes === undefined) wait(form).catch(() => {});
}
