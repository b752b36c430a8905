"""`python -m bench.backfill.store ORDERS SCALE`: a WooCommerce store on loopback that takes as long as a real one.

The shop the tests have, with varied orders, in a process of its own. It prints its address, and serves until its
standard input closes. Times were measured on WooCommerce 10.5 (2 cores): 100 orders 1.1 s (0.74 to 1.6), 50 0.47, 10
0.15; 100 refunds 0.46; 65 products 0.3. Two requests are answered at once, as by two cores: further connections
were seen to gain nothing. `SCALE` multiplies all of it.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bench.varied_orders import varied_orders
from tests.support.woocommerce import Record, recorded_list, recorded_refunds
from tests.support.woocommerce_auth import Keys, Reply
from tests.support.woocommerce_shop import Asked, WooCommerceShop, serving

_CORES = 2
_BEFORE = 0.05
_EACH = {"orders": 0.0105, "refunds": 0.0041, "products": 0.0038}
_SPREAD = (0.67, 1.0, 0.9, 1.45, 1.1)
"""From the quickest to the slowest that was measured, over the median; one after the other, by no chance."""
_FIRST_REFUND = 9_000_001
_NOW = datetime(2030, 1, 1, tzinfo=UTC)
"""Later than any of the varied orders was changed."""
_ADDRESS = "http://127.0.0.1/wp-json/wc/v3/orders"


@dataclass(slots=True)
class TimedShop(WooCommerceShop):
    """Answers after the measured time. Whoever shows the keys as they are is let in over http too."""

    scale: float = 1.0
    cores: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_CORES))
    numbers: count[int] = field(default_factory=count)

    def reply(self, asked: Asked) -> Reply:
        """What the shop answers, and when."""
        with self.cores:
            begun = time.perf_counter()
            answer = WooCommerceShop.reply(self, asked)
            spread = _SPREAD[next(self.numbers) % len(_SPREAD)]
            length = answer.body.count(b'"date_created_gmt"') if asked.endpoint in _EACH else 0
            takes = (_BEFORE + length * _EACH.get(asked.endpoint, 0)) * spread * self.scale
            time.sleep(max(begun + takes - time.perf_counter(), 0))
        return answer

    def _refused(self, asked: Asked) -> Reply | None:
        if asked.authorization.startswith("Basic "):
            return None
        return WooCommerceShop._refused(self, asked)  # noqa: SLF001 - its own, in a class with slots


def timed_shop(orders: int, scale: float) -> TimedShop:
    """The recorded products, and so many orders with refunds of their own."""
    shop = TimedShop(
        products={product["id"]: product for product in recorded_list("products.json")},
        keys=Keys(scope="read_write"),
        now=_NOW,
        scale=scale,
    )
    known, numbers = _recorded_by_id(), count(_FIRST_REFUND)
    for body in varied_orders(orders):
        order = json.loads(body)
        shop.refunds[order["id"]] = list(_refunds(order, known, numbers))
        shop.orders[order["id"]] = order
    return shop


def _recorded_by_id() -> dict[int, Record]:
    return {refund["id"]: refund for refunds in recorded_refunds().values() for refund in refunds}


def _refunds(order: Record, known: dict[int, Record], numbers: Iterator[int]) -> Iterator[Record]:
    """The order's refunds with ids of their own, which the order is told."""
    for listed in order["refunds"]:
        refund = {**known[listed["id"]], "id": next(numbers), "_links": {"up": [{"href": f"{_ADDRESS}/{order['id']}"}]}}
        listed["id"] = refund["id"]
        yield refund


def main() -> None:
    """Serve until nobody wants it any more."""
    shop = timed_shop(int(sys.argv[1]), float(sys.argv[2]))
    with serving(shop):
        print(shop.address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
