/** Where the returns page is in a customer account, by the handle of its extension, and what its addresses name. */
const RETURNS = "extension:aftercare-returns";

export type Place =
  | { readonly kind: "orders" }
  | { readonly kind: "order" | "withdrawal" | "claim"; readonly id: string };

/** The address of a place; it leads there from any extension of ours. */
export function addressOf(place: Place): string {
  return place.kind === "orders" ? `${RETURNS}/` : `${RETURNS}/${place.kind}/${encodeURIComponent(place.id)}`;
}

/** The place an address leads to, however the account writes what stands before it. */
export function placeAt(address: string): Place {
  const [, kind, id] = /\/(order|withdrawal|claim)\/([^/?#]+)/.exec(address) ?? [];
  if (!id) return { kind: "orders" };
  return { kind: kind as "order" | "withdrawal" | "claim", id: decodeURIComponent(id) };
}
