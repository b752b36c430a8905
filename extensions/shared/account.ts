import { ADDRESS, ORDERS, RETURNS } from "./documents.js";
import { Fault } from "./fault.js";
import { figures } from "./host.js";

const PAGE = 20;
const UNDER_WAY = ["REQUESTED", "OPEN"];

interface Nodes<T> {
  readonly nodes: readonly T[];
}
interface OrdersData {
  readonly customer: {
    readonly orders: Nodes<{ readonly id: string }> & {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}
interface ReturnsData {
  readonly order: { readonly returns: Nodes<{ readonly status: string; readonly returnLineItems: Nodes<Returned> }> } | null;
}
interface Returned {
  readonly quantity: number;
  readonly lineItem: { readonly id: string; readonly refundableQuantity: number };
}

/** A page of the shopper's orders; `after` begins the next one, null where there is none. */
export interface OrdersPage {
  readonly ids: readonly string[];
  readonly after: string | null;
}

/** The shopper's own orders, as Shopify lists them, newest first. */
export async function listOrders(after: string | null): Promise<OrdersPage> {
  const { customer } = await query<OrdersData>(ORDERS, { first: PAGE, after });
  const { nodes, pageInfo } = customer.orders;
  return { ids: nodes.map(({ id }) => figures(id)), after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** Units left of each line that has a return under way at Shopify, whoever opened it; of other lines nothing is said. */
export async function unitsLeft(order: string): Promise<ReadonlyMap<string, number>> {
  const { order: found } = await query<ReturnsData>(RETURNS, { id: `gid://shopify/Order/${order}` });
  const left = new Map<string, number>();
  const open = found?.returns.nodes.filter(({ status }) => UNDER_WAY.includes(status)) ?? [];
  for (const { quantity, lineItem } of open.flatMap((each) => each.returnLineItems.nodes)) {
    const line = figures(lineItem.id);
    left.set(line, (left.get(line) ?? lineItem.refundableQuantity) - quantity);
  }
  return left;
}

/** Shopify authenticates the shopper itself; no token of ours goes there. */
async function query<D>(text: string, variables: Record<string, unknown>): Promise<D> {
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: text, variables }),
  });
  const said = response.ok ? ((await response.json()) as { data?: D | null }) : {};
  if (!said.data) throw new Fault(response.status === 200 ? 502 : response.status);
  return said.data;
}
