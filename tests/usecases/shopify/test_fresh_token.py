"""Whoever calls a shop gets a token that works; one at a time renews it, and no crash loses it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.live_access import LiveAccess
from integrations.platforms.shopify.tokens import ShopifyTokens
from plugin.domain.connection_faults import AccessRevoked, NotConnected, ShopUnavailable
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.ports.shopify_identity import AdminCaller, AppKeys
from plugin.usecases.shopify.fresh_token import TokenMeans, fresh_token
from plugin.usecases.shopify.keep_tokens import keep_tokens
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits
from tests.support.shopify_tokens import Answer, TokenEndpoint, refused, serving

DOMAIN = ShopDomain("some-shop.myshopify.com")
SPENT = timedelta(minutes=59, seconds=1)


@pytest.fixture
def shop() -> Shop:
    return a_shop(platform=Platform.SHOPIFY, address=DOMAIN.name)


@dataclass
class Desk:
    """A shop with a grant, Shopify's endpoint, and a clock to move."""

    shop: Shop
    units: FakeUnits
    endpoint: TokenEndpoint
    tokens: ShopifyTokens
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))

    @property
    def means(self) -> TokenMeans:
        return TokenMeans(self.units, self.tokens, self.clock)

    def install(self, grant: Grant | None = None) -> Grant:
        now = self.clock.now()
        granted = grant or self.tokens.exchange(AdminCaller(DOMAIN, "42", "a.session.token"), now)
        self.keep(ShopToken.of(self.shop.id, granted, now))
        return granted

    def keep(self, token: ShopToken) -> None:
        with self.units(MERCHANT) as unit:
            unit.shop_tokens.save(token)
            unit.commit()

    def kept(self) -> ShopToken:
        return self.units.of(MERCHANT).shop_tokens[self.shop.id].token

    def renewals(self) -> int:
        return sum(asked.get("grant_type") == "refresh_token" for asked in self.endpoint.asked)


@pytest.fixture
def desk(shop: Shop, units: FakeUnits) -> Iterator[Desk]:
    with serving(TokenEndpoint("client", "secret")) as endpoint, open_session(allows_private=True) as session:
        line = Line(origin=endpoint.origin, sleep=lambda _: None)
        yield Desk(shop, units, endpoint, ShopifyTokens(AppKeys("client", "secret"), session, line))


def test_a_token_with_a_minute_left_is_used_as_it_is(desk: Desk) -> None:
    grant = desk.install()
    desk.clock.advance(timedelta(minutes=59))
    assert fresh_token(desk.shop, desk.means) == grant
    assert desk.renewals() == 0


def test_a_token_with_less_left_is_renewed_once_and_the_pair_kept(desk: Desk) -> None:
    before = desk.install()
    desk.clock.advance(SPENT)
    after = fresh_token(desk.shop, desk.means)
    assert after.access != before.access
    assert fresh_token(desk.shop, desk.means) == after == desk.kept().grant
    assert desk.renewals() == 1


def test_what_calls_a_shop_is_handed_shop_and_token_together(desk: Desk) -> None:
    grant = desk.install()
    access = LiveAccess(desk.units, desk.means)
    assert access.of(desk.shop) == access.at(DOMAIN.name) == ShopAccess(DOMAIN, grant.access)
    with pytest.raises(NotConnected):
        access.of(replace(desk.shop, address="https://nordkap.example"))
    with pytest.raises(NotConnected):
        access.at("another-shop.myshopify.com")


def test_a_shop_without_grant_is_not_connected(desk: Desk) -> None:
    with pytest.raises(NotConnected):
        fresh_token(desk.shop, desk.means)


def test_who_dies_between_answer_and_record_loses_nothing(desk: Desk) -> None:
    grant = desk.install()
    desk.clock.advance(SPENT)
    with desk.units(MERCHANT) as unit:
        assert unit.shop_tokens.lease(desk.shop.id, desk.clock.now(), desk.clock.now() + timedelta(minutes=2))
        unit.commit()
    desk.tokens.refresh(DOMAIN, grant.refresh or "", desk.clock.now())  # answered, and the process is gone
    desk.clock.advance(timedelta(minutes=3))
    renewed = fresh_token(desk.shop, desk.means)
    assert renewed == desk.kept().grant
    desk.clock.advance(timedelta(hours=1))
    assert fresh_token(desk.shop, desk.means) != renewed


