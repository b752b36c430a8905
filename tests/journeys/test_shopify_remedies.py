"""Claims at a Shopify shop that end in other goods or credit: its Admin API on loopback, everything else real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import deciding, returning
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ClaimTrack, RemedyPlan, VariantChoice
from plugin.domain.clocks.engine import Law
from plugin.domain.connection import Credentials
from plugin.domain.ids import ClaimDraftId, OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.origin import MadeAs, Origin
from plugin.domain.policy.terms import Offer, Track
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.domain.stored import DeliveryMark, StoredOrder
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unavailable
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk, desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.claim.work import work_on_claim
from plugin.web.deps import provide
from tests.build import a_market, a_policy
from tests.integrations.shopify.making import CUSTOMER, OTHER, MakingRig, making
from tests.integrations.shopify.samples import Json, an_order, money
from tests.integrations.shopify.signing import SHOP as DOMAIN
from tests.integrations.shopify.test_actions import PAID
from tests.support.admin import install
from tests.support.claims import AGENT
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_live import ShopifyLive, at_shopify

OFFERED = (Remedy.REFUND, Remedy.EXCHANGE, Remedy.STORE_CREDIT)


@dataclass
class Trade:
    """A merchant's installation, their shop at Shopify, and what is said between them."""

    live: ShopifyLive
    rig: MakingRig
    shop: Shop

    @property
    def desk(self) -> Desk:
        return desk_of(self.live.installation.deps, self.shop.merchant)

    def stored(self, external_id: str = PAID) -> StoredOrder:
        ref = OrderRef(Platform.SHOPIFY, external_id)
        with self.live.installation.deps.units.read(self.shop.merchant) as unit:
            return unit.orders.by_ref(self.shop.id, [ref])[ref]

    def keep(self, order: Order) -> None:
        """The order on record, arrived three days ago."""
        at = self.live.installation.deps
        now = at.clock.now()
        mark = DeliveryMark(Moment(now - timedelta(days=3), Source.CARRIER), now, None)
        stored = StoredOrder(OrderId(at.ids.new()), self.shop.id, order, "v1", marks=(mark,))
        with at.units(self.shop.merchant) as unit:
            unit.policies.add(_policy())
            unit.orders.save([stored])
            unit.commit()

    def open(self, wanted: Remedy, reason: str, choice: VariantChoice | None = None) -> Claim:
        stored = self.stored()
        line = FormLine(stored.order.lines[0].id, 1, reason, wanted, was_choice_shown=True, choice=choice)
        form = ClaimForm(ClaimDraftId("draft1"), stored.id, (line,), "en", ClaimTrack.CLAIM, "signed_in")
        claim = open_from_form(form, desk=self.desk, now=self.live.installation.clock.now())
        self.work()
        return self.now(claim)

    def act(self, claim: Claim, command: Callable[[Claim], tuple[Draft, ...]]) -> Claim:
        self.live.installation.clock.advance(timedelta(minutes=1))
        now = self.live.installation.clock.now()
        acted = work_on_claim(claim.id, command, desk=self.desk, now=now)
        self.work()
        return self.now(acted)

    def now(self, claim: Claim) -> Claim:
        with self.live.installation.deps.units.read(self.shop.merchant) as unit:
            return read_claim(claim.id, unit)

    def work(self) -> None:
        """Let the worker do what was enqueued; a job whose outcome nobody knows is given again, as the queue does."""
        jobs = self.live.installation.jobs
        while jobs.waiting:
            first = jobs.waiting[0]
            try:
                self.live.installation.run_jobs()
            except Unavailable:
                jobs.waiting.insert(0, first)

    def hear(self, topic: str, payload: object) -> None:
        assert self.live.deliver(topic, payload).status_code == 200
        self.live.drain()
        self.work()


@pytest.fixture
def trade(database_url: str, tmp_path: Path) -> Iterator[Trade]:
    running = install(database_url, tmp_path, Law(load_rulebook(), HolidayCalendar()))
    live = at_shopify(running)
    shop = live.take_in()
    live.rest(shop)
    with making() as rig:
        source = _source(rig)

        def actions(shop: Shop) -> ShopifyActions:
            assert shop.platform is Platform.SHOPIFY
            return ShopifyActions(lambda: source.client(DOMAIN.name, Credentials(TOKEN, "")))

        running.deps = replace(running.deps, sources={Platform.SHOPIFY: source}, actions=actions)
        provide(running.app, running.deps)
        trade = Trade(live, rig, shop)
        trade.keep(rig.paid)
        yield trade
    running.storage.close()


