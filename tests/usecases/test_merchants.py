import pytest

from plugin.domain.errors import Invalid
from plugin.domain.order import Platform
from plugin.usecases.create_merchant import create_merchant
from plugin.usecases.create_shop import ShopNameTaken, create_shop
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

WOO = Platform.WOOCOMMERCE


def test_a_new_merchant_sees_nothing_of_another(units: FakeUnits, ids: FakeIds) -> None:
    merchant = create_merchant(" Fjell & Sjø ", units=units, ids=ids, now=NOW)
    assert merchant.name == "Fjell & Sjø"
    with units.read(merchant.id) as unit:
        assert unit.shops.all() == []
    assert [known.name for known in units.merchants()] == ["Nordkap GmbH", "Fjell & Sjø"]


def test_a_shop_has_a_key_of_its_own_and_a_name_only_once(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> None:
    shop = create_shop("Outdoor", WOO, merchant=MERCHANT, units=units, ids=ids, secrets=secrets, now=NOW)
    assert units.shop_by_key(shop.key) == shop
    with pytest.raises(ShopNameTaken):
        create_shop(" Outdoor", WOO, merchant=MERCHANT, units=units, ids=ids, secrets=secrets, now=NOW)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x00b", "two\nlines"])
def test_a_name_that_cannot_be_shown_is_refused(units: FakeUnits, ids: FakeIds, name: str) -> None:
    with pytest.raises(Invalid):
        create_merchant(name, units=units, ids=ids, now=NOW)
