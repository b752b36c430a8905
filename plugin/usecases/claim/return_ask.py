"""What a claim wants a platform's returns to say."""

from dataclasses import dataclass

from plugin.domain.claim.wanted_return import WantedReturn
from plugin.domain.ids import ClaimId
from plugin.ports.platform_returns import DeclineReason, Travel, Units


@dataclass(frozen=True, slots=True)
class Parcel:
    """Units that travel together, and how."""

    units: tuple[Units, ...]
    travel: Travel


@dataclass(frozen=True, slots=True)
class ReturnAsk:
    """What a claim wants said: `others` are returns of other claims, `decline`: why, should it come to that."""

    claim: ClaimId
    wanted: WantedReturn
    parcels: tuple[Parcel, ...]
    others: frozenset[str]
    reason: str
    decline: DeclineReason
