"""A shop behind the Admin API on loopback: records by Shopify's field names, executed on its own schema.

What nobody has recorded is not answered: it is kept in `unknown`, and `shop_on_line` fails the test that asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.shopify_admin.bulk import Bulk
from tests.support.shopify_admin.execution import Execution, Record, Unknown
from tests.support.shopify_admin.made import Made
from tests.support.shopify_admin.metafields import Metafields
from tests.support.shopify_admin.refunds import Refunds
from tests.support.shopify_admin.returns import REASONS, Returns
from tests.support.shopify_admin.reverse import Reverse
from tests.support.shopify_admin.schema import schema
from tests.support.shopify_admin.server import AdminServer, serving

SCOPES = ("read_orders", "read_returns", "read_products", "read_customers", "write_orders", "write_returns")
LOCATION: Record = {"id": "gid://shopify/Location/7", "name": "Warehouse", "isActive": True}
_SORTS = {"UPDATED_AT": "updatedAt", "PROCESSED_AT": "processedAt", "CREATED_AT": "createdAt", "ID": "id"}
_NAMED = re.compile(r"name:(#[0-9]+)")
_UPDATED = re.compile(r"updated_at:>='([0-9T:Z-]+)'")


@dataclass(slots=True)
class AdminShop:
    """The shop: its records, by gid in the order of their making. Change them while it is being read."""

    orders: dict[str, Record] = field(default_factory=dict)
    products: dict[str, Record] = field(default_factory=dict)
    scopes: tuple[str, ...] = SCOPES
    now: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)
    unknown: list[str] = field(default_factory=list)
    server: AdminServer = field(init=False)
    metafields: Metafields = field(default_factory=Metafields)
    bulk: Bulk = field(init=False)
    returns: Returns = field(init=False)
    reverse: Reverse = field(init=False)
    locations: dict[str, Record] = field(default_factory=lambda: {LOCATION["id"]: LOCATION})
    refunds: Refunds = field(init=False)
    made: Made = field(init=False)
    _execution: Execution = field(init=False)

    def __post_init__(self) -> None:
        schema()  # before anybody waits for an answer
        self.server = AdminServer(self.answer)
        self.bulk = Bulk(self._gather, self.server.files, lambda: self.server.address, lambda: written(self.now))
        self.returns = Returns(self.orders, lambda: written(self.now))
        self.reverse = Reverse(self.orders, self.locations, self.returns.documented, self.returns.touched)
        self.refunds = Refunds(self.orders, lambda: written(self.now), lambda: self._execution.key)
        self.made = Made(self.orders, self.returns, self.refunds, lambda: written(self.now))
        everything = self._root() | self._mutations() | self.made.root() | self.made.mutations()
        self.metafields.now = lambda: written(self.now)
        self.metafields.on_orders = everything["metafieldsSet"]
        everything["metafieldsSet"] = self.metafields.write
        self._execution = Execution(everything, self.unknown)

    def answer(self, query: str, variables: Record, operation: str | None) -> Record:
        """What the API says."""
        return self._execution.run(query, variables, operation)

    def add(self, *orders: Record) -> None:
        """Take orders in."""
        self.orders |= {order["id"]: self.made.of(order) for order in orders}

    def _gather(self, query: str) -> Record:
        return self.answer(query, {}, None)

    def _root(self) -> dict[str, Any]:
        return {
            "shop": {
                "id": "gid://shopify/Shop/42",
                "name": "Nordkap",
                "myshopifyDomain": "nordkap.myshopify.com",
                "currencyCode": "EUR",
            }
            | {"taxesIncluded": True, "ianaTimezone": "Europe/Berlin"}
            | {"shipsToCountries": lambda: self.metafields.countries},
            "currentAppInstallation": lambda: {
                "accessScopes": [{"handle": scope} for scope in self.scopes],
                "id": self.metafields.installation,
                "metafields": self.metafields.noted,
            },
            "shopLocales": self.metafields.locales,
            "order": lambda **asked: self.orders.get(asked["id"]),
            "orders": lambda **asked: _listed(self.orders, asked),
            "products": lambda **asked: _listed(self.products, asked),
            "bulkOperationRunQuery": self.bulk.start,
            "bulkOperation": self.bulk.look,
            "return": self.returns.find,
            "returnableFulfillments": self.returns.returnable,
            "reverseDelivery": self.reverse.delivery,
            "reverseFulfillmentOrder": self.reverse.order,
            "returnReasonDefinitions": lambda **_: REASONS,
            "node": self._node,
        }

    def _mutations(self) -> dict[str, Any]:
        return {
            "metafieldsDelete": self.metafields.remove,
            "returnRequest": self.returns.request,
            "returnCreate": self.returns.create,
            "returnApproveRequest": self.returns.approve,
            "returnDeclineRequest": self.returns.decline,
            "returnCancel": self.returns.cancel,
            "returnClose": self.returns.close,
            "returnReopen": self.returns.reopen,
            "returnProcess": self.returns.process,
            "removeFromReturn": self.returns.remove,
            "reverseDeliveryCreateWithShipping": self.reverse.send,
            "reverseDeliveryShippingUpdate": self.reverse.update,
            "reverseFulfillmentOrderDispose": self.reverse.dispose,
            "refundCreate": self.refunds.create,
            "orderUpdate": self._update,
        }

    def _update(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`orderUpdate`: additional details are replaced as a whole."""
        if input.keys() - {"id", "customAttributes"}:
            raise Unknown(f"orderUpdate of {sorted(input)}")
        order = self.orders[input["id"]]
        order["customAttributes"] = input["customAttributes"]
        return {"order": order, "userErrors": []}

    def _node(self, id: str) -> Record | None:  # noqa: A002 - Shopify's name
        found = self.orders.get(id)
        return found and {**found, "__typename": "Order"}


def _listed(records: dict[str, Record], asked: Record) -> list[Record]:
    """The records a search finds, in the order of their last change."""
    found = list(records.values())
    if search := asked.get("query"):
        since, name = _UPDATED.fullmatch(search), _NAMED.fullmatch(search)
        if since is None and name is None:
            raise Unknown(f"search {search}")
        if since:
            found = [record for record in found if record["updatedAt"] >= since[1]]
        if name:
            found = [record for record in found if record["name"] == name[1]]
    by = _SORTS.get(asked["sortKey"])
    if by is None:
        raise Unknown(f"sortKey {asked['sortKey']}")
    return sorted(found, key=lambda record: (record[by], record["id"]))


def written(at: datetime) -> str:
    """An instant as Shopify writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def shop_on_line(shop: AdminShop) -> Iterator[AdminShop]:
    """Serve it; nothing may be asked of it that is not known."""
    with serving(shop.server):
        yield shop
    assert set(shop.unknown) == set(), "asked for what nobody has recorded"
