"""Pigeon Post in the registry."""

from typing import Final

from requests import Session

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers.pigeon.client import PigeonClient
from integrations.carriers.pigeon.source import Pigeons
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import Capability, CarrierKind, KeyField

KIND: Final = CarrierKind(
    kind="pigeon",
    name="Pigeon Post",
    capabilities=frozenset({Capability.POLL}),
    keys=(KeyField("key"),),
    documentation="https://pigeons.example/api",
)


def _open(account: CarrierAccount, session: Session) -> Pigeons:
    return Pigeons(PigeonClient(account.keys.get("key", ""), session))


PIGEON: Final = CarrierAdapter(KIND, _open)
