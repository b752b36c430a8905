// Shopify's `s-*` elements as plain custom elements: real controls, real events, no looks. Only what our extensions use.
const PROPERTIES = ["value", "values", "checked", "href", "heading", "subheading", "label", "error", "loading", "type",
  "multiple", "rows", "maxLength", "target", "tone", "lang", "defaultOpen", "accessibilityLabel"];

class Plain extends HTMLElement {
  static observedAttributes = ["href"]; // the one of these that Preact sets as an attribute
  #kept = {};

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  connectedCallback() {
    this.draw();
  }

  attributeChangedCallback(name, _, value) {
    this.set(name, value);
  }

  get(name) {
    return this.#kept[name];
  }

  set(name, value) {
    this.#kept[name] = value;
    if (this.isConnected) this.draw();
  }

  tell(name) {
    this.dispatchEvent(new Event(name, { bubbles: true }));
  }

  draw() {
    this.shadowRoot.innerHTML = "<slot></slot>";
  }
}
for (const name of PROPERTIES) {
  Object.defineProperty(Plain.prototype, name, {
    get() { return this.get(name); },
    set(value) { this.set(name, value); },
  });
}

const text = (given) => Object.assign(document.createElement("i"), { textContent: given ?? "" }).innerHTML.replaceAll('"', "&quot;");

class Titled extends Plain {
  draw() {
    const level = this.localName === "s-page" ? "h1" : "h2";
    const under = this.subheading ? `<p>${text(this.subheading)}</p>` : "";
    const head = this.heading ? `<${level}>${text(this.heading)}</${level}>${under}` : "";
    this.shadowRoot.innerHTML = `${head}<slot name="breadcrumb-actions"></slot><slot></slot><slot name="primary-action"></slot>`;
  }
}

class Banner extends Plain {
  draw() {
    this.shadowRoot.innerHTML = `<div role="${this.tone === "critical" ? "alert" : "status"}"><slot></slot></div>`;
  }
}

class Button extends Plain {
  draw() {
    const label = this.accessibilityLabel ? `aria-label="${text(this.accessibilityLabel)}"` : "";
    const isLink = this.localName === "s-link" || this.href;
    this.shadowRoot.innerHTML = isLink
      ? `<a href="${text(this.href ?? "#")}" ${label}><slot></slot></a>`
      : `<button ${this.loading ? "disabled" : ""} ${label}><slot></slot></button>`;
    this.shadowRoot.firstChild.onclick = (event) => this.go(event);
  }

  go(event) {
    if (this.href?.startsWith("extension:") || !this.href) event.preventDefault();
    if (this.href?.startsWith("extension:")) navigation.navigate(this.href);
    if (this.type === "submit") this.closest("s-form")?.tell("submit");
  }
}

class Field extends Plain {
  draw() {
    if (this.control) {
      this.control.value = this.value ?? "";
      this.fault.textContent = this.error ?? "";
      return;
    }
    const tag = this.localName === "s-text-area" ? "textarea" : "input";
    this.shadowRoot.innerHTML = `<label>${text(this.label)} <${tag} maxlength="${this.maxLength ?? 999}"></${tag}></label><p></p>`;
    [this.control, this.fault] = [this.shadowRoot.querySelector(tag), this.shadowRoot.querySelector("p")];
    this.control.oninput = () => this.set("value", this.control.value); // the event itself goes on to the host element
    this.draw();
  }
}

class Tick extends Plain {
  draw() {
    this.shadowRoot.innerHTML = `<label><input type="checkbox" ${this.checked ? "checked" : ""}> ${text(this.label)}</label>`;
    this.shadowRoot.querySelector("input").onchange = (event) => {
      this.set("checked", event.target.checked);
      this.tell("change");
    };
  }
}

class Select extends Plain {
  draw() {
    queueMicrotask(() => { // its options come after it
      const option = (each) => `<option value="${text(each.value)}">${text(each.textContent)}</option>`;
      const options = [...this.querySelectorAll("s-option")].map(option).join("");
      this.shadowRoot.innerHTML = `<label>${text(this.label)} <select>${options}</select></label><p>${text(this.error)}</p>`;
      const control = this.shadowRoot.querySelector("select");
      control.value = this.value ?? "";
      control.onchange = () => {
        this.set("value", control.value);
        this.tell("change");
      };
    });
  }
}

class ChoiceList extends Plain {
  draw() {
    this.shadowRoot.innerHTML = `<div role="group" aria-label="${text(this.label)}"><slot></slot></div>`;
    for (const choice of this.querySelectorAll("s-choice")) choice.draw();
  }

  pick(value, isPicked) {
    const others = this.multiple ? (this.values ?? []).filter((each) => each !== value) : [];
    this.set("values", isPicked ? [...others, value] : others);
    this.tell("change");
  }
}

class Choice extends Plain {
  draw() {
    const list = this.closest("s-choice-list");
    const kind = list?.multiple ? "checkbox" : "radio";
    const isPicked = list?.values?.includes(this.value);
    const name = text([...this.childNodes].filter((each) => each.slot !== "details").map((each) => each.textContent).join(""));
    this.shadowRoot.innerHTML = `<input type="${kind}" aria-label="${name}" ${isPicked ? "checked" : ""}><slot></slot><slot name="details"></slot>`;
    this.shadowRoot.querySelector("input").onchange = (event) => list.pick(this.value, event.target.checked);
  }
}

class Details extends Plain {
  draw() {
    const isOpen = this.shadowRoot.querySelector("details")?.open ?? this.defaultOpen;
    this.shadowRoot.innerHTML = `<details ${isOpen ? "open" : ""}><summary><slot name="summary"></slot></summary><slot></slot></details>`;
    queueMicrotask(() => this.querySelector("s-summary")?.setAttribute("slot", "summary"));
  }
}

const KINDS = {
  "s-page": Titled, "s-section": Titled, "s-customer-account-action": Titled, "s-banner": Banner, "s-button": Button,
  "s-link": Button, "s-text-field": Field, "s-email-field": Field, "s-text-area": Field, "s-checkbox": Tick,
  "s-select": Select, "s-choice-list": ChoiceList, "s-choice": Choice, "s-details": Details,
};
for (const tag of ["text", "heading", "stack", "box", "form", "badge", "summary", "option", "divider", "list-item",
  "unordered-list", "ordered-list", "skeleton-paragraph"]) KINDS[`s-${tag}`] ??= Plain;
for (const [tag, kind] of Object.entries(KINDS)) customElements.define(tag, class extends kind {});
