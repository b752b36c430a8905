"""Parcels as carriers are scored by."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.scorecard import ScoredParcel


class ScoreViews(Protocol):
    """Read-only, one merchant's."""

    def scored_parcels(
        self, merchant: MerchantId, since: datetime, until: datetime, limit: int
    ) -> Sequence[ScoredParcel]:
        """Parcels sent to shoppers in a period (its end excluded), the latest first; those called off are left out."""
        ...
