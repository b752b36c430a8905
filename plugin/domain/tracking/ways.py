"""Whom a parcel is asked of, under which number and carrier: what is known first, then one guess after the other."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.times import Source
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import is_halted
from plugin.domain.tracking.number import NotATrackingNumber
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.shipment import Shipment, TrackedNumber

Covers = Mapping[str, frozenset[str]]
"""The carriers of each kind of account that can be asked; none named: whoever's."""
_DEAD: Final = timedelta(hours=1)
"""An account that has failed for longer keeps nobody from asking another."""
_SOON: Final = timedelta(minutes=1)
_LOOKED_UP: Final = timedelta(hours=1)
"""Until who was told of a number may have found something: it is asked again before anybody else is paid for it."""


@dataclass(frozen=True, slots=True)
class Way:
    """One question: of the account of this `kind`; `carrier` None: the other side finds out."""

    kind: str
    number: str
    carrier: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The way to ask this time.

    `retry`: where it brings nothing, how soon the next question is worth it; None: at the parcel's own pace.
    `is_registered`: its account was told of the number before. `has_others`: it is not the only way.
    """

    way: Way
    retry: timedelta | None = None
    is_registered: bool = False
    has_others: bool = False


def askable(accounts: Sequence[CarrierAccount], covers: Covers, now: datetime) -> tuple[CarrierAccount, ...]:
    """The accounts that may be asked, the first first: those that name their carriers, then those that know any."""
    found = [each for each in accounts if each.is_on and each.kind in covers and not _is_dead(each, now)]
    return tuple(sorted(found, key=lambda each: (not covers[each.kind], each.rank, each.kind)))


def ways(shipment: Shipment, accounts: Sequence[CarrierAccount], covers: Covers) -> tuple[Way, ...]:
    """Every way to ask about it, the best first, each once; `accounts` as `askable` gives them."""
    numbers = sorted(shipment.numbers, key=lambda each: each != shipment.number)
    return tuple(dict.fromkeys(way for each in numbers for way in _of_number(each, shipment, accounts, covers)))


def has_been_told_of(shipment: Shipment) -> bool:
    """Whether a carrier has told of it, so that who knows it is known."""
    return any(report.source is Source.CARRIER for report in shipment.reports)


def choose(
    shipment: Shipment, accounts: Sequence[CarrierAccount], covers: Covers, registering: Collection[str] = ()
) -> Choice | None:
    """The way to ask this time; None: no account tells of it.

    Once a carrier has told of it, that is the best way. Until then each question that brought nothing was perhaps put
    to the wrong one, so the next goes to the next candidate, and after the last to the first again. The kinds of
    account that are `registering` follow numbers from the first question on, most at a price: they have two in a row,
    an hour apart, and two of them never follow each other within minutes.
    """
    known = ways(shipment, accounts, covers)
    if not known:
        return None
    has_others = len(known) > 1
    if has_been_told_of(shipment):
        return Choice(known[0], None, shipment.asking.asked_at is not None, has_others)
    turns = [way for way in known for _ in range(2 if way.kind in registering else 1)]
    misses = shipment.asking.misses
    way = turns[misses % len(turns)]
    is_registered = misses >= len(turns) or way in turns[:misses]
    return Choice(way, _retry(way, turns[misses + 1 :], registering), is_registered, has_others)


def _retry(way: Way, left: Sequence[Way], registering: Collection[str]) -> timedelta | None:
    """By who is left to be asked."""
    if not left:
        return None
    if left[0] == way:
        return _LOOKED_UP
    return None if {way.kind, left[0].kind} <= set(registering) else _SOON


def _is_dead(account: CarrierAccount, now: datetime) -> bool:
    breaker = account.breaker
    is_silent = breaker.failing_since is not None and now - breaker.failing_since > _DEAD
    return breaker.is_open(now) and (is_halted(breaker) or is_silent)


def _of_number(
    number: TrackedNumber, shipment: Shipment, accounts: Sequence[CarrierAccount], covers: Covers
) -> Iterator[Way]:
    """The best candidate's own account, then whoever knows any, then the own accounts of the other candidates."""
    best, *others = _candidates(number, shipment)
    own = [each for each in accounts if covers[each.kind]]
    anybody = [each for each in accounts if not covers[each.kind]]
    yield from (Way(each.kind, number.number, best) for each in own if best in covers[each.kind])
    yield from (Way(each.kind, number.number, best if number.is_confirmed else None) for each in anybody)
    for other in others:
        yield from (Way(each.kind, number.number, other) for each in own if other in covers[each.kind])


def _candidates(number: TrackedNumber, shipment: Shipment) -> list[str | None]:
    """The carriers it may be, the likeliest first; one that has answered for it is the only one. Never empty."""
    if number.is_confirmed:
        return [number.carrier]
    try:
        known = recognise(number.number, shipment.destination)
    except NotATrackingNumber:
        return [number.carrier]
    if number.carrier:  # what the order's own words made likeliest stays so
        known = known.confirmed(number.carrier)
    return [each.carrier for each in known.candidates] or [None]
