from datetime import timedelta

import pytest

from plugin.domain.effects import CompilePromises, RebuildEntitlements
from plugin.domain.errors import Invalid
from plugin.domain.order import Platform
from plugin.domain.policy.document import InvalidPolicy
from plugin.usecases.create_merchant import create_merchant
from plugin.usecases.create_shop import ShopNameTaken, create_shop
from plugin.usecases.publish_policy import PolicyInThePast, publish_policy
from tests.build import MERCHANT, NOW, PLACED, a_market, a_policy
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


def test_the_first_policy_may_cover_the_past_and_reaches_orders_on_record(units: FakeUnits, ids: FakeIds) -> None:
    draft = a_policy("draft", effective_from=PLACED)
    version = publish_policy(draft, merchant=MERCHANT, units=units, ids=ids, now=NOW)
    assert version.id != "draft"
    assert units.of(MERCHANT).policies == {version.id: version}
    assert units.effects(MERCHANT) == [RebuildEntitlements(MERCHANT), CompilePromises(MERCHANT)]


def test_a_later_policy_cannot_change_what_was_promised_before(units: FakeUnits, ids: FakeIds) -> None:
    publish_policy(a_policy(effective_from=PLACED), merchant=MERCHANT, units=units, ids=ids, now=NOW)
    past = a_policy(effective_from=NOW - timedelta(seconds=1))
    with pytest.raises(PolicyInThePast):
        publish_policy(past, merchant=MERCHANT, units=units, ids=ids, now=NOW)
    publish_policy(a_policy(effective_from=NOW), merchant=MERCHANT, units=units, ids=ids, now=NOW)


def test_two_markets_cannot_name_the_same_country(units: FakeUnits, ids: FakeIds) -> None:
    markets = (a_market("a", countries=frozenset({"DE"})), a_market("b", countries=frozenset({"AT", "DE"})))
    with pytest.raises(InvalidPolicy) as refused:
        publish_policy(a_policy(markets=markets), merchant=MERCHANT, units=units, ids=ids, now=NOW)
    assert refused.value.facts["markets.0.countries"] == "country_in_two_markets"


@pytest.mark.parametrize("terms", [{"return_days": -1}, {"exchange_days": 4000}, {"warranty_months": 4000}])
def test_a_term_beyond_reason_is_refused(units: FakeUnits, ids: FakeIds, terms: dict[str, int]) -> None:
    with pytest.raises(InvalidPolicy):
        publish_policy(a_policy(default=a_market(**terms)), merchant=MERCHANT, units=units, ids=ids, now=NOW)
