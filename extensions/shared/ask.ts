import { installation } from "./address.js";
import type { Problem } from "./contract/types.js";
import { Fault, faultOf } from "./fault.js";
import type { Shopify } from "./host.js";

const PATIENCE_MS = 8000;
const BREATH_MS = 400;
const ONCE_MORE = [0, 401, 502, 503, 504];

export interface Question {
  readonly method?: "GET" | "POST";
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/**
 * Asks our server in the shopper's language, with a fresh session token. A server that was not reached, or that the token
 * came to too late, is asked once more, whatever the question: sending the same again changes nothing. Throws `Fault`.
 */
export async function ask<A>(shopify: Shopify, path: string, question: Question = {}): Promise<A> {
  const url = address(shopify, path, question.query ?? {});
  try {
    return await once<A>(shopify, url, question);
  } catch (error) {
    const fault = faultOf(error);
    if (!ONCE_MORE.includes(fault.status)) throw fault;
    await new Promise((go) => setTimeout(go, BREATH_MS));
    return once<A>(shopify, url, question);
  }
}

function address(shopify: Shopify, path: string, query: Record<string, string>): string {
  const from = installation();
  if (!from) throw new Fault(0, "no_address");
  const asked = new URLSearchParams({ ...query, lang: shopify.localization.language.value.isoCode });
  return `${from}/extensions/v1/${path}?${asked}`;
}

async function once<A>(shopify: Shopify, url: string, { method = "GET", body }: Question): Promise<A> {
  const token = await shopify.sessionToken.get();
  const response = await fetch(url, {
    method,
    headers: {
      Accept: "application/json",
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw faultOf(error);
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as A;
}

async function refusal(response: Response): Promise<Fault> {
  const said = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new Fault(response.status, said.code, said.detail);
}
