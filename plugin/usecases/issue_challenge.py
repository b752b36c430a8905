"""Issue what a device is asked to sign, and tell whether an answer is to one of ours: nothing is kept until it is.

A challenge says when it was issued, to which browser and what for, under this installation's signature. It holds for
five minutes, in that browser alone; the merchant whose passkey answers it notes that it was spent.
"""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from enum import StrEnum

from plugin.domain.passkey import CHALLENGE_HOLDS, PasskeyRefused
from plugin.ports.secrets import Secrets, vouches
from plugin.ports.unit_of_work import UnitOfWork


class Asked(StrEnum):
    """What a device is asked for."""

    TO_SIGN_IN = "passkey sign-in v1"
    TO_MAKE = "passkey making v1"


def issue_challenge(asked: Asked, browser: str, *, secrets: Secrets, now: datetime) -> bytes:
    """A fresh challenge; `browser` is what only this browser and we know, so that nobody else can answer for it."""
    said = f"{int(now.timestamp())}.{secrets.token()}"
    return f"{said}.{_signature(asked, said, browser, secrets)}".encode()


def spend_challenge(
    challenge: bytes, asked: Asked, browser: str, unit: UnitOfWork, *, secrets: Secrets, now: datetime
) -> None:
    """Take a challenge that was answered, once, in the caller's unit, which has to commit. Raises `PasskeyRefused`."""
    said, _, signature = challenge.decode("ascii", "replace").rpartition(".")
    if not vouches(secrets, signature, lambda each: _signature(asked, said, browser, each)):
        raise PasskeyRefused
    until = datetime.fromtimestamp(int(said.partition(".")[0]), UTC) + CHALLENGE_HOLDS
    if now >= until or not unit.passkeys.spend(secrets.hash(said), until):
        raise PasskeyRefused


def _signature(asked: Asked, said: str, browser: str, secrets: Secrets) -> str:
    return urlsafe_b64encode(secrets.sign(asked, f"{said}\0{browser}")).decode()
