/**
 * Files of evidence on the hosted pages of a claim: sent in pieces as soon as they are chosen, each with its progress.
 * Without this script the same form sends them whole. Words come from the page, where `$name` and `$percent` stand.
 */

import { Upload, type UploadProgress } from "../shared/uploader.js";

type Words = "sending" | "checking" | "ready" | "failed";

class Field {
  readonly #field: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  #underway = 0;

  constructor(field: HTMLElement, input: HTMLInputElement, list: HTMLElement) {
    this.#field = field;
    this.#input = input;
    this.#list = list;
    for (const part of field.querySelectorAll<HTMLElement>("[data-without-script]")) part.hidden = true;
    field.hidden = false;
    input.removeAttribute("name"); // sent already: the form brings it no second time
    input.addEventListener("change", () => this.#take());
    input.form?.addEventListener("submit", (event) => this.#finish(event));
  }

  #take(): void {
    for (const file of this.#input.files ?? []) this.#send(file);
    this.#input.value = "";
  }

  #send(file: File): void {
    const row = document.createElement("li");
    const line = document.createElement("span");
    const bar = document.createElement("progress");
    bar.max = Math.max(file.size, 1);
    row.append(line, bar);
    this.#list.append(row);
    const upload = new Upload(file, {
      endpoint: this.#field.dataset["endpoint"] ?? "",
      language: this.#field.dataset["lang"] ?? "en",
      token: () => this.#token(),
      onProgress: (progress) => this.#show(line, bar, file.name, progress),
    });
    this.#underway += 1;
    void upload.start().finally(() => (this.#underway -= 1));
  }

  /** The page's own token at first; a page that stood open for hours asks the server for the page again. */
  #asked = false;

  async #token(): Promise<string> {
    if (!this.#asked) {
      this.#asked = true;
      return this.#field.dataset["token"] ?? "";
    }
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    return page.querySelector<HTMLElement>("[data-evidence]")?.dataset["token"] ?? "";
  }

  #show(line: HTMLElement, bar: HTMLProgressElement, name: string, progress: UploadProgress): void {
    const { state, sent, size, detail } = progress;
    bar.value = sent;
    bar.hidden = state === "ready" || state === "refused" || state === "failed";
    if (state === "refused") line.textContent = `${name}: ${detail ?? ""}`;
    else if (state === "ready" || state === "checking" || state === "failed") line.textContent = this.#words(state, name);
    else line.textContent = this.#words("sending", name, Math.floor((100 * sent) / Math.max(size, 1)));
    line.className = state === "refused" || state === "failed" ? "fault" : "";
  }

  #words(what: Words, name: string, percent = 0): string {
    const words = this.#field.dataset[what] ?? "$name";
    return words.replace("$percent", () => String(percent)).replace("$name", () => name);
  }

  /** Files are let through to their last byte before the page is left; what is checked after that needs nobody here. */
  #finish(event: Event): void {
    const isSending = [...this.#list.querySelectorAll("progress")].some((bar) => !bar.hidden && bar.value < bar.max);
    if (this.#underway === 0 || !isSending) return;
    event.preventDefault();
    this.#list.querySelector("progress")?.scrollIntoView({ block: "center" });
  }
}

for (const field of document.querySelectorAll<HTMLElement>("[data-evidence]")) {
  const input = field.querySelector<HTMLInputElement>("input[type=file]");
  const list = field.querySelector<HTMLElement>("[data-files]");
  if (input && list) new Field(field, input, list);
}