def test_while_one_renews_others_use_what_is_left_and_then_wait(desk: Desk) -> None:
    grant = desk.install()
    desk.clock.advance(SPENT)
    with desk.units(MERCHANT) as unit:
        unit.shop_tokens.lease(desk.shop.id, desk.clock.now(), desk.clock.now() + timedelta(minutes=2))
        unit.commit()
    assert fresh_token(desk.shop, desk.means) == grant
    desk.clock.advance(timedelta(minutes=1))
    with pytest.raises(ShopUnavailable) as raised:
        fresh_token(desk.shop, desk.means)
    assert raised.value.retry_after == 2
    assert desk.renewals() == 0


@dataclass
class Meanwhile:
    """An exchange during which something else happens."""

    tokens: ShopifyTokens
    desk: Desk
    fresh: Grant

    def refresh(self, shop: ShopDomain, refresh: str, now: datetime) -> Grant:
        self.desk.keep(ShopToken.of(self.desk.shop.id, self.fresh, self.desk.clock.now()))
        return self.tokens.refresh(shop, refresh, now)


def test_a_grant_of_a_visit_meanwhile_stands(desk: Desk) -> None:
    desk.install()
    desk.clock.advance(SPENT)
    fresh = desk.tokens.exchange(AdminCaller(DOMAIN, "42", "a.session.token"), desk.clock.now())
    means = replace(desk.means, exchange=Meanwhile(desk.tokens, desk, fresh))  # type: ignore[arg-type]  # renews alone
    assert fresh_token(desk.shop, means) == fresh == desk.kept().grant


def test_after_a_revocation_nobody_asks_until_the_merchant_comes(desk: Desk) -> None:
    desk.install()
    desk.clock.advance(SPENT)
    desk.endpoint.trouble = [refused("invalid_grant")]
    for _ in range(3):
        with pytest.raises(AccessRevoked):
            fresh_token(desk.shop, desk.means)
    assert desk.renewals() == 1
    assert keep_tokens(merchant=MERCHANT, means=desk.means) == {}
    desk.install()
    assert fresh_token(desk.shop, desk.means)


def test_a_shop_that_does_not_answer_is_asked_again_and_keeps_its_grant(desk: Desk) -> None:
    grant = desk.install()
    desk.clock.advance(SPENT)
    desk.endpoint.trouble = [Answer(429, "", {"Retry-After": "90"})]
    with pytest.raises(ShopUnavailable):
        fresh_token(desk.shop, desk.means)
    assert (desk.kept().grant, desk.kept().keep_at) == (grant, desk.clock.now() + timedelta(seconds=90))
    assert fresh_token(desk.shop, desk.means) != grant


def test_a_pair_that_ran_out_is_not_even_tried(desk: Desk) -> None:
    desk.install()
    desk.clock.advance(timedelta(days=91))
    with pytest.raises(AccessRevoked):
        fresh_token(desk.shop, desk.means)
    assert desk.renewals() == 0


def test_a_pair_nobody_uses_is_kept_alive_month_by_month(desk: Desk) -> None:
    desk.install()
    for _ in range(400):
        desk.clock.advance(timedelta(days=1))
        keep_tokens(merchant=MERCHANT, means=desk.means)
    assert desk.renewals() == 13
    assert fresh_token(desk.shop, desk.means)


def test_a_token_of_the_old_kind_is_exchanged_though_it_works(desk: Desk) -> None:
    desk.install(Grant("shpat_for_ever", ("read_orders",)))
    assert fresh_token(desk.shop, desk.means).access == "shpat_for_ever"
    assert keep_tokens(merchant=MERCHANT, means=desk.means) == {"renewed": 1}
    assert desk.kept().grant.refresh
    assert keep_tokens(merchant=MERCHANT, means=desk.means) == {}


def test_what_cannot_be_kept_alive_is_told_by_its_reason(desk: Desk) -> None:
    desk.install()
    desk.clock.advance(timedelta(days=31))
    desk.endpoint.trouble = [refused("invalid_client")]
    assert keep_tokens(merchant=MERCHANT, means=desk.means) == {"shop_app_refused": 1}
    desk.clock.advance(timedelta(minutes=1))
    assert keep_tokens(merchant=MERCHANT, means=desk.means) == {"renewed": 1}
