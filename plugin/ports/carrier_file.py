"""What a carrier is handed with a claim: what was sent how, what it was worth, what its own scans say, until when."""

from collections.abc import Callable
from dataclasses import dataclass

from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.claim.claim import ClaimLine
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.shipment import Shipment


@dataclass(frozen=True, slots=True)
class CarrierFile:
    """Everything it is made of; `lines` are the claim's that the carrier answers for."""

    record: CarrierClaim
    shop: Shop
    stored: StoredOrder
    lines: tuple[ClaimLine, ...]
    shipments: tuple[Shipment, ...]


MakeCarrierFile = Callable[[CarrierFile], bytes]
"""The file; the same facts are the same bytes."""
