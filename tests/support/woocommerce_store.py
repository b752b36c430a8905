"""The shop on loopback, written to as well: refunds, notes, coupons, orders and stock, all as recorded.

What was not recorded is not answered: it fails the test that sent it.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from functools import cache, partial

from tests.support.woocommerce import Record, recorded_list, recorded_orders
from tests.support.woocommerce_auth import Query, Reply
from tests.support.woocommerce_desk import (
    Desk,
    coupon_reply,
    coupons_reply,
    fault,
    gateway_reply,
    merged,
    note_reply,
    setting_reply,
    shown,
)
from tests.support.woocommerce_ordering import Counter, changed, made, put_back
from tests.support.woocommerce_refunding import Till, refund_reply
from tests.support.woocommerce_shop import Asked, WooCommerceShop

_WRITES = ("POST", "PUT", "DELETE")
_ELSEWHERE = ("webhooks",)
_NO_ROUTE = "rest_no_route"
_FAULTS = 400
NOBODY = Reply(502, b"<html>Bad gateway</html>", content_type="text/html")


@dataclass(slots=True)
class WooCommerceStore(WooCommerceShop):
    """A shop that can be written to. `lost`: so many answers are lost from the next write on, though it is done."""

    desk: Desk = field(default_factory=Desk)
    lost: int = 0
    heard: int = 0
    """Writes whose answers still arrive before that."""

    def lose_write(self, number: int) -> None:
        """Lose the answer to this write (1: the next) and to no other."""
        self.heard, self.lost = number - 1, 1

    def reply(self, asked: Asked) -> Reply:
        """What the shop answers, unless nobody hears it."""
        try:
            answer = WooCommerceShop.reply(self, asked)
        except Exception as error:
            self.unknown.append(f"{asked.method} {asked.endpoint}: {error!r}")
            raise
        return NOBODY if self._is_lost(asked, answer) else answer

    def _is_lost(self, asked: Asked, answer: Reply) -> bool:
        is_done = asked.method in _WRITES and answer.status < _FAULTS
        if is_done and self.heard > 0:
            self.heard -= 1
        elif self.lost and (is_done or self.heard < 0):
            self.heard, self.lost = -1, self.lost - 1
            return True
        return False

    def _found(self, asked: Asked) -> Reply:
        if asked.method in _WRITES and asked.endpoint.partition("/")[0] not in _ELSEWHERE:
            return self._written(asked)
        return self._kept(asked) or WooCommerceShop._found(self, asked)

    def _kept(self, asked: Asked) -> Reply | None:
        """What is kept beside orders; None: what the shop that is only read answers."""
        answer: Reply | None = None
        match asked.endpoint.split("/"):
            case ["payment_gateways", name]:
                answer = gateway_reply(self.desk, name)
            case ["settings", group, name]:
                answer = setting_reply(self.desk, f"{group}/{name}")
            case ["products", number]:
                answer = self._product(int(number))
            case ["coupons"]:
                answer = coupons_reply(self.desk, asked.query)
            case ["orders"] if "after" in asked.query:
                answer = self._made_since(asked.query["after"])
            case ["orders", number, "notes"]:
                answer = self._noted(int(number), asked.query, None)
        return answer

    def _written(self, asked: Asked) -> Reply:
        body = json.loads(asked.body) if asked.body else {}
        by_method = {"POST": self._made, "PUT": self._changed, "DELETE": self._deleted}
        answer = by_method[asked.method](asked, asked.endpoint.split("/"), body)
        if answer is None:
            self.unknown.append(f"{asked.method} {asked.endpoint}")
        return answer or fault(404, _NO_ROUTE)

    def _made(self, _: Asked, path: list[str], body: Record) -> Reply | None:
        match path:
            case ["orders", number, "notes"]:
                return self._noted(int(number), {}, body)
            case ["orders", number, "refunds"]:
                return self._refund(int(number), body)
            case ["coupons"]:
                return coupon_reply(self.desk, body)
            case ["orders"]:
                return made(self._counter(), body)
        return None

    def _changed(self, _: Asked, path: list[str], body: Record) -> Reply | None:
        match path:
            case ["orders", number]:
                return changed(self._counter(), int(number), body)
            case ["products", number] | ["products", _, "variations", number]:
                return self._stocked(int(number), body)
            case ["orders", _, "notes" | "refunds", _]:
                return fault(404, _NO_ROUTE)
        return None

    def _deleted(self, asked: Asked, path: list[str], _: Record) -> Reply | None:
        match path:
            case ["orders", number] if asked.query.get("force") == "true":
                return shown(self.orders.pop(int(number)))
            case ["orders", number, "refunds", refund]:
                return self._unrefunded(int(number), int(refund))
            case ["orders", _, "notes", _]:
                return fault(501, "woocommerce_rest_trash_not_supported")
        return None

    def _counter(self) -> Counter:
        return Counter(self.desk, self.orders, self.products, self.unknown, self._now(), self._touch)

    def _noted(self, number: int, query: Query, body: Record | None) -> Reply:
        return note_reply(self.desk, number, query, body, exists=number in self.orders)

    def _refund(self, number: int, body: Record) -> Reply:
        if number in self.orders:
            self.orders[number] = {**self.orders[number]}
        refunds = self.refunds.setdefault(number, [])

        restock = partial(put_back, self.products)
        till = Till(self.desk, self.orders.get(number), refunds, self.unknown, self._now(), restock)
        answer = refund_reply(till, body)
        if number in self.orders and answer.status < 400:
            self._touch(number)
        return answer

    def _unrefunded(self, number: int, refund: int) -> Reply:
        gone = next(each for each in self.refunds[number] if each["id"] == refund)
        self.refunds[number].remove(gone)
        return shown(gone)

    def _product(self, number: int) -> Reply:
        found = self.products.get(number)
        return shown(found) if found else fault(404, "woocommerce_rest_product_invalid_id")

    def _stocked(self, number: int, body: Record) -> Reply:
        product = self.products[number]
        product["meta_data"] = merged(self.desk, product["meta_data"], body["meta_data"])
        product["stock_quantity"] = body["stock_quantity"]
        product["stock_status"] = "instock" if body["stock_quantity"] > 0 else "outofstock"
        self.unknown += sorted(f"product {name}" for name in body.keys() - {"stock_quantity", "meta_data"})
        return shown({name: product[name] for name in ("id", "status", "stock_quantity", "stock_status", "meta_data")})

    def _made_since(self, after: str) -> Reply:
        found = [order for _, order in sorted(self.orders.items()) if order["date_created_gmt"] > after]
        return shown([{"id": order["id"], "meta_data": order["meta_data"]} for order in found])

    def _touch(self, number: int) -> None:
        self.change(number, self._now())

    def _now(self) -> str:
        assert self.now is not None
        return f"{self.now:%Y-%m-%dT%H:%M:%S}"


def recorded_store(*orders: int) -> WooCommerceStore:
    """A shop with these of the recorded orders, never refunded, and the products they are of; its keys may write."""
    known, products = _recorded()
    sold = {item["product_id"] for number in orders for item in known[number]["line_items"]}
    wanted = {number: product for number, product in products.items() if {number, product["parent_id"]} & sold}
    store = WooCommerceStore(
        orders={number: {**copy.deepcopy(known[number]), "refunds": []} for number in orders},
        products=copy.deepcopy(wanted),
    )
    store.keys.scope = "read_write"
    return store


@cache
def _recorded() -> tuple[dict[int, Record], dict[int, Record]]:
    """Orders and everything that can be looked up as a product, by id."""
    products = {product["id"]: product for product in recorded_list("products.json")}
    variations = {each["id"]: _looked_up(each, products) for each in recorded_list("product_variations.json")}
    return {order["id"]: order for order in recorded_orders()}, {**products, **variations}


def _looked_up(variation: Record, products: dict[int, Record]) -> Record:
    """A variation as `products/{id}` shows it: by its parent's name as well."""
    parent = next(each for each in products.values() if variation["id"] in each["variations"])
    name = f"{parent['name']} - {variation['name']}"
    return {**variation, "parent_id": parent["id"], "type": "variation", "name": name}
