"""Count an attempt against its limits, for whoever tries and for the shop as a whole, before anything is looked up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.attempts import Limit
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of an attempt: what was tried, by whom or on what, and how often it may be."""

    what: str
    who: str
    limit: Limit


def count_attempt(counted: Counted, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """Count what is counted before anything else is done. Raises `TooManyAttempts`."""
    with units(merchant) as unit:
        limit_attempts((counted,), unit, now)
        unit.commit()


def limit_attempts(counted: Iterable[Counted], unit: UnitOfWork, now: datetime) -> None:
    """Count it in the caller's unit, which has to commit. Raises `TooManyAttempts`; then nothing more is counted."""
    for each in counted:
        each.limit.check(unit.attempts.count(each.what, each.who, each.limit.slot(now)), now)
