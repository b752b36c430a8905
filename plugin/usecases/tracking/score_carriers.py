"""Score carriers by the parcels sent in the last days: beforehand where they are many, else as they are asked for."""

from datetime import UTC, datetime, timedelta
from typing import Final

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.scorecard import Scored, scorecard
from plugin.ports.score_views import ScoreViews
from plugin.ports.unit_of_work import Units

PERIODS: Final = (30, 90, 365)
"""Days that may be asked for."""
MOST: Final = 50_000
"""Parcels that are read; of more, the latest."""
AT_ONCE: Final = 500
"""Up to so many parcels are scored anew at every visit, in some 50 ms; a hundred times as many take seconds."""


def score_carriers(days: int, *, merchant: MerchantId, units: Units, views: ScoreViews, now: datetime) -> Scored:
    """The scores of what was sent in the last `days`; any other number than those of `PERIODS` means 90.

    What `keep_scores` kept last night is told as it is. A merchant whose parcels became many since waits for theirs.
    """
    period = days if days in PERIODS else PERIODS[1]
    with units.read(merchant) as unit:
        kept = unit.scorecards.get(period)
    return kept or _scored(period, merchant, views, now)


def keep_scores(*, merchant: MerchantId, units: Units, views: ScoreViews, now: datetime) -> int:
    """Score every period of more than `AT_ONCE` parcels beforehand; how many were kept. What is kept of others goes."""
    found = [_scored(days, merchant, views, now) for days in PERIODS]
    large = [each for each in found if each.card.sent > AT_ONCE]
    with units(merchant) as unit:
        for each in found:
            unit.scorecards.forget(each.days)
        for each in large:
            unit.scorecards.save(each)
        unit.commit()
    return len(large)


def _scored(days: int, merchant: MerchantId, views: ScoreViews, now: datetime) -> Scored:
    parcels = views.scored_parcels(merchant, now - timedelta(days=days), now, MOST + 1)
    return Scored(scorecard(parcels[:MOST], now.astimezone(UTC).date()), days, now, len(parcels) > MOST)
