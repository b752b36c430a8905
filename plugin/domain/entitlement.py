"""What a shopper is entitled to for one order line: five parallel clocks, each with its why.

A clock holds instants and inputs, never states: the state is asked for a given instant.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plugin.domain.ids import LineId
from plugin.domain.law.answers import Certainty
from plugin.domain.policy import Payer
from plugin.domain.times import Moment


class Right(StrEnum):
    """The five clocks that run side by side on every line."""

    WITHDRAWAL = "withdrawal"
    SHOP_RETURN = "shop_return"
    EXCHANGE = "exchange"
    LEGAL_GUARANTEE = "legal_guarantee"
    COMMERCIAL_WARRANTY = "commercial_warranty"


class Remedy(StrEnum):
    """What a right leads to, in the order offered."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    STORE_CREDIT = "store_credit"
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    PRICE_REDUCTION = "price_reduction"


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
class Basis:
    """Where a right comes from: a source id of the rulebook or a clause of a policy version."""

    kind: str
    """`law` or `policy`."""
    id: str
    citation: str
    """`Directive 2011/83/EU art. 9` or the policy version's id and clause."""


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the reasoning, worded by `plugin.wording` from code and facts."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """One right of one line. All instants UTC; `closes_at` is exclusive; days are local to the delivery place.

    `absent` names why the right does not exist at all (`no_statutory_right`, `no_promise`, `excluded_CRD16c...`,
    `business_order`, `order_unpaid`, `order_cancelled`, `order_failed`, `country_unknown`), else None.
    `estimated_close` is only ever shown as an estimate and closes nothing.
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

    def state(self, now: datetime) -> ClockState:
        """The state at `now` (aware UTC): a right is open until the exclusive instant, never closed on an estimate."""
        if self.absent is not None:
            return ClockState.NOT_APPLICABLE
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
