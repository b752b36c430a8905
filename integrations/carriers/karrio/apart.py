"""A question asked in a process of its own: for web, where an owner tries an account, and which never loads karrio.

It takes a second more. The account's keys go through the other process's standard input and nowhere else.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import AskedParcel, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable

_PATIENCE: Final = 45.0
"""Seconds for all of it; a web server waits 60."""
_PROGRAM: Final = (sys.executable, "-m", "integrations.carriers.karrio.worker")


class Asked(msgspec.Struct, frozen=True):
    """What goes over. `address`: where the carrier is asked instead of at its own."""

    kind: str
    keys: Mapping[str, str]
    parcels: tuple[AskedParcel, ...]
    now: datetime
    address: str | None = None
    allows_private: bool = False


class Answered(msgspec.Struct, frozen=True):
    """What comes back: what was told, or which error with its parts."""

    told: tuple[Told, ...] = ()
    unavailable: tuple[str, float | None, str] | None = None
    rejected: tuple[str, str] | None = None
    unreadable: tuple[str, str] | None = None

    def opened(self) -> Sequence[Told]:
        """What was told. Raises what was raised there."""
        if self.unavailable is not None:
            raise Unavailable(self.unavailable[0], self.unavailable[1], detail=self.unavailable[2])
        if self.rejected is not None:
            raise Rejected(self.rejected[0], detail=self.rejected[1])
        if self.unreadable is not None:
            raise Unreadable(*self.unreadable)
        return self.told


class ApartSource:
    """`plugin.ports.carrier.CarrierSource`: one account, each question in a process that ends with it."""

    def __init__(self, account: CarrierAccount, address: str | None, *, allows_private: bool) -> None:
        self._account = account
        self._address = address
        self._allows_private = allows_private

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        """As the port says; a process that fails or takes too long is `Unavailable`."""
        account = self._account
        asked = Asked(account.kind, account.keys, tuple(parcels), now, self._address, self._allows_private)
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                _PROGRAM, input=msgspec.json.encode(asked), capture_output=True, timeout=_PATIENCE, check=True
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise Unavailable("carrier_unavailable") from error
        return decoder(Answered).decode(done.stdout).opened()
