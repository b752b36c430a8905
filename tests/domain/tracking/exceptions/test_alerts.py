"""One alert for each occurrence, which ends by itself, and what can be chosen about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.tracking.exceptions.alert import Alert, ChoiceMade, reconcile
from plugin.domain.tracking.exceptions.choice import Choice, Situation, Voucher, choices
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Shipment
from tests.domain.tracking.exceptions.parcels import DAY, a_shipment, expecting, found
from tests.domain.tracking.exceptions.test_rules import reports
from tests.domain.tracking.reports import S, at, scan

K, C = AlertKind, Choice
PICKED_UP = scan(S.IN_TRANSIT, 10)
ATTEMPT = scan(S.FAILED_ATTEMPT, 30)


def after(known: Sequence[Alert], shipment: Shipment, days: float) -> list[Alert]:
    """Return all alerts after the rules ran so many days after it was sent."""
    told = reconcile(known, found(shipment, days), shipment, at(days * DAY))
    changed = {each.id: each for each in told.changed}
    return [*(changed.get(each.id, each) for each in known), *told.new]


def one(shipment: Shipment, days: float) -> Alert:
    (alert,) = after((), shipment, days)
    return replace(alert, offered=(C.WAIT, C.CANCEL))


@given(told=reports, days=st.floats(0, 40))
def test_running_the_rules_again_raises_and_changes_nothing(told: list[Report], days: float) -> None:
    shipment = a_shipment(*told, expected=expecting(8))
    once = after((), shipment, days)
    assert after(once, shipment, days) == once


@given(told=reports, looks=st.lists(st.floats(0, 40), min_size=1, max_size=8), data=st.data())
def test_however_it_is_heard_and_however_often_rules_run_no_occurrence_has_two_alerts(
    told: list[Report], looks: list[float], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(told))
    alerts: list[Alert] = []
    for index, days in enumerate(sorted(looks)):
        heard = order[: (index + 1) * len(order) // len(looks)]
        shipment = a_shipment(*heard, expected=expecting(8))
        alerts = after(alerts, shipment, days)
    assert len({each.id for each in alerts}) == len(alerts)
    running = [each.kind for each in alerts if each.is_running]
    assert len(set(running)) == len(running)


def test_an_alert_ends_by_itself_when_the_parcel_moved_on() -> None:
    alerts = after((), a_shipment(PICKED_UP, ATTEMPT), 1.5)
    (ended,) = after(alerts, a_shipment(PICKED_UP, ATTEMPT, scan(S.OUT_FOR_DELIVERY, 47)), 2)
    assert (ended.kind, ended.ended_at, ended.needs_attention) == (K.FAILED_ATTEMPT, at(47), False)


def test_the_next_attempt_is_told_of_even_when_both_are_heard_of_at_once() -> None:
    alerts = after((), a_shipment(PICKED_UP, ATTEMPT), 1.5)
    later = (scan(S.OUT_FOR_DELIVERY, 47), scan(S.FAILED_ATTEMPT, 55))
    both = after(alerts, a_shipment(PICKED_UP, ATTEMPT, *later), 3)
    assert [(each.since, each.ended_at) for each in both] == [(at(30), at(47)), (at(55), None)]


def test_an_attempt_heard_of_late_joins_the_one_that_was_told() -> None:
    alerts = after((), a_shipment(PICKED_UP, scan(S.FAILED_ATTEMPT, 55)), 3)
    assert after(alerts, a_shipment(PICKED_UP, ATTEMPT, scan(S.FAILED_ATTEMPT, 55)), 3.1) == alerts


def test_a_silence_that_was_shorter_than_thought_is_the_same_one_when_it_has_lasted() -> None:
    alerts = after((), a_shipment(PICKED_UP), 8)
    heard = a_shipment(PICKED_UP, scan(S.IN_TRANSIT, 3 * DAY))
    over = after(alerts, heard, 8.5)
    assert [each.is_running for each in over] == [False]
    (again,) = after(over, heard, 10.5)
    assert (again.is_running, again.id) == (True, alerts[0].id)


@pytest.mark.parametrize("is_heard_at_once", [True, False])
def test_the_next_silence_is_told_of_for_itself(*, is_heard_at_once: bool) -> None:
    alerts = after((), a_shipment(PICKED_UP), 8)
    heard = a_shipment(PICKED_UP, scan(S.IN_TRANSIT, 9 * DAY))
    if not is_heard_at_once:
        alerts = after(alerts, heard, 9.1)
        assert [each.is_running for each in alerts] == [False]
    both = after(alerts, heard, 16.5)
    assert [(each.since, each.ended_at) for each in both] == [(at(10), at(9 * DAY)), (at(9 * DAY), None)]


def test_what_was_due_a_month_ago_raises_nothing() -> None:
    assert after((), a_shipment(PICKED_UP), 45) == []


def test_a_choice_counts_once_and_the_same_again_is_the_same() -> None:
    alert = one(a_shipment(PICKED_UP), 8)
    chosen = alert.choose(C.WAIT, at(9 * DAY))
    assert chosen.choose(C.WAIT, at(10 * DAY)) == chosen
    with pytest.raises(ChoiceMade):
        chosen.choose(C.CANCEL, at(10 * DAY))


@pytest.mark.parametrize("choice", [C.REFUND, C.ADDRESS])
def test_what_was_not_offered_cannot_be_chosen(choice: Choice) -> None:
    with pytest.raises(ChoiceMade):
        one(a_shipment(PICKED_UP), 8).choose(choice, at(9 * DAY))


def test_nothing_is_chosen_any_more_once_the_parcel_moved_on() -> None:
    alert = replace(one(a_shipment(PICKED_UP), 8), ended_at=at(9 * DAY))
    with pytest.raises(ChoiceMade):
        alert.choose(C.WAIT, at(9 * DAY))


def test_what_was_seen_to_wants_nobody_until_it_is_taken_up_again() -> None:
    alert = one(a_shipment(PICKED_UP), 8)
    seen_to = alert.resolve(StaffId("a"), at(9 * DAY))
    assert not seen_to.needs_attention
    assert seen_to.resolve(StaffId("b"), at(9 * DAY)) == seen_to
    assert seen_to.take_up() == alert


VOUCHER = Voucher(Money(500, "EUR"), StaffId("kaja"))


@pytest.mark.parametrize(
    ("situation", "offered"),
    [
        (Situation(K.NO_SCAN, has_units=True), (C.WAIT, C.CANCEL)),
        (Situation(K.CUSTOMS, has_units=True, voucher=VOUCHER), (C.VOUCHER, C.CANCEL)),
        (Situation(K.OVERDUE, has_units=True, is_unpaid=True), (C.WAIT, C.CANCEL)),
        (Situation(K.OVERDUE, has_units=False, voucher=VOUCHER), ()),
        (Situation(K.FAILED_ATTEMPT, has_units=True, voucher=VOUCHER), (C.WAIT, C.ADDRESS, C.CANCEL)),
        (Situation(K.SENT_BACK, has_units=True), (C.ADDRESS, C.RESEND, C.REFUND)),
        (Situation(K.SENT_BACK, has_units=True, is_unpaid=True), ()),
        (Situation(K.LOST, has_units=True), (C.RESEND, C.REFUND)),
        (Situation(K.LOST, has_units=True, can_resend=False), (C.REFUND,)),
        (Situation(K.LOST, has_units=True, is_unpaid=True), (C.RESEND,)),
        (Situation(K.DAMAGED, has_units=True, can_resend=False), (C.WAIT, C.REFUND)),
    ],
)
def test_only_what_is_possible_is_offered(situation: Situation, offered: tuple[Choice, ...]) -> None:
    assert choices(situation) == offered


@pytest.mark.parametrize("kind", [K.NO_SCAN, K.CUSTOMS, K.OVERDUE, K.FAILED_ATTEMPT])
@pytest.mark.parametrize("is_unpaid", [True, False])
def test_goods_that_are_late_can_always_be_called_off(kind: AlertKind, *, is_unpaid: bool) -> None:
    assert C.CANCEL in choices(Situation(kind, has_units=True, is_unpaid=is_unpaid, can_resend=False))


@pytest.mark.parametrize("kind", [K.LOST, K.DAMAGED, K.SENT_BACK])
def test_money_for_goods_that_never_come_can_always_be_asked_back(kind: AlertKind) -> None:
    assert C.REFUND in choices(Situation(kind, has_units=True, can_resend=False))
