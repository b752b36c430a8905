"""Whatever people, platforms and clocks do to claims, in whatever order: what must hold holds after every step."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from plugin.domain.claim.commands import refunding, remedying, returning
from plugin.domain.claim.events import Decided, RefundPlanned
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import verify
from plugin.domain.claim.replay import replay
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import PLATFORM, ActorKind, ClaimTrack
from plugin.domain.errors import DomainError
from plugin.domain.policy.decision import Ground
from plugin.domain.refund.captured import captured
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from tests.support.claim_acts import ACTS
from tests.support.claims import (
    Case,
    Shop,
    an_order_of,
    opened_line,
    without_words,
)
from tests.support.sizes import examples

STEPS, CLAIMS = 40, 4


@st.composite
def histories(draw: st.DrawFn) -> Shop:
    """A shop after a sequence of acts; what must hold is judged after each of them."""
    rnd = draw(st.randoms(use_true_random=False))
    shop = Shop(an_order_of(rnd.randint(1, 3), rnd.randint(1, 2)))
    for _ in range(rnd.randint(5, STEPS)):
        _step(rnd, shop)
        hold(shop)
    return shop


def _step(rnd: Random, shop: Shop) -> None:
    kind = rnd.randint(0, 9)
    if not shop.cases or (kind == 0 and len(shop.cases) < CLAIMS):
        _open(rnd, shop)
    elif kind in {1, 2} and shop.intents:
        shop.move(rnd.choice(shop.intents), rnd.choice(list(RefundState)))
    else:
        case = rnd.choice(shop.cases)
        line = rnd.choice(case.claim.lines)
        shop.act(case, rnd.choice(ACTS)(rnd, case.claim, line))


def _open(rnd: Random, shop: Shop) -> None:
    track, at = rnd.choice(list(ClaimTrack)), rnd.randint(0, 1)
    is_withdrawal = track is ClaimTrack.WITHDRAWAL
    ground = Ground.WITHDRAWAL if is_withdrawal else rnd.choice([Ground.LIABILITY, Ground.SHOP_RETURN])
    quantity, remedy = rnd.randint(1, 3), Remedy.REFUND if is_withdrawal else rnd.choice(list(Remedy))
    of = shop.order.lines[at]
    if is_withdrawal and quantity > shop.open_units(of.id):
        return  # the use case works out what is left of it before it is opened
    with suppress(DomainError):
        line = opened_line(shop.order, 1, ground, min(quantity, of.quantity + 1), remedy, at)
        shop.open(line, track=track, proof=rnd.choice(["signed_in", "signed_in", "signed_in", None]))


def hold(shop: Shop) -> None:
    """Everything that must hold after every step."""
    _units_hold(shop)
    _money_holds(shop)
    for case in shop.cases:
        _record_holds(case)
        _law_holds(case)


def _units_hold(shop: Shop) -> None:
    for line in shop.order.lines:
        live = [
            part.quantity
            for case in shop.cases
            if status_of(case.claim) not in {ClaimStatus.CANCELLED, ClaimStatus.EXPIRED, ClaimStatus.CLOSED}
            for part in case.claim.lines
            if part.order_line == line.id and part.decision is not DecisionState.REJECTED and not part.is_final
        ]
        assert sum(live) <= line.quantity
        assert 0 <= shop.open_units(line.id) <= line.quantity
    for case in shop.cases:
        assert all(line.quantity > 0 for line in case.claim.lines)


def _money_holds(shop: Shop) -> None:
    gone = sum(intent.total.presentment.minor for intent in shop.intents if intent.is_pending or _arrived(intent.state))
    assert gone <= captured(shop.order).presentment.minor
    granted = [row.id for case in shop.cases for row in case.claim.refunds]
    assert sorted(granted) == sorted(intent.id for intent in shop.intents)


def _arrived(state: RefundState) -> bool:
    return state is RefundState.SETTLED


def _record_holds(case: Case) -> None:
    assert replay(case.id, case.entries) == case.claim
    verify(case.id, case.entries)
    erased = without_words(case.entries)
    verify(case.id, erased)
    assert replay(case.id, erased) == case.claim


def _law_holds(case: Case) -> None:
    claim = case.claim
    for entry in case.entries:
        if isinstance(entry.event, Decided) and entry.event.to is DecisionState.REJECTED:
            refusal = entry.event.refusal
            assert refusal is not None
            assert refusal.basis.citation
            assert entry.words
            assert claim.track is ClaimTrack.CLAIM
            is_by_law = claim.line(entry.event.line).is_statutory
            assert entry.actor.kind is ActorKind.AGENT or not is_by_law
        if isinstance(entry.event, RefundPlanned):
            assert claim.is_proven
    if claim.withdrawal is not None:
        assert all(line.is_approved for line in claim.lines)
        assert claim.withdrawal is not WithdrawalState.REFUNDED or claim.refunds
    for line in claim.lines:
        if line.is_approved and line.remedy.value == "offered" and line.was_choice_shown:
            for remedy in line.judged.legal_remedies:
                assert remedying.choose(claim, line.no, usual_plan(remedy, line.judged))


@given(histories())
@settings(max_examples=examples(60))
def test_after_any_sequence_units_money_record_and_law_hold(shop: Shop) -> None:
    assert len({intent.id for intent in shop.intents}) == len(shop.intents)


@given(histories())
@settings(max_examples=examples(20))
def test_news_that_is_known_already_changes_nothing(shop: Shop) -> None:
    for case in shop.cases:
        for row in case.claim.refunds:
            assert refunding.follow(case.claim, row.id, row.state, row.detail) == ()
        for line in case.claim.lines:
            if line.leg is not ReturnState.LABEL_ISSUED:
                assert returning.move_return(case.claim, line.no, line.leg, PLATFORM) == ()
