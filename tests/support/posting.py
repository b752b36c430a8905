"""A merchant's shop at Shopify whose promises are written over HTTP into the stand-in for Shopify."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from integrations.guarded_http import open_session
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.metafields import ShopifyBoards
from plugin.documents.published_promises import published_promises
from plugin.domain.clocks.engine import Law
from plugin.domain.connection import Connection
from plugin.domain.connection_faults import NotConnected
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.domain.posting import Posting
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.publish_promises import publish_promises, queue_due_postings
from plugin.usecases.shopify.take_in_shop import BY_TOKEN
from plugin.usecases.write_promises import PostingMeans
from tests.build import MERCHANT
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits
from tests.support.published import BASE_URL, WRITTEN, demo_shop
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

DOMAIN = ShopDomain("nordkap.myshopify.com")
LAW = Law(load_rulebook(), HolidayCalendar())


class Killed(BaseException):
    """The process is no more."""


@dataclass
class PostingRig:
    """The merchant's side, and Shopify's."""

    shop: Shop
    units: FakeUnits
    clock: FakeClock
    admin: AdminShop
    slept: list[float] = field(default_factory=list)
    steps: int | None = None
    """How many more steps the process lives: calls to Shopify, and looks at the clock before their outcome is kept."""

    @property
    def means(self) -> PostingMeans:
        line = Line(self.admin.server.origin, self._sleep, lambda: 0.0)
        session = lambda: open_session(allows_private=True, timeouts=(2, 20))  # noqa: E731 - as the adapter wants it
        boards = {Platform.SHOPIFY: ShopifyBoards(session, self.access, line)}
        return PostingMeans(boards, published_promises(LAW, BASE_URL), self.units, _Mortal(self))

    def step(self) -> None:
        """Live on, or die."""
        if self.steps is not None:
            self.steps -= 1
            if self.steps < 0:
                raise Killed

    def access(self, shop: Shop) -> ShopAccess:
        self.step()
        with self.units.read(MERCHANT) as unit:
            token = unit.shop_tokens.get(shop.id)
        if token is None:
            raise NotConnected
        return ShopAccess(DOMAIN, token.grant.access)

    def run(self) -> str:
        """One run of the job."""
        return publish_promises(self.shop.id, merchant=MERCHANT, means=self.means)

    def due(self) -> int:
        """How many shops the clock would queue now."""
        return queue_due_postings(
            merchant=MERCHANT, platforms={Platform.SHOPIFY}, units=self.units, now=self.clock.now()
        )

    def compile(self) -> None:
        compile_promises(merchant=MERCHANT, units=self.units, now=self.clock.now())

    def posting(self) -> Posting | None:
        with self.units.read(MERCHANT) as unit:
            return unit.postings.get(self.shop.id)

    def later(self, minutes: float) -> None:
        self.clock.at += timedelta(minutes=minutes)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.admin.server.points.fill(seconds)


@dataclass
class _Mortal:
    """The clock, at which a process may die."""

    rig: PostingRig

    def now(self) -> datetime:
        self.rig.step()
        return self.rig.clock.now()


@contextmanager
def posting_rig() -> Iterator[PostingRig]:
    """The demo's policy and catalogue, connected and compiled; nothing is written yet."""
    shop, units = demo_shop()
    shop = replace(shop, address=DOMAIN.name)
    grant = Grant(TOKEN, ("write_products",))
    with units(MERCHANT) as unit:
        unit.connections.save(Connection(shop.id, BY_TOKEN, WRITTEN))
        unit.shop_tokens.save(ShopToken.of(shop.id, grant, WRITTEN))
        unit.commit()
    with shop_on_line(AdminShop()) as admin:
        yield PostingRig(shop, units, FakeClock(WRITTEN), admin)
