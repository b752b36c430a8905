"""Score carriers by the parcels sent in the last days."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.scorecard import Scorecard, scorecard
from plugin.ports.score_views import ScoreViews

PERIODS: Final = (30, 90, 365)
"""Days that may be asked for."""
MOST: Final = 50_000
"""Parcels that are read; of more, the latest."""


@dataclass(frozen=True, slots=True)
class Scored:
    """`is_cut`: there are more parcels in the period than are read."""

    card: Scorecard
    days: int
    is_cut: bool


def score_carriers(days: int, *, merchant: MerchantId, views: ScoreViews, now: datetime) -> Scored:
    """The scores of what was sent in the last `days`; any other number than those of `PERIODS` means 90."""
    period = days if days in PERIODS else PERIODS[1]
    parcels = views.scored_parcels(merchant, now - timedelta(days=period), now, MOST + 1)
    return Scored(scorecard(parcels[:MOST], now.astimezone(UTC).date()), period, len(parcels) > MOST)
