"""The merchant's own record as every adapter of the ports keeps it."""

from datetime import timedelta

import pytest

from plugin.domain.errors import Conflict, NotAllowed, NotFound
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, PLACED, a_market, a_policy, a_shop
from tests.storage.conftest import Ports

OTHER = MerchantId("merchant2")


def test_a_shop_is_found_by_id_name_and_public_key(ports: Ports) -> None:
    with ports.units.read(MERCHANT) as unit:
        assert unit.shops.get(a_shop().id) == a_shop()
        assert unit.shops.by_name("Nordkap") == a_shop()
        assert unit.shops.by_name("Nordcap") is None
    assert ports.directory.shop_by_key(a_shop().key) == a_shop()
    assert ports.directory.shop_by_key("guessed") is None


def test_shops_are_listed_by_name(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.shops.add(a_shop("Alpkap", platform=Platform.SHOPIFY, is_demo=True))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert [shop.name for shop in unit.shops.all()] == ["Alpkap", "Nordkap"]


def test_two_shops_of_one_name_are_a_conflict(units: Units) -> None:
    with units(MERCHANT) as unit, pytest.raises(Conflict):
        unit.shops.add(a_shop(id="another", key="another"))


def test_a_proven_shop_is_found_by_its_address_on_its_platform(ports: Ports) -> None:
    proven = a_shop("Alpkap", address="https://alpkap.example")
    with ports.units(MERCHANT) as unit:
        unit.shops.add(proven)
        unit.commit()
    assert ports.directory.shop_by_address(Platform.WOOCOMMERCE, "https://alpkap.example") == proven
    assert ports.directory.shop_by_address(Platform.SHOPIFY, "https://alpkap.example") is None
    assert ports.directory.shop_by_address(Platform.WOOCOMMERCE, "https://nordkap.example") is None


def test_an_address_is_one_shop_whoever_asks_and_shops_without_one_are_many(ports: Ports) -> None:
    with ports.units(MERCHANT) as unit:
        unit.shops.add(a_shop("Alpkap", address="https://alpkap.example"))
        unit.shops.add(a_shop("From a file"))
        unit.commit()
    with ports.units(OTHER) as unit:
        unit.shops.add_merchant(Merchant(OTHER, "Südkap SARL", NOW))
        with pytest.raises(Conflict):
            unit.shops.add(a_shop("Südkap", merchant=OTHER, address="https://alpkap.example"))


def test_an_unknown_shop_is_not_found(units: Units) -> None:
    with units.read(MERCHANT) as unit, pytest.raises(NotFound):
        unit.shops.get(ShopId("unknown"))


def test_every_tenant_is_in_the_directory(ports: Ports) -> None:
    with ports.units(OTHER) as unit:
        unit.shops.add_merchant(Merchant(OTHER, "Südkap SARL", NOW))
        unit.commit()
    assert [merchant.name for merchant in ports.directory.merchants()] == ["Nordkap GmbH", "Südkap SARL"]


def test_a_unit_records_no_other_tenant_than_its_own(units: Units) -> None:
    with units(OTHER) as unit, pytest.raises((NotAllowed, Conflict)):
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))


def test_the_policy_in_force_is_the_newest_effective_then(units: Units) -> None:
    first = a_policy("v1", markets=(a_market("EU", countries=frozenset({"DE", "FR"})),))
    second = a_policy("v2", effective_from=NOW)
    with units(MERCHANT) as unit:
        for version in (second, first):
            unit.policies.add(version)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.policies.in_force(first.effective_from - timedelta(microseconds=1)) is None
        assert unit.policies.in_force(NOW - timedelta(microseconds=1)) == first
        assert unit.policies.in_force(NOW) == second
        assert unit.policies.get("v1") == first
        assert unit.policies.all() == [first, second]
        with pytest.raises(NotFound):
            unit.policies.get("v3")


def test_a_policy_version_cannot_be_rewritten(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        with pytest.raises(Conflict):
            unit.policies.add(a_policy())
