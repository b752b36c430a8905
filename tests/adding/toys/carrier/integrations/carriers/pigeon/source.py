"""`plugin.ports.carrier.CarrierSource` at Pigeon Post."""

from collections.abc import Sequence
from datetime import datetime

from integrations.carriers.pigeon.client import PigeonClient
from integrations.carriers.pigeon.translate import told_of
from plugin.ports.carrier import AskedParcel, Told


class Pigeons:
    """One account."""

    def __init__(self, client: PigeonClient) -> None:
        self._client = client

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        """As the port says."""
        return [told_of(each.number, self._client.read(each.number, now), now) for each in parcels]
