"""Whose number it may be: candidates, best first, by check digit, pattern, destination and the name on the order.

A guess until a carrier answers: `Recognised` keeps every candidate, and `confirmed` sets it right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from plugin.domain.tracking.carriers import carrier_named
from plugin.domain.tracking.number import tracking_number
from plugin.domain.tracking.posts import PostalItem, postal_item
from plugin.domain.tracking.rules import ALL

_POST_ODDS: Final = 80.0
_GROUP_ODDS: Final = 6.0
"""That a carrier of the post's group has the parcel, not the post itself."""
_NAMED_ODDS: Final = 0.5
"""That a number none of our rules knows is of the carrier which the order names."""
_AT_HOME, _AWAY = 4.0, 0.1
_NAMED, _NOT_NAMED = 40.0, 0.2
_SUREST: Final = 0.99


@dataclass(frozen=True, slots=True)
class Candidate:
    """A carrier it may be, by slug; `confidence` 0 to 1 against all the others and those nobody here knows.

    `post` is the country of the issuing post of an S10 number, `service` what its letters stand for.
    """

    carrier: str
    confidence: float
    name: str | None = None
    post: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A number in its bare form with its candidates, best first; none: nobody here knows such numbers."""

    number: str
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate | None:
        """The likeliest one."""
        return self.candidates[0] if self.candidates else None

    def confirmed(self, carrier: str) -> Self:
        """As a carrier's answer sets it right: that one for sure, the others as they were, behind it."""
        known = next((each for each in self.candidates if each.carrier == carrier), Candidate(carrier, 0))
        others = tuple(each for each in self.candidates if each.carrier != carrier)
        return replace(self, candidates=(replace(known, confidence=1.0), *others))


def recognise(text: str, to: str | None = None, carrier: str | None = None) -> Recognised:
    """The carriers that may have issued a number. Raises `NotATrackingNumber`.

    `to` is the destination, ISO 3166-1; `carrier` the name on the order in any spelling, not believed against a check
    digit that fails.
    """
    number = tracking_number(text)
    named = carrier_named(carrier) if carrier else None
    best: dict[str, tuple[float, Candidate]] = {}
    for odds, candidate in _found(number, to):
        weighed = odds * _by_name(candidate.carrier, named)
        if weighed > best.get(candidate.carrier, (0.0, candidate))[0]:
            best[candidate.carrier] = (weighed, candidate)
    if named is not None and named not in best:
        best[named] = (_NAMED_ODDS, Candidate(named, 0))
    return Recognised(number, _ranked(best.values()))


def _found(number: str, to: str | None) -> Iterator[tuple[float, Candidate]]:
    item = postal_item(number)
    if item is not None:
        yield from _of_posts(item)
    for rule in ALL:
        odds = rule.odds_of(number)
        if odds:
            away = _AT_HOME if to in rule.homes else _AWAY
            yield odds * (away if rule.homes and to else 1.0), Candidate(rule.carrier, 0, rule.name)


def _of_posts(item: PostalItem) -> Iterator[tuple[float, Candidate]]:
    """The issuing post, wherever the parcel goes, and the carriers of its group."""
    yield _POST_ODDS, Candidate(item.post.carrier, 0, item.post.name, item.country, item.service)
    for other in item.post.also:
        yield _GROUP_ODDS, Candidate(other, 0, None, item.country, item.service)


def _by_name(slug: str, named: str | None) -> float:
    if named is None:
        return 1.0
    return _NAMED if slug == named else _NOT_NAMED


def _ranked(found: Iterable[tuple[float, Candidate]]) -> tuple[Candidate, ...]:
    """The likeliest first: the share of each in all the odds, one part being left to carriers nobody here knows."""
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1].carrier))
    total = 1.0 + sum(odds for odds, _ in ordered)
    shared = (replace(each, confidence=min(_SUREST, round(odds / total, 2))) for odds, each in ordered)
    return tuple(each for each in shared if each.confidence)
