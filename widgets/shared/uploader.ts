/**
 * Uploads one file in chunks by the tus protocol (1.0.0) and follows it until it was looked at. A lost connection, a
 * full server or a reloaded page costs at most the chunk that was on its way: the server is asked how far the file is,
 * and the upload goes on there.
 */

export type UploadState = "waiting" | "sending" | "paused" | "checking" | "ready" | "refused" | "failed";

/** What there is to show. `detail` is a finished sentence in the shopper's language. */
export interface UploadProgress {
  readonly state: UploadState;
  readonly sent: number;
  readonly size: number;
  readonly code: string | null;
  readonly detail: string | null;
  /** Where the file can be seen for the next minute, once it is ready. */
  readonly url: string | null;
}

export interface UploadOptions {
  /** `https://aftercare.example/s/<shop>/evidence` */
  readonly endpoint: string;
  /** The upload token; asked again when the server does not take the last one any more. */
  readonly token: () => string | Promise<string>;
  readonly onProgress: (progress: UploadProgress) => void;
  readonly language?: string;
  /** The address of an upload begun before, to go on with it. */
  readonly place?: string;
}

interface Told {
  readonly state: string;
  readonly code: string | null;
  readonly detail: string | null;
  readonly url: string | null;
}

const LEAST = 64 * 1024;
const MOST = 1024 * 1024;
const FIRST = 256 * 1024;
const QUICK_MS = 1500;
const PATIENCE_MS = 70_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const MOST_FAILURES = 10;
const LOOK_MS = 1000;
const LONGEST_LOOK_MS = 10_000;

/** The server said no, and would say so again. */
class Refused extends Error {
  constructor(readonly code: string, readonly detail: string | null) {
    super(code);
  }
}

/** Not now: after `after` milliseconds, or when we think so. */
class Later extends Error {
  constructor(readonly after: number | null) {
    super("later");
  }
}

export class Upload {
  readonly #file: Blob & { readonly name?: string };
  readonly #options: UploadOptions;
  #place: string | null;
  #token: string | null = null;
  #stop = new AbortController();
  #running: Promise<void> | null = null;
  #chunk = FIRST;
  #progress: UploadProgress;

  constructor(file: Blob & { readonly name?: string }, options: UploadOptions) {
    this.#file = file;
    this.#options = options;
    this.#place = options.place ?? null;
    this.#progress = { state: "waiting", sent: 0, size: file.size, code: null, detail: null, url: null };
  }

  get progress(): UploadProgress {
    return this.#progress;
  }

  /** The address of this upload, to go on with it after a reload; null until the server has given one. */
  get place(): string | null {
    return this.#place;
  }

  /** Starts, or goes on after a pause or a failure; resolves when there is nothing more to do for now. */
  start(): Promise<void> {
    if (this.#running && !this.#stop.signal.aborted) return this.#running;
    const before = this.#running ?? Promise.resolve();
    this.#stop = new AbortController();
    const running = before.then(() => this.#run(this.#stop.signal));
    this.#running = running;
    return running.finally(() => {
      if (this.#running === running) this.#running = null;
    });
  }

  /** Stops at once; what was taken so far stays. */
  pause(): void {
    if (!this.#running) return;
    this.#stop.abort();
    if (this.#progress.state !== "checking") this.#show({ state: "paused" });
  }

  /** Stops and takes the file back. */
  async cancel(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#place) await this.#ask("DELETE", this.#place).catch(() => undefined);
    this.#place = null;
    this.#show({ state: "waiting", sent: 0, url: null });
  }

  async #run(stop: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      try {
        await this.#advance(stop, () => (failures = 0));
        return;
      } catch (error) {
        if (stop.aborted) return;
        if (error instanceof Refused) return this.#show({ state: "refused", code: error.code, detail: error.detail });
        if (++failures > MOST_FAILURES) return this.#show({ state: "failed" });
        this.#chunk = Math.max(LEAST, this.#chunk / 2);
        await rest(error instanceof Later && error.after !== null ? error.after : backoff(failures), stop);
      }
    }
  }

  /** Everything from where the server is; throws `Later` and network errors, after which it begins anew. */
  async #advance(stop: AbortSignal, onTaken: () => void): Promise<void> {
    this.#show({ state: "sending", code: null, detail: null });
    this.#place ??= await this.#announce(stop);
    let offset = await this.#offset(stop);
    this.#show({ sent: offset });
    while (offset < this.#file.size) {
      const began = performance.now();
      offset = await this.#send(offset, stop);
      if (performance.now() - began < QUICK_MS) this.#chunk = Math.min(MOST, this.#chunk * 2);
      onTaken();
      this.#show({ sent: offset });
    }
    this.#show({ state: "checking" });
    await this.#follow(stop);
  }

  async #announce(stop: AbortSignal): Promise<string> {
    const metadata = `filename ${base64(this.#file.name ?? "file")},filetype ${base64(this.#file.type)}`;
    const headers = { "Upload-Length": String(this.#file.size), "Upload-Metadata": metadata };
    const answer = await this.#ask("POST", this.#options.endpoint, { headers, signal: stop });
    const place = answer.headers.get("Location");
    if (!place) throw new Later(null);
    return new URL(place, this.#options.endpoint).href;
  }

  async #offset(stop: AbortSignal): Promise<number> {
    return offsetOf(await this.#ask("HEAD", this.#place ?? "", { signal: stop }));
  }

  async #send(offset: number, stop: AbortSignal): Promise<number> {
    const answer = await this.#ask("PATCH", this.#place ?? "", {
      headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
      body: this.#file.slice(offset, offset + this.#chunk),
      signal: stop,
    });
    return offsetOf(answer);
  }

