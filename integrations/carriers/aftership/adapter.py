"""AfterShip in the registry."""

from datetime import timedelta
from typing import Final

from requests import Session

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers.aftership.client import BATCH, AfterShipClient
from integrations.carriers.aftership.source import AfterShip
from integrations.carriers.aftership.verify import AfterShipPush
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import Capability, CarrierKind, KeyField

KIND: Final = CarrierKind(
    kind="aftership",
    name="AfterShip",
    capabilities=frozenset({Capability.POLL, Capability.PUSH, Capability.FORECAST}),
    keys=(KeyField("key"), KeyField("webhook_secret", is_optional=True)),
    batch=BATCH,
    pause=timedelta(seconds=2),  # a question of new numbers writes twenty times, and twenty a second are allowed
    documentation="https://www.aftership.com/docs/tracking/2026-07/quickstart/api-quick-start",
    is_registering=True,
)


def _open(account: CarrierAccount, session: Session) -> AfterShip:
    return AfterShip(AfterShipClient(account.keys.get("key", ""), session))


def _listen(account: CarrierAccount) -> AfterShipPush:
    return AfterShipPush(account.keys.get("webhook_secret", ""))


AFTERSHIP: Final = CarrierAdapter(KIND, _open, _listen)
