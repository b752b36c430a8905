"""A merchant's accounts with services that tell of parcels, and something one of them pushed."""

from dataclasses import replace
from datetime import timedelta

from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.domain.tracking.breaking import CLOSED, CarrierFault, failed
from plugin.domain.tracking.push import Push, PushId
from plugin.ports.unit_of_work import UnitOfWork
from tests.build import NOW, PLACED

SEVENTEEN_TRACK = CarrierAccount("17track", {"key": "key-nobody-sees-again"}, "push-token-of-17track", PLACED, rank=1)
AFTERSHIP = CarrierAccount("aftership", {"key": "another-hidden-key"}, "push-token-of-aftership", PLACED)
PUSHED = Push(PushId("push1"), "17track", b"new format", NOW, None, fault="not_json", fault_field="body")
"""Nobody could read it."""


def keep_accounts(unit: UnitOfWork) -> None:
    """One that works, one that is silent, one that waits for the merchant, and what nobody could read."""
    silent = Breaker(9, NOW - timedelta(hours=2), NOW + timedelta(minutes=40), CarrierFault.UNAVAILABLE)
    refused = failed(CLOSED, CarrierFault.BAD_KEYS, NOW)
    unit.carrier_accounts.save(replace(SEVENTEEN_TRACK, asked_at=NOW, pushed_at=NOW))
    unit.carrier_accounts.save(replace(AFTERSHIP, asked_at=NOW, breaker=silent))
    unit.carrier_accounts.save(CarrierAccount("ups", {}, "push-token-of-ups", PLACED, rank=2, breaker=refused))
    unit.carrier_pushes.add(PUSHED)
