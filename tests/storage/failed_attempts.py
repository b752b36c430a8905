"""What an intruder tries with another's effects that ran out of tries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from plugin.domain.failed_effect import FailedEffect
from tests.build import NOW
from tests.storage.parcel_attempts import Attempt

FIELDS = '{"merchant":"merchant1","order":"order1"}'
FAILED = FailedEffect("failed1", "stop_shipping", FIELDS, "unavailable", NOW, NOW, request="0123456789abcdef")
LATER = NOW + timedelta(days=1)

FAILED_ATTEMPTS: Mapping[str, dict[str, Attempt]] = {
    "failed_effects": {
        "add": lambda failed, _: failed.add(FAILED),
        "get": lambda failed, _: failed.get(FAILED.id),
        "waiting": lambda failed, _: failed.waiting(LATER, 10),
        "retried": lambda failed, _: failed.retried(FAILED.id, LATER),
        "dismiss": lambda failed, _: failed.dismiss([FAILED.id], LATER),
        "take_up": lambda failed, _: failed.take_up([FAILED.id]),
        "has": lambda failed, _: failed.has(FAILED.id),
        "remove": lambda failed, _: failed.remove(FAILED.id),
        "forget": lambda failed, _: failed.forget(LATER),
    },
}
