"""A label's life: one at a time for a parcel, issued anew while the shopper may still send, never after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import LabelId
from plugin.domain.returning.errors import LabelNotInThatState
from plugin.domain.returning.label import Carriage, Label, LabelSource, LabelState, valid_for
from tests.build import NOW
from tests.support.returning import CLAIM, HOME, HUB, LINES, a_label

DAY = timedelta(days=1)
Step = Callable[[Label, datetime], Label]

STEPS: dict[str, Step] = {
    "attempt": lambda label, now: label.attempted(now, now + timedelta(minutes=10)),
    "issue": lambda label, now: label.issued(None, Carriage("9"), valid_for(10, now), now),
    "no answer": lambda label, now: label.unanswered("unavailable", "", now + DAY, now),
    "give up": lambda label, now: label.unanswered("unavailable", "", None, now),
    "refuse": lambda label, now: label.failed("invalid", "", now),
    "try again": lambda label, now: label.tried_again(now),
    "expire": lambda label, now: label.expired(now),
    "close": lambda label, now: label.closed(now),
    "renew": lambda label, now: label.renewal(LabelId(f"{label.id}+"), now),
}


def issued(days: int | None = 10) -> Label:
    return a_label().issued(None, None, valid_for(days, NOW), NOW)


def test_a_label_runs_out_when_the_carrier_says_and_not_before() -> None:
    label = issued()
    assert not label.has_run_out(NOW + 10 * DAY - timedelta(microseconds=1))
    assert label.has_run_out(NOW + 10 * DAY)
    assert not issued(None).has_run_out(NOW + 3650 * DAY)
    assert not label.expired(NOW).has_run_out(NOW + 3650 * DAY)


def test_a_label_that_ran_out_is_replaced_by_one_of_its_own_key() -> None:
    old = issued().expired(NOW + 10 * DAY)
    new = old.renewal(LabelId("label2"), NOW + 10 * DAY)
    assert (new.replaces, new.state, new.version) == (old.id, LabelState.REQUESTED, 0)
    assert new.idempotency_key != old.idempotency_key
    assert (new.file, new.carriage, new.valid_until, new.issued_at) == (None, None, None, None)
    assert new.is_for(CLAIM, HOME, LINES)
    assert (new.wanted_until, new.grams, new.due_at) == (old.wanted_until, old.grams, NOW + 10 * DAY)


def test_it_is_wanted_as_long_as_the_shopper_may_send() -> None:
    assert a_label().is_wanted(NOW + 29 * DAY)
    assert not a_label().is_wanted(NOW + 30 * DAY)
    assert a_label(wanted_until=None).is_wanted(NOW + 3650 * DAY)


def test_a_persons_new_attempt_keeps_the_key_and_may_correct_the_weight() -> None:
    failed = a_label(attempts=9).failed("invalid", "too heavy", NOW)
    again = failed.tried_again(NOW, grams=400)
    assert again.idempotency_key == failed.idempotency_key
    assert (again.grams, again.attempts, again.code, again.detail, again.due_at) == (400, 0, None, "", NOW)


def test_the_same_lines_to_another_place_are_another_parcel() -> None:
    assert a_label().is_for(CLAIM, HOME, tuple(reversed(LINES)))
    assert not a_label().is_for(CLAIM, HUB, LINES)


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 20)), max_size=12))
def test_whatever_is_tried_a_parcel_never_has_two_labels_in_use(tries: list[tuple[str, int]]) -> None:
    chain, now = [a_label()], NOW
    for name, days in tries:
        now += days * DAY
        try:
            after = STEPS[name](chain[-1], now)
        except LabelNotInThatState:
            continue
        chain = [*chain, after] if after.id != chain[-1].id else [*chain[:-1], after]
        assert sum(label.is_live for label in chain) <= 1
        assert all(later.replaces == earlier.id for earlier, later in pairwise(chain))
        assert all(label.due_at is None or label.state is LabelState.REQUESTED for label in chain)


@given(st.sampled_from([step for step in STEPS if step != "renew"]))
def test_a_closed_label_stays_closed(step: str) -> None:
    with pytest.raises(LabelNotInThatState):
        STEPS[step](a_label().closed(NOW), NOW)


def test_an_address_slip_is_there_at_once_and_never_runs_out() -> None:
    slip = a_label(source=LabelSource.ADDRESS).issued(None, None, None, NOW)
    assert slip.state is LabelState.ISSUED
    assert not slip.has_run_out(NOW + 3650 * DAY)
