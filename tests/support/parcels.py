"""Parcels as their shopper is told of them, by the engine and the words themselves: for examples, widgets and drift.

`python -m tests.support.parcels` writes the example beside the widgets' contract; a test compares.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.report import EventPlace
from plugin.i18n import catalogue
from plugin.usecases.tracking.quote_tracking import told_order
from plugin.web.storefront.schemas import Link
from plugin.web.storefront.tracking import tracking_json
from tests.domain.tracking.reports import JOURNEY, at, scan
from tests.support.repository import ROOT
from tests.usecases.tracking.orders import a_shipment, an_order_with, sent

if TYPE_CHECKING:
    from plugin.domain.tracking.told import ToldOrder
    from plugin.web.storefront.tracking_schemas import TrackingAnswer

EXAMPLES = ROOT / "widgets" / "contract" / "examples"
PLACE = "orders/example/tracking"
_CHINA = EventPlace(country="CN", words="Shenzhen")
_GERMANY = EventPlace(country="DE", words="Köln")


def one_parcel() -> ToldOrder:
    """On its way from China, out of customs, with the words of the carrier that had it."""
    first, posted, customs, through = JOURNEY[:4]
    reports = (
        first,
        replace(posted, place=_CHINA),
        replace(customs, message="Import clearance started"),
        replace(through, place=_GERMANY),
    )
    return told_order(an_order_with([sent()]), [a_shipment(reports)], at(99))


def several_parcels() -> ToldOrder:
    """One that is held at customs, one that nobody follows, and goods that have not left."""
    held = a_shipment(JOURNEY[:3])
    return told_order(an_order_with([sent(), sent("f2")]), [held], at(70))


def delivered_parcel() -> ToldOrder:
    """Told by its carrier in words that name neighbours and look like markup."""
    words = '<img src=x onerror="document.title=1"><b>Left with M&uuml;ller</b>'
    reports = (scan(DeliveryStatus.IN_TRANSIT, 2), scan(DeliveryStatus.DELIVERED, 20, message=words))
    return told_order(an_order_with([sent()]), [a_shipment(reports)], at(30))


def answer(language: str = "en", told: ToldOrder | None = None) -> TrackingAnswer:
    """The answer about the one parcel, or about others, with a page of its own."""
    words = catalogue(language)
    page = Link(text=words.text("tracking.follow"), url="https://aftercare.example.com/s/SHOP_KEY/tracking/TOKEN")
    return tracking_json(told or one_parcel(), words, page)


def written(language: str) -> str:
    """The example as it is kept."""
    return json.dumps(json.loads(msgspec.json.encode(answer(language))), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for folder in EXAMPLES.iterdir():
        (folder / PLACE).write_text(written(folder.name), "utf-8")
