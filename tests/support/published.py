"""What the demo's merchant would write into a shop at Shopify: for the samples, the theme's tests and ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from plugin.demo.catalogue import products
from plugin.demo.policy import demo_policy
from plugin.documents.published_promises import published_promises
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.domain.published import Audience
from plugin.domain.shop import Merchant, Shop
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.plan_promises import anywhere_entry, country_entry, plan_countries, plan_products
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.units import FakeUnits

SAMPLES = Path(__file__).parents[1] / "payloads" / "shopify" / "metafields"
BASE_URL = "https://aftercare.example.com"
WRITTEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
LARGEST = 128 * 1024
_WITHIN = Fitted(DayRange(1, 3), 40, is_six_day=False)
AUDIENCE = Audience(("en", "de", "ar", "zh-CN", "pt-BR"), ("DE", "FR", "GB", "US"))
"""Languages as Shopify writes them; the first market twice, the second, and everywhere else."""


def demo_shop() -> tuple[Shop, FakeUnits]:
    """The demo's policy and catalogue, as they would be at Shopify, compiled; days of arrival are known for Germany."""
    shop = a_shop("Nordlicht", platform=Platform.SHOPIFY, withdrawal_since=PLACED)
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordlicht", PLACED))
        unit.shops.add(shop)
        unit.policies.add(replace(demo_policy(PLACED), id="demo-1"))
        unit.products.save(shop.id, list(products()))
        unit.lanes.replace([LaneDays(order_lane(shop.id, "DE"), _WITHIN, WRITTEN.date())])
        unit.commit()
    compile_promises(merchant=MERCHANT, units=units, now=WRITTEN)
    return shop, units


def samples() -> dict[str, bytes]:
    """File name -> JSON as it is written, for every place."""
    shop, units = demo_shop()
    word = published_promises(Law(load_rulebook(), HolidayCalendar()), BASE_URL)
    with units.read(MERCHANT) as unit:
        entries = [
            country_entry(promises, language, word, LARGEST)
            for promises in plan_countries(shop, AUDIENCE, unit, WRITTEN)
            for language in AUDIENCE.languages
        ]
        entries += [anywhere_entry(shop, language, word) for language in AUDIENCE.languages]
        entries += plan_products(shop, unit, LARGEST, WRITTEN)
    return {f"{each.place.owner or 'app'}.{each.place.key}.json": each.value for each in entries}


def main() -> None:
    """Write the samples anew: `python -m tests.support.published`."""
    SAMPLES.mkdir(exist_ok=True)
    for path in SAMPLES.glob("*.json"):
        path.unlink()
    for name, value in samples().items():
        (SAMPLES / name).write_bytes(value)


if __name__ == "__main__":
    main()
