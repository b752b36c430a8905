"""An exchange for the variant a shopper chose: at the difference they were told, on the demo's platform."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import disposing, remedying, returning
from plugin.domain.claim.events import RemedyMoved
from plugin.domain.claim.exchange import difference, difference_wanted, with_choice
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import Disposition
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import Payment, RemedyPlan, VariantChoice
from plugin.domain.money import Money
from plugin.domain.order import Platform
from plugin.domain.policy.terms import Offer, Payer, Track
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from plugin.ports.platform_actions import Refusal
from plugin.usecases.claim.open import FormLine
from tests.build import MERCHANT, a_market, a_policy
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop

JACKETS, JACKET = "3002", "9005"
SMALL, LARGE, EXTRA_LARGE = "5041", "5043", "5044"


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, JACKETS))
    desk.deliver(JACKETS)
    market = a_market("DE", frozenset({"DE"}), return_days=30, return_payer=Payer.SHOPPER)
    offers = (Offer(Remedy.REFUND), Offer(Remedy.EXCHANGE))
    rules = tuple(replace(rule, offers=offers) if rule.track is Track.RETURN else rule for rule in market.rules)
    with desk.shop.units(MERCHANT) as unit:
        unit.policies.add(a_policy(markets=(replace(market, rules=rules),), home_country="DE"))
        unit.orders.save([replace(desk.shop.stored(JACKETS), policy_version="v1")])
        unit.commit()
    return desk


def chosen(variant: str, price: int | None, wanted: Remedy = Remedy.EXCHANGE) -> FormLine:
    told = None if price is None else Money(price, "EUR")
    line = asked(JACKET, 1, "size.too_small", wanted)
    return FormLine(
        line.order_line, line.quantity, line.reason, wanted, choice=VariantChoice(variant, "Another size", told)
    )


def exchanged(desk: ClaimDesk, variant: str, price: int | None) -> Claim:
    """Approved by the rules as the shopper asked for it, the goods are back, and the worker has done its part."""
    claim = desk.open(JACKETS, chosen(variant, price))
    assert claim.line(1).plan == plan(claim)
    desk.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    desk.work()
    return desk.now(claim)


def plan(claim: Claim) -> RemedyPlan:
    return with_choice(usual_plan(Remedy.EXCHANGE, claim.line(1).judged), claim.line(1))


def test_a_dearer_variant_is_ordered_and_its_difference_due_at_the_platform(desk: ClaimDesk) -> None:
    claim = exchanged(desk, EXTRA_LARGE, 25900)
    line = claim.line(1)
    assert (line.remedy, line.difference) == (RemedyState.SUCCEEDED, Money(2000, "EUR"))
    assert (status_of(claim), claim.refunds) == (ClaimStatus.RESOLVED, ())
    (deed,) = desk.shop.books.read(desk.shop.shop.id, desk.shop.order(JACKETS).ref).deeds
    assert (deed.kind, deed.detail, deed.beyond) == ("exchange", "1x9005 for 1x5044", 2000)


def test_what_a_variant_costs_less_goes_back_once(desk: ClaimDesk) -> None:
    claim = exchanged(desk, SMALL, 22900)
    (refund,) = claim.refunds
    assert (refund.total, refund.state) == (Money(1000, "EUR"), RefundState.SETTLED)
    assert (claim.line(1).remedy, status_of(claim)) == (RemedyState.SUCCEEDED, ClaimStatus.RESOLVED)
    claim = desk.act(claim, lambda _: ())
    desk.work()
    assert len(desk.now(claim).refunds) == 1
    book = desk.shop.books.read(desk.shop.shop.id, desk.shop.order(JACKETS).ref)
    assert [booked.total.presentment.minor for booked in book.refunds] == [1000]


def test_the_same_price_moves_no_money(desk: ClaimDesk) -> None:
    claim = exchanged(desk, LARGE, 23900)
    assert (claim.line(1).difference, claim.refunds) == (Money(0, "EUR"), ())


def test_another_difference_than_the_shopper_was_told_makes_nothing_and_a_person_decides(desk: ClaimDesk) -> None:
    claim = exchanged(desk, EXTRA_LARGE, 24900)
    line = claim.line(1)
    assert (line.remedy, line.remedy_detail) == (RemedyState.FAILED, Refusal.PRICE_CHANGED)
    assert desk.shop.books.read(desk.shop.shop.id, desk.shop.order(JACKETS).ref).deeds == ()
    assert status_of(claim) is ClaimStatus.IN_PROGRESS, "it stays in the queue"
    again = plan(claim)
    assert (again.variant, again.price) == (EXTRA_LARGE, None), "asked again, the shopper takes the platform's price"
    desk.done.clear()  # each attempt has a job of its own
    claim = desk.act(claim, lambda known: remedying.choose(known, 1, again, AGENT))
    desk.work()
    assert desk.now(claim).line(1).difference == Money(2000, "EUR")


def test_goods_are_on_sale_again_once_their_exchange_is_made_or_another_plan_is_agreed_on(desk: ClaimDesk) -> None:
    claim = exchanged(desk, EXTRA_LARGE, 24900)
    desk.act(claim, lambda known: disposing.dispose(known, 1, Disposition.RESTOCK, AGENT, is_final=True))
    desk.work()
    assert (desk.now(claim).line(1).remedy, desk.now(claim).line(1).restock) == (RemedyState.FAILED, None)
    refund = usual_plan(Remedy.REFUND, claim.line(1).judged)
    desk.act(claim, lambda known: remedying.choose(known, 1, refund, AGENT))
    desk.work()
    assert desk.now(claim).line(1).restock == "restocked"
    deeds = desk.shop.books.read(desk.shop.shop.id, desk.shop.order(JACKETS).ref).deeds
    assert [deed.kind for deed in deeds] == ["restock"]


def test_an_agent_may_send_another_variant_than_was_chosen_and_then_no_price_was_told(desk: ClaimDesk) -> None:
    claim = desk.open(JACKETS, chosen(SMALL, 22900))
    other = RemedyPlan(Remedy.EXCHANGE, needs_goods=True, payment=plan(claim).payment, variant=LARGE)
    assert with_choice(other, claim.line(1)) == other
    refund = usual_plan(Remedy.REFUND, claim.line(1).judged)
    assert with_choice(refund, claim.line(1)) == refund


def test_a_variant_whose_price_nobody_knew_is_left_to_a_person(desk: ClaimDesk) -> None:
    claim = desk.open(JACKETS, chosen(SMALL, None))
    assert (claim.needs_person, difference_wanted(claim.line(1))) == (True, None)
    assert plan(claim).variant == SMALL, "who decides need not look for it"


@given(price=st.integers(0, 10**6), paid=st.integers(0, 10**6), units=st.integers(2, 9), parted=st.integers(1, 8))
def test_the_differences_of_parts_of_a_line_come_to_that_of_the_whole(
    price: int, paid: int, units: int, parted: int
) -> None:
    parted = min(parted, units - 1)
    counted = Money(paid, "EUR").split([units - parted, parted])
    parts = [
        difference(Money(price, "EUR"), quantity, credit)
        for quantity, credit in zip((units - parted, parted), counted, strict=True)
    ]
    whole = difference(Money(price, "EUR"), units, Money(paid, "EUR"))
    assert whole is not None
    assert sum(part.minor for part in parts if part) == whole.minor


def test_a_choice_counts_with_an_exchange_alone(desk: ClaimDesk) -> None:
    assert desk.open(JACKETS, chosen(SMALL, 22900, Remedy.REFUND)).line(1).choice is None


def test_events_from_before_there_were_choices_are_read_as_without_one() -> None:
    moved = RemedyMoved(1, RemedyState.ACCEPTED, RemedyPlan(Remedy.EXCHANGE, needs_goods=True, payment=Payment.NONE))
    before = msgspec.to_builtins(moved)
    del before["difference"], before["plan"]["price"]
    assert msgspec.convert(before, RemedyMoved) == moved
