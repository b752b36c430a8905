"""The store that the fault suite trades with: it keeps its own time, and there are hours when nobody is there."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock

from tests.support.woocommerce import Record, recorded_orders
from tests.support.woocommerce_auth import Keys, Reply
from tests.support.woocommerce_shop import Asked
from tests.support.woocommerce_store import WooCommerceStore, recorded_store

BOUGHT = 592
"""Paid by card, from Germany, 60 euros; not sent."""
_DAYS_AGO = timedelta(days=4)
_LOCAL = timedelta(hours=1)
"""Of the shop's zone in winter; no more is made of it than what stands beside the GMT dates."""


_NOBODY = Reply(503, b"<html>Maintenance</html>", content_type="text/html")


@dataclass(slots=True)
class BusyStore(WooCommerceStore):
    """A store that may be down, lets others know of each request before anything is done, and does one at a time."""

    is_down: bool = False
    on_asked: Callable[[Asked], None] = lambda _: None
    books: Lock = field(default_factory=Lock)
    """Held by whoever writes in them: an order that is replaced while it is paid back would not know of that."""

    def reply(self, asked: Asked) -> Reply:
        """What the store answers."""
        if self.is_down:
            self.asked.append(asked)
            return _NOBODY
        self.on_asked(asked)
        with self.books:
            return WooCommerceStore.reply(self, asked)


@dataclass(slots=True)
class Store:
    """A WooCommerce store and its clock."""

    shop: BusyStore
    now: Callable[[], datetime]
    touched: dict[int, int] = field(default_factory=dict)
    """How often each order was."""

    def __post_init__(self) -> None:
        self.shop.before = self._before

    def _before(self, _: Asked) -> None:
        self.shop.now = self.now()

    def sell(self, number: int) -> None:
        """An order that its shopper may withdraw from; nothing of it has left."""
        self.shop.orders[number] = an_order(number, self.now() - _DAYS_AGO)

    def touch(self, number: int) -> None:
        """Change something about an order that everybody can see: its buyer's name tells how often."""
        self.touched[number] = times = self.touched.get(number, 0) + 1
        with self.shop.books:
            billing = self.shop.orders[number]["billing"] | {"first_name": f"Ida {times}"}
            self.shop.change(number, f"{self.now():%Y-%m-%dT%H:%M:%S}", billing=billing)

    def body(self, number: int) -> bytes:
        """The order as a webhook brings it now."""
        return json.dumps(self.shop.orders[number]).encode()


def an_order(external: int, placed: datetime, **changes: object) -> Record:
    """A recorded order under another number, of a shopper of its own."""
    at, local = f"{placed:%Y-%m-%dT%H:%M:%S}", f"{placed + _LOCAL:%Y-%m-%dT%H:%M:%S}"
    record = copy.deepcopy(_recorded())
    dates = {f"date_{name}_gmt": at for name in ("created", "paid", "modified")}
    dates |= {f"date_{name}": local for name in ("created", "paid", "modified")}
    told = {"id": external, "number": str(external), "order_key": f"wc_order_{external:x}", "status": "processing"}
    undone: Record = {"date_completed": None, "date_completed_gmt": None, "meta_data": [], "refunds": []}
    for place, item in enumerate(record["line_items"]):
        item["id"] = external * 100 + place
    return {
        **record,
        **dates,
        **told,
        **undone,
        "billing": record["billing"] | {"email": email_of(external)},
        **changes,
    }


def email_of(number: int) -> str:
    """Whose order it is."""
    return f"guest{number}@mail.example"


@cache
def _recorded() -> Record:
    return next(order for order in recorded_orders() if order["id"] == BOUGHT)


def open_store(now: Callable[[], datetime]) -> Store:
    """A store without orders, with what its orders are of."""
    products = recorded_store(BOUGHT).products
    shop = BusyStore(products=products, keys=Keys(scope="read_write"), now=datetime.now(UTC))
    return Store(shop, now)
