"""What a shopper is entitled to for one order line: five parallel clocks, each with its why.

A clock holds instants and inputs, never states: the state is asked for a given instant.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plugin.domain.basis import Basis
from plugin.domain.ids import LineId
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.terms import Payer
from plugin.domain.remedy import Remedy
from plugin.domain.times import Moment


class Right(StrEnum):
    """The five clocks that run side by side on every line."""

    WITHDRAWAL = "withdrawal"
    SHOP_RETURN = "shop_return"
    EXCHANGE = "exchange"
    LEGAL_GUARANTEE = "legal_guarantee"
    COMMERCIAL_WARRANTY = "commercial_warranty"


class Absent(StrEnum):
    """Why a right does not exist at all on a line."""

    NO_STATUTORY_RIGHT = "no_statutory_right"
    """The country's law gives none (a withdrawal in Switzerland, the United States ...)."""
    EXCEPTED = "excepted"
    """The law makes an exception for such goods (a personalised piece, something perishable ...)."""
    NO_PROMISE = "no_promise"
    """The shop promises nothing of the kind to this market."""
    BUSINESS_ORDER = "business_order"
    """Consumer law does not protect a business buyer; the shop's promises still hold."""
    ORDER_UNPAID = "order_unpaid"
    """Neither paid nor delivered; an unpaid order that has been delivered has its rights."""
    ORDER_CANCELLED = "order_cancelled"
    ORDER_FAILED = "order_failed"
    FREE_REPLACEMENT = "free_replacement"
    """Sent free of charge for goods of an earlier order: nothing was bought with it that one could withdraw from."""
    REFUNDED = "refunded"
    """Every unit was refunded or taken off: nothing is left to return or repair. Money alone never ends a right."""
    COUNTRY_UNKNOWN = "country_unknown"
    LAW_UNKNOWN = "law_unknown"
    """The rulebook holds no law for the country; no other country's is guessed."""


class ClockState(StrEnum):
    """The state of a clock as of an instant."""

    NOT_STARTED = "not_started"
    """Starts on delivery; a statutory right may be used all the same."""
    OPEN = "open"
    CLOSED = "closed"
    UNLIMITED = "unlimited"
    """Applies, but no end date follows from the rules (expected life, implied warranty ...)."""
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the reasoning, worded by `plugin.wording` from code and facts (days as ISO dates)."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """One right of one line. All instants UTC; `closes_at` is exclusive; days are local to the delivery place.

    `absent` (an `Absent` code) names why the right does not exist at all, else None. `closes_at` is the instant before
    which nothing may be refused: the end of `last_day`, or later where the rule behind that day is not certain.
    `estimated_last_day` is only ever shown as an estimate and closes nothing.
    """

    right: Right
    starts: Moment | None
    event_day: date | None
    nominal_last_day: date | None
    last_day: date | None
    closes_at: datetime | None
    payer: Payer
    remedies: tuple[Remedy, ...]
    basis: tuple[Basis, ...]
    trace: tuple[TraceStep, ...]
    certainty: Certainty
    is_statutory: bool
    absent: str | None = None
    estimated_last_day: date | None = None
    display: str | None = None
    min_months: int | None = None
    """What a text may name with "at least" (guarantee, warranty); None: name no length."""
    presumption_last_day: date | None = None
    """Until then a defect is presumed to have been there at delivery (Directive (EU) 2019/771 art. 11)."""

    @property
    def shown_last_day(self) -> date | None:
        """The day a text prints: the anniversary for guarantee and warranty, the rolled day for everything else."""
        return self.nominal_last_day if self.right is Right.LEGAL_GUARANTEE else self.last_day

    def state(self, now: datetime) -> ClockState:
        """The state at `now` (aware UTC): a right is open until the exclusive instant, never closed on an estimate."""
        if self.absent is not None:
            return ClockState.NOT_APPLICABLE
        if self.starts is not None and now < self.starts.at:
            return ClockState.NOT_STARTED
        if self.closes_at is not None:
            return ClockState.OPEN if now < self.closes_at else ClockState.CLOSED
        return ClockState.UNLIMITED if self.starts is not None else ClockState.NOT_STARTED


@dataclass(frozen=True, slots=True)
class LineEntitlements:
    """The five clocks of one order line, with the versions they were computed from."""

    line: LineId
    clocks: tuple[Clock, ...]
    rulebook_version: str
    calendar_version: str
    policy_version: str | None
    zone: str | None
    """IANA name of the zone the days are counted in; None when the country is unknown."""

    def clock(self, right: Right) -> Clock:
        """The clock of one right; every line has all five."""
        return next(clock for clock in self.clocks if clock.right is right)
