"""Scores of carriers and lanes as a table for spreadsheets: CSV (RFC 4180), nothing personal.

No cell is run as a formula (spreadsheet.py). Shares are in
percent, days working days, `shipping_each` what shoppers paid for a parcel, one sum for each currency.
"""

from collections.abc import Iterator

from plugin.documents.spreadsheet import table
from plugin.domain.money import Money, exponent
from plugin.domain.tracking.scorecard import Score, Scorecard, ScoredLane

COLUMNS = (
    *("level", "carrier", "origin", "destination", "service", "sent", "delivered", "lost", "promised", "on_time"),
    *("on_time_percent", "lost_percent", "days_p50", "days_p90", "shipping_each"),
)


def scorecard_csv(card: Scorecard) -> bytes:
    """Carriers first, then their lanes."""
    levels = (("carrier", card.carriers), ("lane", card.lanes))
    rows = ((level, *_cells(lane, score)) for level, scores in levels for lane, score in scores)
    return b"".join(table(COLUMNS, rows))


def _cells(lane: ScoredLane, score: Score) -> Iterator[str]:
    yield from (part or "" for part in (lane.carrier, lane.origin, lane.destination, lane.service))
    yield from (str(count) for count in (score.sent, score.delivered, score.lost, score.judged, score.on_time))
    yield from (_percent(share) for share in (score.on_time_share, score.lost_share))
    yield from ("" if days is None else str(days) for days in (score.half, score.most))
    yield "; ".join(_amount(each) for each in score.shipping_each())


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}"


def _amount(each: Money) -> str:
    return f"{each.decimal():.{exponent(each.currency)}f} {each.currency}"
