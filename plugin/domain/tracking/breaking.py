"""Whether an account is asked after it failed: a while of rest that grows, one try, and all is well with an answer."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from plugin.domain.tracking.account import Breaker, CarrierAccount

CLOSED: Final = Breaker()
MOST_FAILURES: Final = 3
"""In a row; then it is left alone."""
_FIRST_REST: Final = timedelta(minutes=1)
_LONGEST_REST: Final = timedelta(hours=2)
_LONGEST_TOLD: Final = timedelta(days=1)
"""Who asks for more patience gets this much, so that a slip of theirs does not silence them for good."""
QUOTA_REST: Final = timedelta(days=1)
"""Quotas are renewed without anybody telling us: one try a day finds out."""
_HALTED_REST: Final = timedelta(days=1)
"""A refusal may be a slip of theirs, too: so one try a day here as well."""
_SILENT: Final = timedelta(hours=1)


class CarrierFault(StrEnum):
    """Why an account gave nothing."""

    UNAVAILABLE = "unavailable"
    RATE_LIMITED = "rate_limited"
    UNREADABLE = "unreadable"
    REJECTED = "rejected"
    """The question, not the account, was refused."""
    BAD_KEYS = "bad_keys"
    NOT_ALLOWED = "not_allowed"
    NO_QUOTA = "no_quota"
    NOT_INSTALLED = "not_installed"
    """What would ask is not there: ours to mend, and no fault of the account."""


_OF_ACCOUNT: Final = frozenset({CarrierFault.BAD_KEYS, CarrierFault.NOT_ALLOWED, CarrierFault.NO_QUOTA})
_HALTING: Final = frozenset({CarrierFault.BAD_KEYS, CarrierFault.NOT_ALLOWED})


def refused_account(code: str) -> CarrierFault | None:
    """What is wrong with the account by the code of a refusal; None: the refusal is about the question."""
    return next((fault for fault in _OF_ACCOUNT if fault == code), None)


def failed(breaker: Breaker, fault: CarrierFault, now: datetime, retry_after: float | None = None) -> Breaker:
    """After a question that came to nothing. `retry_after`: seconds the other side asked us to wait."""
    failures = breaker.failures + 1
    return Breaker(
        failures=failures,
        failing_since=breaker.failing_since or now,
        open_until=_open_until(failures, fault, now, retry_after),
        fault=fault.value,
    )


def answered(breaker: Breaker, now: datetime, *, is_short: bool, has_new: bool) -> Breaker:
    """After an answer. `is_short`: its quota let it follow no new number; `has_new`: new ones were among those asked.

    It still tells of what it follows, so it goes on being asked; until it takes a new one it stays known as short.
    """
    if is_short:
        return Breaker(failing_since=breaker.failing_since or now, fault=CarrierFault.NO_QUOTA.value)
    return breaker if is_short_of_quota(breaker) and not has_new else CLOSED


def is_short_of_quota(breaker: Breaker) -> bool:
    """Whether it answers, and follows nothing new."""
    return breaker.fault == CarrierFault.NO_QUOTA and breaker.open_until is None


def is_halted(breaker: Breaker) -> bool:
    """Whether asking again is hardly of use before the merchant has done something about it: one try a day is made."""
    return breaker.fault in _HALTING


def may_ask(breaker: Breaker, now: datetime) -> bool:
    """Whether a question may be put now."""
    return not breaker.is_open(now)


def is_trying(breaker: Breaker, now: datetime) -> bool:
    """Whether the next question is the single try after a rest, so that the smallest one will do."""
    return may_ask(breaker, now) and (breaker.open_until is not None or is_halted(breaker))


def _open_until(failures: int, fault: CarrierFault, now: datetime, retry_after: float | None) -> datetime | None:
    rests = []
    if failures >= MOST_FAILURES:
        doublings = min(failures - MOST_FAILURES, 10)
        rests.append(min(_FIRST_REST * (1 << doublings), _LONGEST_REST))
    if retry_after is not None:
        rests.append(min(timedelta(seconds=max(retry_after, 0)), _LONGEST_TOLD))
    if fault is CarrierFault.NO_QUOTA:
        rests.append(QUOTA_REST)
    if fault in _HALTING:
        rests.append(_HALTED_REST)
    return now + max(rests) if rests else None


class AccountState(StrEnum):
    """How an account is doing, in the words of its page."""

    OFF = "off"
    NEW = "new"
    """Nobody has asked it yet."""
    WORKS = "works"
    FAILING = "failing"
    """It failed, and is asked again soon."""
    RESTING = "resting"
    """It failed again and again, and is left alone for a while."""
    HALTED = "halted"
    """It waits for somebody to act; one parcel a day is tried."""


def state_of(account: CarrierAccount, now: datetime) -> AccountState:
    """How it is doing now."""
    breaker = account.breaker
    if not account.is_on:
        return AccountState.OFF
    if is_halted(breaker):
        return AccountState.HALTED
    if breaker.is_open(now):
        return AccountState.RESTING
    if breaker.fault:
        return AccountState.FAILING
    return AccountState.WORKS if account.asked_at or account.pushed_at else AccountState.NEW


def is_dead(account: CarrierAccount, now: datetime) -> bool:
    """Whether the merchant should hear of it: it has been silent for an hour, or waits for them."""
    since = account.breaker.failing_since
    is_silent = since is not None and now - since >= _SILENT and account.breaker.failures >= MOST_FAILURES
    is_waiting = is_halted(account.breaker) or account.breaker.fault == CarrierFault.NO_QUOTA
    return account.is_on and (is_silent or is_waiting)
