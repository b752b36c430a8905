/** Where the returns page is in a customer account, by the handle of its extension, and what its addresses name. */
const RETURNS = "extension:aftercare-returns";

export type Place =
  | { readonly kind: "orders" }
  | { readonly kind: "order" | "withdrawal" | "claim"; readonly id: string };

/** The address of a place; it leads there from any extension of ours. */
export function addressOf(place: Place): string {
  return place.kind === "orders" ? `${RETURNS}/` : `${RETURNS}/${place.kind}/${place.id}`;
}

/** The place an address leads to, however the account writes what stands before it; what names none is all orders. */
export function placeAt(address: string): Place {
  const [, kind, order, claim] = /\/(?:(order|withdrawal)\/(\d+)|claim\/([\w-]+))(?=[/?#]|$)/.exec(address) ?? [];
  if (claim) return { kind: "claim", id: claim };
  return order ? { kind: kind as "order" | "withdrawal", id: order } : { kind: "orders" };
}
