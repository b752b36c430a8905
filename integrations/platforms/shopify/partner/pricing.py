"""A shop's plan under Shopify App Pricing, by the Partner API (`plugin.ports.subscriptions.Subscriptions`).

Plans are made in the Partner Dashboard and chosen on Shopify's own page; money never passes here. Development stores
choose them for nothing, and the API does not tell their subscriptions apart: they count like any other.

Source: shopify.dev, "Shopify App Pricing", "Active subscription" (Partner API 2026-07).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import msgspec
import structlog
from requests import RequestException, Session
from urllib3.exceptions import HTTPError

from integrations.platforms.shopify.partner import ACTIVE_SUBSCRIPTION, API_VERSION
from plugin.domain.connection_faults import ShopFault
from plugin.domain.decoding import decoder
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.subscription import UNMETERED, Feature, PlanState, Subscription
from plugin.ports.clock import Clock
from plugin.ports.partner_app import PartnerApp

_ORIGIN: Final = "https://partners.shopify.com"
_MOST: Final = 256 * 1024
_ANSWER_HOLDS: Final = timedelta(minutes=10)
"""The API takes four questions a second, and a plan is seldom changed."""
_SILENCE_HOLDS: Final = timedelta(minutes=2)
"""Nobody waits for a page again and again because Shopify does not answer."""
_UNKNOWN: Final = Subscription(PlanState.UNKNOWN)
_NONE: Final = Subscription(PlanState.NONE)
_log = structlog.get_logger("aftercare.shopify")


class _Item(msgspec.Struct, rename="camel"):
    handle: str | None = None
    description: str | None = None


class _Active(msgspec.Struct, rename="camel"):
    items: list[_Item]
    cancel_at_end_of_cycle: bool = False
    trial_ends_at: datetime | None = None


class _Data(msgspec.Struct, rename="camel"):
    active_subscription: _Active | None


class _Answer(msgspec.Struct):
    data: _Data | None = None
    errors: msgspec.Raw | None = None


_decoder = decoder(_Answer)


@dataclass(slots=True)
class AppPricing:
    """Asks the Partner API; `shop_id` says what it calls a shop (`gid://shopify/Shop/1`), and raises `ShopFault`."""

    app: PartnerApp
    session: Session
    shop_id: Callable[[Shop], str]
    clock: Clock
    origin: str = _ORIGIN
    _known: dict[str, tuple[datetime, Subscription]] = field(default_factory=dict)

    @property
    def paid(self) -> frozenset[Feature]:
        """As the operator has set it."""
        return self.app.paid

    def of(self, shop: Shop) -> Subscription:
        """As it was last told, where Shopify does not answer; open to everything where it never did."""
        if shop.platform is not Platform.SHOPIFY or shop.is_demo:
            return UNMETERED
        now, (until, known) = self.clock.now(), self._known.get(shop.id, (None, _UNKNOWN))
        if until is not None and now < until:
            return known
        found = self._asked(shop)
        self._known[shop.id] = (now + (_SILENCE_HOLDS if found is None else _ANSWER_HOLDS), found or known)
        return found or known

    def page(self, shop: Shop) -> str | None:
        """Shopify's page of plans, in its admin."""
        domain = ShopDomain.parse(shop.address or "") if shop.platform is Platform.SHOPIFY else None
        if domain is None:
            return None
        store = domain.name.removesuffix(".myshopify.com")
        return f"https://admin.shopify.com/store/{store}/charges/{quote(self.app.handle)}/pricing_plans"

    def _asked(self, shop: Shop) -> Subscription | None:
        try:
            answer = self._sent(self.shop_id(shop))
        except ShopFault as fault:
            _log.warning("no_plan_told", shop=shop.id, fault=fault.code)
            return None
        except (RequestException, HTTPError, msgspec.DecodeError, UnicodeError, RecursionError) as error:
            _log.warning("no_plan_told", shop=shop.id, fault=type(error).__name__)  # its text may quote the token
            return None
        return answer

    def _sent(self, shop_id: str) -> Subscription | None:
        url = f"{self.origin}/{self.app.organisation}/api/{API_VERSION}/graphql.json"
        asked = {"appId": f"gid://shopify/App/{self.app.app}", "shopId": shop_id}
        body = msgspec.json.encode({"query": ACTIVE_SUBSCRIPTION, "variables": asked})
        headers = {"Content-Type": "application/json", "X-Shopify-Access-Token": self.app.token}
        with self.session.post(url, data=body, headers=headers, allow_redirects=False, stream=True) as answer:
            if answer.status_code != HTTPStatus.OK:
                _log.warning("no_plan_told", fault=f"HTTP {answer.status_code}")
                return None
            said = _decoder.decode(answer.raw.read(_MOST, decode_content=True))
        if said.errors is not None or said.data is None:
            _log.warning("no_plan_told", fault="errors")
            return None
        return _subscription(said.data.active_subscription)


def _subscription(active: _Active | None) -> Subscription:
    if active is None:
        return _NONE
    named = (item.description or item.handle for item in active.items)
    plan = next((name for name in named if name), None)
    return Subscription(PlanState.ACTIVE, plan, active.trial_ends_at, active.cancel_at_end_of_cycle)
