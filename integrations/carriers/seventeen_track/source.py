"""`plugin.ports.carrier.CarrierSource` at 17TRACK: numbers are registered once, then asked about in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from integrations.carriers.seventeen_track.client import (
    ALREADY_REGISTERED,
    BATCH,
    NO_QUOTA,
    NOT_REGISTERED,
    SeventeenTrackClient,
)
from integrations.carriers.seventeen_track.translate import KEYS, told_of
from integrations.json_reading import Json, text, whole_number
from plugin.ports.carrier import AskedParcel, Told
from plugin.ports.errors import Rejected


class SeventeenTrack:
    """One account."""

    def __init__(self, client: SeventeenTrackClient) -> None:
        self._client = client

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        """As the port says. What has just been registered has usually nothing to tell yet."""
        asked = list(parcels)[:BATCH]
        known, refused = self._registered([each for each in asked if not each.is_registered], now)
        waiting = [each for each in asked if each.is_registered or each.number.upper() in known]
        found, unknown = self._found(waiting, now)
        lost = [each for each in waiting if unknown.get(each.number.upper()) == NOT_REGISTERED]
        refused |= self._registered(lost, now)[1]
        self._try_other_carriers(waiting, found, now)
        answers = [told_of(each, found.get(each.number.upper(), ()), now) for each in asked]
        return [replace(each, is_refused=refused.get(each.number.upper()) in NO_QUOTA) for each in answers]

    def _registered(self, parcels: Sequence[AskedParcel], now: datetime) -> tuple[set[str], dict[str, int]]:
        """The numbers it knew before, and those it refuses with the code."""
        if not parcels:
            return set(), {}
        try:
            rejected = self._client.register([_registration(each) for each in parcels], now).rejected
        except Rejected as error:
            if error.code != "no_quota":
                raise
            return set(), {each.number.upper(): min(NO_QUOTA) for each in parcels}
        known = {number for number, code in rejected.items() if code == ALREADY_REGISTERED}
        return known, {number: code for number, code in rejected.items() if number not in known}

    def _found(self, parcels: Sequence[AskedParcel], now: datetime) -> tuple[dict[str, list[Json]], dict[str, int]]:
        """What it tells by number, of one number perhaps under several carriers, and what it rejects."""
        if not parcels:
            return {}, {}
        answer = self._client.info([{"number": each.number} for each in _each_once(parcels)], now)
        found: dict[str, list[Json]] = {}
        for entry in answer.accepted:
            found.setdefault((text(entry, "number") or "").upper(), []).append(entry)
        return found, answer.rejected

    def _try_other_carriers(
        self, parcels: Sequence[AskedParcel], found: Mapping[str, Sequence[Json]], now: datetime
    ) -> None:
        """Have those followed elsewhere that the carrier they are registered with knows nothing of."""
        moves = [_move(each, found.get(each.number.upper(), ()), now) for each in _each_once(parcels)]
        changes = [each for each in moves if each is not None]
        if changes:
            self._client.change(changes, now)


def _move(parcel: AskedParcel, entries: Sequence[Json], now: datetime) -> Json | None:
    """To the carrier asked for; None: somebody knows it, it is tried there already, or by which is not told."""
    key, known = KEYS.key_of(parcel.carrier), told_of(parcel, entries, now).is_known
    tried = [carrier for each in entries if (carrier := whole_number(each, "carrier"))]
    if key is None or known or not tried or int(key) in tried:
        return None
    return {"number": parcel.number, "carrier_old": tried[0], "carrier_new": int(key)}


def _each_once(parcels: Iterable[AskedParcel]) -> Iterable[AskedParcel]:
    return {each.number: each for each in parcels}.values()


def _registration(parcel: AskedParcel) -> Json:
    """What it is told of a parcel: nothing of whom it is for."""
    key = KEYS.key_of(parcel.carrier)
    told = {
        "number": parcel.number,
        "carrier": int(key) if key else None,
        "auto_detection": True,
        "origin_country": parcel.origin,
        "destination_country": parcel.destination,
        "ship_date": parcel.shipped_on.isoformat() if parcel.shipped_on else None,
    }
    return {name: value for name, value in told.items() if value is not None}
