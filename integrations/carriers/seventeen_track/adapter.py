"""17TRACK in the registry."""

from datetime import timedelta
from typing import Final

from requests import Session

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers.seventeen_track.client import BATCH, SeventeenTrackClient
from integrations.carriers.seventeen_track.source import SeventeenTrack
from integrations.carriers.seventeen_track.verify import SeventeenTrackPush
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import Capability, CarrierKind, KeyField

KIND: Final = CarrierKind(
    kind="17track",
    name="17TRACK",
    capabilities=frozenset({Capability.POLL, Capability.PUSH, Capability.FORECAST}),
    keys=(KeyField("key"),),
    batch=BATCH,
    pause=timedelta(seconds=1),  # a question is two requests, seldom four, and three a second are allowed
    documentation="https://asset.17track.net/api/document/v2.4_en/index.html",
    is_registering=True,
)


def _open(account: CarrierAccount, session: Session) -> SeventeenTrack:
    return SeventeenTrack(SeventeenTrackClient(account.keys.get("key", ""), session))


def _listen(account: CarrierAccount) -> SeventeenTrackPush:
    return SeventeenTrackPush(account.keys.get("key", ""))


SEVENTEEN_TRACK: Final = CarrierAdapter(KIND, _open, _listen)
