"""Tokens that nobody used are renewed by the clock, whatever is wrong with somebody else's."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.jobs.schedule import periodic
from tests.build import NOW, a_shop
from tests.fakes.deps import fake_deps
from tests.fakes.units import FakeUnits
from tests.support.claim_desk import LAW

FIRST, SECOND = MerchantId("first"), MerchantId("second")
GRANTED = NOW - timedelta(days=40)


def pair(name: str) -> Grant:
    return Grant("shpat", (), NOW + timedelta(hours=1), name, NOW + timedelta(days=50))


class BrokenFor:
    """Renews every shop's pair but one's, which meets a fault of our own."""

    def __init__(self, name: str) -> None:
        self.broken = name

    def refresh(self, shop: ShopDomain, refresh: str, now: datetime) -> Grant:
        del refresh, now
        if shop.name.startswith(self.broken):
            raise ValueError("does not open")
        return pair("renewed")


@pytest.fixture
def units() -> FakeUnits:
    """Give a merchant with two shops and one with a third, whose tokens are all due, in this order."""
    units = FakeUnits()
    for merchant, names in ((FIRST, ("one", "two")), (SECOND, ("three",))):
        with units(merchant) as unit:
            unit.shops.add_merchant(Merchant(merchant, merchant, NOW))
            for days, name in enumerate(names):
                shop = a_shop(name, merchant=merchant, platform=Platform.SHOPIFY, address=f"{name}.myshopify.com")
                unit.shops.add(shop)
                unit.shop_tokens.save(ShopToken.of(shop.id, pair(name), GRANTED + timedelta(days=days)))
            unit.commit()
    return units


def renewed(units: FakeUnits) -> set[ShopId]:
    kept = [row.token for rows in units.tables.values() for row in rows.shop_tokens.values()]
    return {token.shop for token in kept if token.grant.refresh == "renewed"}


@pytest.mark.parametrize(("broken", "others"), [("one", ("two", "three")), ("three", ("one", "two"))])
def test_a_token_that_is_broken_keeps_nobody_elses_from_being_renewed(
    units: FakeUnits, broken: str, others: tuple[str, ...]
) -> None:
    deps = fake_deps(units, LAW, shopify=SimpleNamespace(tokens=BrokenFor(broken)))
    with pytest.raises(ValueError, match="does not open"):
        periodic(deps)["keep_tokens"].run(NOW)
    assert renewed(units) == {a_shop(name).id for name in others}
