"""`plugin.ports.carrier.CarrierSource` at AfterShip: numbers are created once, then read in one go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from integrations.carriers.aftership.client import BATCH, AfterShipClient
from integrations.carriers.aftership.translate import KEYS, told_of
from integrations.iso_countries import three_letters
from integrations.json_reading import Json, text
from plugin.ports.carrier import AskedParcel, Told
from plugin.ports.errors import Rejected


class AfterShip:
    """One account."""

    def __init__(self, client: AfterShipClient) -> None:
        self._client = client

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        """As the port says. What has just been created has usually nothing to tell yet."""
        asked = list(parcels)[:BATCH]
        refused: set[str] = set()
        followed = [each for each in asked if each.is_registered or self._is_followed(each, refused, now)]
        found: dict[str, list[Json]] = {}
        numbers = list(dict.fromkeys(each.number for each in followed))
        for row in self._client.read(numbers, now) if numbers else ():
            found.setdefault((text(row, "tracking_number") or "").upper(), []).append(row)
        for lost in (each for each in followed if each.is_registered and each.number.upper() not in found):
            self._is_followed(lost, refused, now)
        answers = [told_of(each, found.get(each.number.upper(), ()), now) for each in asked]
        return [replace(each, is_refused=each.number in refused) for each in answers]

    def _is_followed(self, parcel: AskedParcel, refused: set[str], now: datetime) -> bool:
        """Created, or was before; once the quota refuses one it is not tried for the others."""
        try:
            if not refused:
                return self._client.create(_created(parcel), now)
        except Rejected as error:
            if error.code != "no_quota":
                raise
        refused.add(parcel.number)
        return False


def _created(parcel: AskedParcel) -> Json:
    """What it is told of a parcel: of whom it is for only the postcode, without which some carriers are silent."""
    told = {
        "tracking_number": parcel.number,
        "slug": KEYS.key_of(parcel.carrier),
        "origin_country_region": three_letters(parcel.origin),
        "destination_country_region": three_letters(parcel.destination),
        "destination_postal_code": parcel.postcode,
        "tracking_ship_date": parcel.shipped_on.isoformat() if parcel.shipped_on else None,
    }
    return {name: value for name, value in told.items() if value}
