"""Who fails is left alone for longer and longer, tried once, and asked again after one answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.domain.tracking.breaking import (
    CLOSED,
    AccountState,
    CarrierFault,
    failed,
    is_dead,
    is_halted,
    is_trying,
    may_ask,
    refused_account,
    state_of,
)
from tests.build import NOW

MINUTE = timedelta(minutes=1)
PASSING = [each for each in CarrierFault if each not in {CarrierFault.BAD_KEYS, CarrierFault.NOT_ALLOWED}]


def after(times: int, fault: CarrierFault = CarrierFault.UNAVAILABLE) -> Breaker:
    breaker = CLOSED
    for _ in range(times):
        breaker = failed(breaker, fault, NOW)
    return breaker


@pytest.mark.parametrize(
    ("times", "minutes"), [(1, None), (2, None), (3, 1), (4, 2), (5, 4), (9, 64), (10, 120), (99, 120)]
)
def test_failures_in_a_row_open_it_and_each_further_one_doubles_the_rest(times: int, minutes: int | None) -> None:
    breaker = after(times)
    assert breaker.open_until == (NOW + minutes * MINUTE if minutes else None)
    assert may_ask(breaker, NOW) == (minutes is None)
    assert (breaker.failures, breaker.failing_since, breaker.fault) == (times, NOW, "unavailable")


def test_after_a_rest_one_try_decides() -> None:
    breaker, then = after(3), NOW + MINUTE
    assert not is_trying(breaker, NOW)
    assert is_trying(breaker, then)
    again = failed(breaker, CarrierFault.UNAVAILABLE, then)
    assert again.open_until == then + 2 * MINUTE
    assert again.failing_since == NOW
    assert not is_trying(CLOSED, then)
    assert may_ask(CLOSED, then)


@pytest.mark.parametrize(
    ("seconds", "rest"), [(30.0, timedelta(seconds=30)), (0, timedelta()), (-5, timedelta()), (1e9, timedelta(days=1))]
)
def test_who_asks_for_patience_gets_it_at_once_and_a_day_at_most(seconds: float, rest: timedelta) -> None:
    assert failed(CLOSED, CarrierFault.RATE_LIMITED, NOW, seconds).open_until == NOW + rest


def test_a_wish_for_less_patience_does_not_shorten_the_rest() -> None:
    assert failed(after(5), CarrierFault.RATE_LIMITED, NOW, 1).open_until == NOW + 8 * MINUTE


@pytest.mark.parametrize("fault", [CarrierFault.BAD_KEYS, CarrierFault.NOT_ALLOWED])
def test_refused_keys_stop_the_asking_but_for_a_try_a_day(fault: CarrierFault) -> None:
    breaker = failed(CLOSED, fault, NOW)
    assert is_halted(breaker)
    assert not may_ask(breaker, NOW + timedelta(hours=23))
    assert is_trying(breaker, NOW + timedelta(days=1))
    again = failed(breaker, fault, NOW + timedelta(days=1))
    assert not may_ask(again, NOW + timedelta(hours=47))
    assert is_trying(replace(breaker, open_until=None), NOW)


def test_a_used_up_quota_is_tried_once_a_day() -> None:
    breaker = failed(CLOSED, CarrierFault.NO_QUOTA, NOW)
    assert not may_ask(breaker, NOW + timedelta(hours=23))
    assert is_trying(breaker, NOW + timedelta(hours=24))


def test_which_refusals_are_about_the_account() -> None:
    assert refused_account("bad_keys") is CarrierFault.BAD_KEYS
    assert refused_account("no_quota") is CarrierFault.NO_QUOTA
    assert refused_account("not_allowed") is CarrierFault.NOT_ALLOWED
    assert refused_account("rejected") is None
    assert refused_account("wrong_number") is None


@given(
    faults=st.lists(st.sampled_from(PASSING), min_size=1, max_size=30),
    told=st.none() | st.floats(-10, 1e7, allow_nan=False),
)
def test_no_rest_is_endless_however_it_failed(faults: list[CarrierFault], told: float | None) -> None:
    breaker, now = CLOSED, NOW
    for fault in faults:
        breaker = failed(breaker, fault, now, told)
        assert may_ask(breaker, now + timedelta(days=1))
        now = breaker.open_until or now
    assert breaker.failures == len(faults)


ACCOUNT = CarrierAccount("ups", {}, "token", NOW)
HALTED = failed(CLOSED, CarrierFault.BAD_KEYS, NOW)


@pytest.mark.parametrize(
    ("account", "state"),
    [
        (ACCOUNT, AccountState.NEW),
        (replace(ACCOUNT, asked_at=NOW), AccountState.WORKS),
        (replace(ACCOUNT, pushed_at=NOW), AccountState.WORKS),
        (replace(ACCOUNT, asked_at=NOW, breaker=after(1)), AccountState.FAILING),
        (replace(ACCOUNT, asked_at=NOW, breaker=after(3)), AccountState.RESTING),
        (replace(ACCOUNT, asked_at=NOW, breaker=HALTED), AccountState.HALTED),
        (replace(ACCOUNT, asked_at=NOW, breaker=HALTED, is_on=False), AccountState.OFF),
    ],
)
def test_how_an_account_is_doing(account: CarrierAccount, state: AccountState) -> None:
    assert state_of(account, NOW) is state


def test_the_merchant_hears_of_an_account_that_is_silent_for_an_hour_or_waits_for_them() -> None:
    silent = replace(ACCOUNT, breaker=after(3))
    assert not is_dead(silent, NOW + 59 * MINUTE)
    assert is_dead(silent, NOW + 60 * MINUTE)
    assert not is_dead(replace(ACCOUNT, breaker=after(2)), NOW + 60 * MINUTE)
    assert is_dead(replace(ACCOUNT, breaker=HALTED), NOW)
    assert is_dead(replace(ACCOUNT, breaker=failed(CLOSED, CarrierFault.NO_QUOTA, NOW)), NOW)
    assert not is_dead(replace(ACCOUNT, breaker=HALTED, is_on=False), NOW)