def test_an_exchange_is_made_once_and_is_part_of_the_order_when_shopify_tells(trade: Trade) -> None:
    choice = VariantChoice("61", "58", Money(1990, "EUR"))
    claim = trade.open(Remedy.EXCHANGE, "size.too_small", choice)
    trade.rig.lose_answers(2)
    claim = trade.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    line = claim.line(1)
    assert (line.remedy, line.difference, line.remedy_detail) == (RemedyState.SUCCEEDED, Money(800, "EUR"), "#1-R1")
    (made,) = trade.rig.record["returns"]
    trade.hear("returns/update", {"admin_graphql_api_id": made["id"]})
    order = trade.stored().order
    assert [each.status for each in order.returns] == ["open"]
    assert [each.variant_id for each in order.lines] == ["6", "61"]
    assert trade.now(claim).refunds == ()


def test_what_an_exchange_costs_less_goes_back_by_the_payment_it_came_by_and_once(trade: Trade) -> None:
    trade.rig.shop.made.exchanges.variants[OTHER]["price"] = "9.90"
    claim = trade.open(Remedy.EXCHANGE, "size.too_small", VariantChoice("61", "58", Money(990, "EUR")))
    claim = trade.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    assert claim.line(1).difference == Money(-200, "EUR")
    (refund,) = trade.rig.record["refunds"]
    (sent,) = (each.variables["input"] for each in trade.rig.shop.server.asked if each.operation == "RefundCreate")
    assert (sent["transactions"][0]["amount"], sent.get("refundLineItems")) == ("2.00", None), "the units are exchanged"
    trade.hear("orders/edited", {"order_edit": {"order_id": int(PAID)}})
    (row,) = trade.now(claim).refunds
    assert (row.state, refund["totalRefundedSet"]["shopMoney"]["amount"]) == (RefundState.SETTLED, "2.0")


def test_a_replacement_is_sent_once_and_known_as_ours_when_shopify_tells(trade: Trade) -> None:
    claim = trade.open(Remedy.REPLACEMENT, "logistics.lost")
    trade.rig.lose_answers(2)
    if not claim.line(1).is_approved:
        claim = trade.act(claim, lambda known: deciding.approve(known, 1, 1, _plan(known, Remedy.REPLACEMENT), AGENT))
    assert claim.line(1).remedy is RemedyState.SUCCEEDED
    (draft,) = trade.rig.shop.made.drafts.made.values()
    made = draft["order"]
    assert claim.line(1).remedy_detail == made["name"].removeprefix("#")
    trade.hear("orders/create", _webhook_of(made))
    order = trade.stored(made["id"].rpartition("/")[2]).order
    assert order.origin == Origin(PAID, MadeAs.REPLACEMENT, claim.id)
    assert order.is_free_replacement


def test_credit_for_goods_is_given_once_and_the_refund_shopify_tells_of_is_no_second_one(trade: Trade) -> None:
    claim = trade.open(Remedy.STORE_CREDIT, "size.too_small")
    trade.rig.lose_answers(1)
    claim = trade.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    assert claim.line(1).remedy is RemedyState.SUCCEEDED
    assert trade.rig.shop.made.credits.accounts[CUSTOMER]["EUR"]["balance"]["amount"] == "11.9"
    trade.hear("orders/edited", {"order_edit": {"order_id": int(PAID)}})
    (refund,) = trade.rig.record["refunds"]
    assert refund["transactions"][0]["gateway"] == "shopify_store_credit"
    assert trade.now(claim).refunds == ()


def _source(rig: MakingRig) -> ShopifySource:
    """The shop's, by the token of its installation, wherever it is read from."""
    line = Line(rig.shop.server.origin, lambda _: None, lambda: 0.0)
    known = ShopAccess(DOMAIN, TOKEN)
    sessions = partial(open_session, allows_private=True, timeouts=(2, 20))
    return ShopifySource(sessions, access_of=lambda *_: known, line=line)


def _plan(claim: Claim, remedy: Remedy) -> RemedyPlan:
    return usual_plan(remedy, claim.line(1).judged, goods_exist=False)


def _policy() -> PolicyVersion:
    market = a_market("DE", frozenset({"DE"}), return_days=60)
    offers = tuple(Offer(each) for each in OFFERED)
    rules = tuple(replace(rule, offers=offers) if rule.track is Track.RETURN else rule for rule in market.rules)
    return a_policy(markets=(replace(market, rules=rules),), home_country="DE")


def _webhook_of(made: dict[str, object]) -> Json:
    """An order as its webhook shows it: free of charge, with the tags and details of this one."""
    gid = str(made["id"])
    details = [{"name": each["key"], "value": each["value"]} for each in made["customAttributes"]]  # type: ignore[attr-defined]  # a list of records
    body = an_order(id=int(gid.rpartition("/")[2]), admin_graphql_api_id=gid, name=made["name"])
    body |= {"tags": ", ".join(made["tags"]), "note_attributes": details}  # type: ignore[arg-type]  # a list of words
    return {**body, "total_price_set": money("0.00"), "financial_status": "paid"}
