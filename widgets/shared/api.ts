import type {
  ClaimEntryAnswer,
  EntitlementsAnswer,
  PolicyAnswer,
  ProductInformationAnswer,
  TrackingAnswer,
} from "../contract/types.js";

/** What the storefront API answers. */
export type Answer =
  | PolicyAnswer
  | EntitlementsAnswer
  | ProductInformationAnswer
  | ClaimEntryAnswer
  | TrackingAnswer;

const PATIENCE_MS = 8000;
const underway = new Map<string, Promise<Answer>>();

/** Asks once for all the elements that want the same answer now; afterwards the browser's own cache answers. */
export function ask(url: string): Promise<Answer> {
  const known = underway.get(url);
  if (known) return known;
  const answer = load(url).finally(() => underway.delete(url));
  underway.set(url, answer);
  return answer;
}

async function load(url: string): Promise<Answer> {
  const response = await fetch(url, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  const answer = (await response.json()) as Partial<Answer> | null;
  if (!answer?.version || !answer.language) throw new Error("not an answer");
  return answer as Answer;
}
