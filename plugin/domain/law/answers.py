"""What the law engines answer: days, exclusive instants, and the reasons a person can read in order."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Certainty(StrEnum):
    """How well the rule behind an answer is known; print only `VERIFIED` as certain."""

    VERIFIED = "verified"
    """A source was read."""
    SECONDARY = "secondary"
    """Only a repository, press or law-firm text that quotes the source."""
    UNVERIFIED = "unverified"
    """Nobody has read a source for it here."""


class ClockState(StrEnum):
    """Whether a statutory period exists and has begun; the engine has no `now`, so never "expired"."""

    RUNNING = "running"
    NOT_STARTED = "not_started"
    NO_STATUTORY_RIGHT = "no_statutory_right"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reckoning: a stable code, the day it is about, a detail (a holiday's name, some months)."""

    code: str
    day: date | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class LegalWindow:
    """The period in which a shopper may withdraw from the contract.

    Days are local to the delivery address. `nominal_last_day` is before, `last_day` after any roll over weekends and
    holidays. `expires_at` (aware UTC) is exclusive: the local midnight that follows `last_day`; where region or zone
    are unknown it follows the latest day any of them gives. `accept_until` is never earlier: it adds the days on which
    a refusal would rest on an unverified rule (weekend rule of some countries), so refuse nothing before it.
    """

    state: ClockState
    event_day: date | None
    nominal_last_day: date | None
    last_day: date | None
    expires_at: datetime | None
    reasons: tuple[Reason, ...]
    sources: tuple[str, ...]
    certainty: Certainty
    display: str | None = None
    accept_until: datetime | None = None
    initial_last_day: date | None = None
    """The end of the period had the shopper been informed in time."""
    last_day_if_initial_not_rolled: date | None = None
    """The other reading of the extension: months counted from the unrolled initial end; None when there is none."""


@dataclass(frozen=True, slots=True)
class LegalGuarantee:
    """The seller's liability for lack of conformity.

    `last_day` is the anniversary to show, `last_day_rolled` the day until which claims are accepted, `expires_at` the
    exclusive instant (aware UTC) after it. `expires_at` is None wherever nothing may be refused by date: no fixed
    period (`expected_life`, `reasonable` ...), and `limitation_only`, whose days are known but are no guarantee.
    """

    state: ClockState
    kind: str
    base_months: int | None
    total_months: int | None
    last_day: date | None
    last_day_rolled: date | None
    expires_at: datetime | None
    presumption_months: int | None
    presumption_last_day: date | None
    display: str | None
    display_min_months: int | None
    reasons: tuple[Reason, ...]
    sources: tuple[str, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class RefundDeadline:
    """When the money must be back, and the goods on their way.

    The merchant's clock shows `nominal_day`; `rolled_day` is the legal latest. `latest` is None while the trader may
    still withhold.
    """

    nominal_day: date | None
    rolled_day: date | None
    withhold_released_on: date | None
    latest: date | None
    return_sending_last_day: date | None
    reasons: tuple[Reason, ...]
    sources: tuple[str, ...]
    certainty: Certainty
