"""A merchant's accounts with services that tell of parcels, and something one of them pushed."""

from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.push import Push, PushId
from tests.build import NOW, PLACED

SEVENTEEN_TRACK = CarrierAccount("17track", {"key": "key-nobody-sees-again"}, "push-token-of-17track", PLACED, rank=1)
AFTERSHIP = CarrierAccount("aftership", {"key": "another-hidden-key"}, "push-token-of-aftership", PLACED)
PUSHED = Push(PushId("push1"), "17track", b"new format", NOW, None, fault="not_json", fault_field="body")
"""Nobody could read it."""
