"""Kept scores of one merchant's carriers: a row for each length of a period."""

import zlib
from collections import Counter

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.tracking.scorecard import Score, Scorecard, Scored, ScoredLane
from plugin.storage.scope import Scope
from plugin.storage.tables import scorecards


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    """A lane and its score, in the order of their fields."""

    lane: tuple[str | None, str | None, str | None, str | None]
    counts: tuple[int, int, int, int, int]
    days: dict[int, int]
    paid: dict[str, int]
    shipping: dict[str, int]


class _Card(msgspec.Struct, array_like=True, frozen=True):
    carriers: tuple[_Entry, ...]
    lanes: tuple[_Entry, ...]
    sent: int


_cards = decoder(_Card)


class SqlScorecards:
    """`plugin.ports.scorecards.Scorecards`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, days: int) -> Scored | None:
        """By its key."""
        columns = scorecards.c
        statement = self._scope.select(scorecards, columns.made_at, columns.is_cut, columns.card)
        row = self._scope.row(statement.where(columns.days == days))
        return Scored(_unpacked(row.card), days, row.made_at, row.is_cut) if row else None

    def save(self, scored: Scored) -> None:
        """In place of the one before."""
        row = {
            "days": scored.days,
            "made_at": scored.made_at,
            "is_cut": scored.is_cut,
            "card": _packed(scored.card),
        }
        self._scope.upsert(scorecards, [row], ["days"])

    def forget(self, days: int) -> None:
        """By its key."""
        self._scope.run(self._scope.delete(scorecards).where(scorecards.c.days == days))


def _packed(card: Scorecard) -> bytes:
    kept = _Card(tuple(map(_entry, card.carriers)), tuple(map(_entry, card.lanes)), card.sent)
    return zlib.compress(msgspec.json.encode(kept))


def _unpacked(card: bytes) -> Scorecard:
    kept = _cards.decode(zlib.decompress(card))
    return Scorecard(tuple(map(_scored, kept.carriers)), tuple(map(_scored, kept.lanes)), kept.sent)


def _entry(scored: tuple[ScoredLane, Score]) -> _Entry:
    lane, score = scored
    way = lane.carrier, lane.origin, lane.destination, lane.service
    counts = score.sent, score.delivered, score.lost, score.judged, score.on_time
    return _Entry(way, counts, dict(score.days), dict(score.paid), dict(score.shipping))


def _scored(entry: _Entry) -> tuple[ScoredLane, Score]:
    score = Score(*entry.counts, Counter(entry.days), Counter(entry.paid), Counter(entry.shipping))
    return ScoredLane(*entry.lane), score
