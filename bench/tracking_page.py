"""Whether the page that says where an order's parcels are, and the answer its widget asks for, come at once."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask.testing import FlaskClient

from bench import postgres
from bench.installations import Installation, installation
from bench.quiet import hush
from bench.result import Result, Size
from bench.seeds import seed
from bench.stopwatch import Stopwatch
from plugin.app import build_app
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Shop
from plugin.domain.times import Source
from plugin.domain.tracking.report import EventPlace, Leg, Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.usecases.tracking.tracking_link import tracking_path
from plugin.web.storefront import order_token

_TARGET_MS = 15.0
_ORDERS = {Size.TINY: 40, Size.QUICK: 5_000, Size.FULL: 30_000}
_ROUNDS = {Size.TINY: 2, Size.QUICK: 60, Size.FULL: 120}
_BLOCKS = {Size.TINY: 1, Size.QUICK: 5, Size.FULL: 5}
_BATCH = 500
_SCANS = 20
_LANGUAGES = ("en", "de", "ar", "zh-Hans")
_S = DeliveryStatus
_FIRST = TrackedNumber("YT2630190000000001", "yunexpress", Leg.ORIGIN, is_confirmed=True)
_LAST = TrackedNumber("00340434301900010008", "dhl", Leg.LAST_MILE, is_confirmed=True)


@dataclass(slots=True)
class _Shopper:
    """Browsers that hold the links of all orders of a shop."""

    client: FlaskClient
    pages: Sequence[str]
    answers: Sequence[str]
    watch: Stopwatch = field(default_factory=Stopwatch)

    def ask(self, what: str, address: str) -> None:
        with self.watch.timing(what):
            response = self.client.get(address)
        assert response.status_code == 200, response.status  # noqa: PLR2004 - HTTP's own number
        assert b"YT2630190000000001" in response.data


def tracking_page(size: Size) -> Iterator[Result]:
    """Pages and answers of orders at random, each with a parcel of two legs, on either database."""
    for kind, database in postgres.either(size):
        with database() as url:
            yield from _measured(kind, size, url)


def _measured(kind: str, size: Size, url: str | None) -> Iterator[Result]:
    with installation(url) as installed:
        shopper = _shopper(installed, _ORDERS[size])
        hush()
        chance = random.Random(7)
        _round(shopper, chance)
        shopper.watch.took.clear()
        for _ in range(_BLOCKS[size]):
            for _ in range(_ROUNDS[size]):
                _round(shopper, chance)
            shopper.watch.close_block()
    for what in shopper.watch.p95:
        name = f"tracking_page: {what}, {_SCANS} scans, {_ORDERS[size]:,} orders, {kind}, p95"
        yield Result(name, shopper.watch.milliseconds(what), "ms", target=_TARGET_MS, is_lower_better=True)


def _round(shopper: _Shopper, chance: random.Random) -> None:
    shopper.ask("page", chance.choice(shopper.pages))
    shopper.ask("answer", chance.choice(shopper.answers))


def _shopper(installed: Installation, count: int) -> _Shopper:
    shop, deps = installed.shop(), installed.runtime.deps
    seed(installed, shop, count, is_alike=True)
    now = deps.clock.now()
    orders = _sent(installed, shop, now)
    client = build_app(installed.runtime.settings, deps).test_client()
    languages = [_LANGUAGES[number % len(_LANGUAGES)] for number in range(len(orders))]
    pages = [tracking_path(deps.secrets, shop, order, now, lang) for order, lang in zip(orders, languages, strict=True)]
    tokens = [order_token.issue(deps.secrets, shop.id, order) for order in orders]
    return _Shopper(client, pages, [f"/storefront/v1/{shop.key}/orders/{token}/tracking" for token in tokens])


def _sent(installed: Installation, shop: Shop, now: datetime) -> list[OrderId]:
    """Every order with a parcel on its way; which they are."""
    deps, found, after = installed.runtime.deps, list[OrderId](), None
    while True:
        with deps.units(shop.merchant) as unit:
            batch = [stored.id for stored in unit.orders.batch(shop.id, after, _BATCH)]
            unit.shipments.save([_shipment(ShipmentId(deps.ids.new()), shop, order, now) for order in batch])
            unit.commit()
        found += batch
        if len(batch) < _BATCH:
            return found
        after = batch[-1]


def _shipment(shipment: ShipmentId, shop: Shop, order: OrderId, now: datetime) -> Shipment:
    sent_at = now - timedelta(days=9)
    first = (now + timedelta(days=2)).date()
    known = Shipment(
        shipment, shop.id, order, Purpose.OUTBOUND, "f1", (_FIRST, _LAST), sent_at, "CN", "DE",
        expected=ExpectedDays(first, first + timedelta(days=3), sent_at),
    )  # fmt: skip
    return known.with_reports([_scan(number, sent_at) for number in range(_SCANS)])


def _scan(number: int, sent_at: datetime) -> Report:
    is_first = number < _SCANS // 2
    leg, sent = (Leg.ORIGIN, _FIRST) if is_first else (Leg.LAST_MILE, _LAST)
    at = sent_at + timedelta(hours=10 * number)
    place = EventPlace("CN" if is_first else "DE", words="Shenzhen" if is_first else "Köln")
    status = _S.CUSTOMS if number == _SCANS // 2 else _S.IN_TRANSIT
    text = f"Processed at facility {number}"
    return Report(status, at, Source.CARRIER, at, leg, sent.carrier, sent.number, message=text, place=place, raw=text)
