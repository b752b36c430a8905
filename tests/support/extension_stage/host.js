// What Shopify gives an extension, as far as ours use it: a signed session token, the account's address, its own API.
const SCENE = JSON.parse(document.querySelector("#scene").textContent);
const targets = new Map();
let signal = (value) => ({ value });

globalThis.shopify = {
  setSignals: (Signal) => { signal = (value) => new Signal(value); },
  extend: (target, run) => targets.set(target, run),
};

const translated = (words, facts) => words?.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => facts[name]);

function given() {
  const { country, language, customer, order, lines, settings } = SCENE;
  return {
    sessionToken: { get: async () => (await real("/token")).text() },
    localization: { country: signal(country ? { isoCode: country } : undefined), language: signal({ isoCode: language }) },
    i18n: { translate: (key, facts) => translated(SCENE.words[key], facts) ?? `untranslated ${key}` },
    settings: signal(settings),
    lines: signal(lines.map((id) => ({ merchandise: { product: { id } } }))),
    order: signal({ id: order }),
    orderId: order,
    orderConfirmation: signal({ order: { id: order } }),
    authenticationState: signal(customer ? "fully_authenticated" : "pre_authenticated"),
  };
}

const heard = new Set();
const account = {
  currentEntry: { url: SCENE.address },
  navigate(url) {
    account.currentEntry = { url };
    for (const listener of heard) listener({});
  },
  addEventListener: (_, listener) => heard.add(listener),
  removeEventListener: (_, listener) => heard.delete(listener),
};
Object.defineProperty(globalThis, "navigation", { value: account });

// The one address no network knows: Shopify answers it, here the test's own server does.
const real = globalThis.fetch.bind(globalThis);
globalThis.fetch = (url, options) => real(`${url}`.startsWith("shopify://") ? "/account-api" : url, options);

const script = document.createElement("script");
script.src = "/extension.js";
script.onload = () => {
  Object.assign(shopify, given());
  targets.get(SCENE.target)();
};
document.head.append(script);