  async #follow(stop: AbortSignal): Promise<void> {
    for (let wait = LOOK_MS; !stop.aborted; wait = Math.min(wait * 1.5, LONGEST_LOOK_MS)) {
      const told = (await (await this.#ask("GET", this.#place ?? "", { signal: stop })).json()) as Told;
      if (told.state === "ready") return this.#show({ state: "ready", url: told.url });
      if (told.state === "refused") throw new Refused(told.code ?? "", told.detail);
      await rest(wait, stop);
    }
  }

  /** One request. A wrong offset is an answer too: it tells the right one. */
  async #ask(method: string, url: string, init: RequestInit = {}, isAgain = false): Promise<Response> {
    this.#token ??= await this.#options.token();
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${this.#token}`);
    headers.set("Tus-Resumable", "1.0.0");
    if (this.#options.language) headers.set("Accept-Language", this.#options.language);
    const signals = [AbortSignal.timeout(PATIENCE_MS), ...(init.signal ? [init.signal] : [])];
    const answer = await fetch(url, {
      ...init, method, headers, signal: whichever(signals), credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
    });
    if (answer.ok || (answer.status === 409 && answer.headers.has("Upload-Offset"))) return answer;
    if (answer.status === 403 && !isAgain) {
      this.#token = null;
      return this.#ask(method, url, init, true);
    }
    throw await failure(answer);
  }

  #show(change: Partial<UploadProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#options.onProgress(this.#progress);
  }
}

async function failure(answer: Response): Promise<Error> {
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408 || answer.status === 400) {
    const seconds = Number(answer.headers.get("Retry-After") ?? Number.NaN);
    return new Later(Number.isFinite(seconds) ? seconds * 1000 * (1 + Math.random() / 2) : null);
  }
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
  return new Refused(problem.code ?? `http_${answer.status}`, problem.detail ?? null);
}

function offsetOf(answer: Response): number {
  const offset = Number(answer.headers.get("Upload-Offset") ?? Number.NaN);
  if (!Number.isSafeInteger(offset)) throw new Later(null);
  return offset;
}

function backoff(failures: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (1 + Math.random() / 2);
}

/** Waits; less when the connection comes back before, and no longer when it is not wanted any more. */
function rest(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const wake = (): void => {
      clearTimeout(timer);
      removeEventListener("online", wake);
      stop.removeEventListener("abort", wake);
      done();
    };
    const timer = setTimeout(wake, ms);
    addEventListener("online", wake);
    stop.addEventListener("abort", wake);
  });
}

/** `AbortSignal.any`, which Safari has since 17.4 only. */
function whichever(signals: readonly AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) either.abort(signal.reason);
    else signal.addEventListener("abort", () => either.abort(signal.reason), { once: true, signal: either.signal });
  }
  return either.signal;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
