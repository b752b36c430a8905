"""A customer in their account at a Shopify shop: the extension's questions to us, and what Shopify is told of them.

Shopify's Admin API is on loopback and executes on its own schema; everything else is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.actions.adapter import ShopifyActions
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.sync.source import ShopifySource
from plugin.domain.claim.commands import returning
from plugin.domain.clocks.engine import Law
from plugin.domain.connection import Credentials
from plugin.domain.ids import ClaimId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.stored import DeliveryMark
from plugin.domain.times import Moment, Source
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.work import work_on_claim
from plugin.web.deps import provide
from tests.build import a_market, a_policy
from tests.integrations.shopify.making import MakingRig, making
from tests.integrations.shopify.signing import SHOP
from tests.integrations.shopify.test_actions import PAID
from tests.support.admin import install
from tests.support.claims import AGENT
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_live import at_shopify
from tests.web.extensions.conftest import Extensions

AT = f"/account/orders/{PAID}"


@dataclass
class Account:
    """The customer's account, the merchant's installation, and Shopify."""

    extensions: Extensions
    rig: MakingRig

    @property
    def shop(self) -> Shop:
        return self.extensions.shop

    def work(self) -> None:
        """Let the worker do what was enqueued."""
        self.extensions.installation.run_jobs()

    def arrive(self, claim: str, units: int) -> None:
        """The goods are back; the shop's staff say so."""
        at = self.extensions.installation
        at.clock.advance(timedelta(days=1))
        desk = desk_of(at.deps, self.shop.merchant)
        work_on_claim(
            ClaimId(claim), lambda known: returning.receive(known, 1, units, AGENT), desk=desk, now=at.clock.now()
        )
        self.work()

    def refunded(self) -> list[str]:
        """What Shopify paid back since."""
        return [each["totalRefundedSet"]["presentmentMoney"]["amount"] for each in self.rig.record["refunds"]]


@pytest.fixture
def account(database_url: str, tmp_path: Path) -> Iterator[Account]:
    running = install(database_url, tmp_path, Law(load_rulebook(), HolidayCalendar()))
    live = at_shopify(running)
    shop = live.take_in()
    live.rest(shop)
    with making() as rig:
        source = _source(rig)
        actions = ShopifyActions(lambda: source.client(SHOP.name, Credentials(TOKEN, "")))
        running.deps = replace(running.deps, sources={Platform.SHOPIFY: source}, actions=lambda _: actions)
        provide(running.app, running.deps)
        now = running.clock.now()
        with running.deps.units(shop.merchant) as unit:
            unit.policies.add(a_policy(markets=(a_market("DE", frozenset({"DE"})),), home_country="DE"))
            unit.shops.switch_withdrawal(shop.id, now)
            unit.commit()
        mark = DeliveryMark(Moment(now - timedelta(days=3), Source.CARRIER), now, None)
        (order,) = running.keep(rig.paid, at=shop.merchant, shop=shop.id, policy_version="v1", marks=(mark,))
        yield Account(Extensions(running, running.app.test_client(), replace(shop, withdrawal_since=now), order), rig)
    running.storage.close()


def test_a_withdrawal_declared_in_the_account_is_paid_back_by_shopify_once_the_goods_are_back(
    account: Account,
) -> None:
    ask = account.extensions
    ask_as_ada = ask.token("8")
    form = ask.get(f"{AT}/withdrawal", ask_as_ada, lang="en").get_json()
    wish = {name: form[name]["value"] for name in ("name", "reference", "reply_to")}
    wish |= {"units": [{"line": each["line"], "quantity": each["quantity"]} for each in form["units"]]}
    check = ask.post(f"{AT}/withdrawal/check", wish, ask_as_ada, lang="en").get_json()
    receipt = ask.post(f"{AT}/withdrawal", {**wish, "form": check["form"]}, ask_as_ada, lang="en")
    assert receipt.status_code == 201, receipt.text
    before = account.refunded()
    account.work()
    order = ask.get(AT, ask_as_ada, lang="en").get_json()
    (claim,) = order["claims"]
    assert account.refunded() == before, "money waits for the goods"
    account.arrive(claim["id"], 4)
    assert account.refunded() == [*before, "53.55"], "delivery included (Directive 2011/83/EU art. 13(1))"
    told = ask.get(f"/account/claims/{claim['id']}", ask.token("8"), lang="en").get_json()
    assert "€53.55" in [row["text"] for money in told["money"] for row in money["rows"]]
    assert "You declared your withdrawal." in [each["title"] for each in told["happened"]]


def _source(rig: MakingRig) -> ShopifySource:
    """The shop's, by the token of its installation, wherever it is read from."""
    line = Line(rig.shop.server.origin, lambda _: None, lambda: 0.0)
    known = ShopAccess(SHOP, TOKEN)
    sessions = partial(open_session, allows_private=True, timeouts=(2, 20))
    return ShopifySource(sessions, access_of=lambda *_: known, line=line)
