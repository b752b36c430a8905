"""Opens carriers' accounts, one source each and kept, so that its token lasts as long as the carrier means it to."""

from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from typing import Final

from requests import Session

from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import CarrierSource

_MOST: Final = 256
"""Accounts at a time; who has not been asked for longest is opened anew."""


class KarrioAccounts:
    """The accounts that are open. `addresses`: by kind, where a carrier is asked instead of at its own address."""

    def __init__(self, addresses: Mapping[str, str] | None = None) -> None:
        self._addresses = dict(addresses or {})
        self._open: OrderedDict[bytes, CarrierSource] = OrderedDict()
        self._lock = Lock()

    def source(self, account: CarrierAccount, session: Session) -> CarrierSource:
        """Opens an account, or finds it open; talks to nobody yet. Half a second the first time in a process."""
        name = _name(account)
        with self._lock:
            found = self._open.pop(name, None) or self._opened(account, session)
            self._open[name] = found
            if len(self._open) > _MOST:
                self._open.popitem(last=False)
        return found

    def _opened(self, account: CarrierAccount, session: Session) -> CarrierSource:
        from integrations.carriers.karrio.worker.opening import opened  # noqa: PLC0415 - an optional extra, slow to import

        return opened(account, session, self._addresses.get(account.kind))


def _name(account: CarrierAccount) -> bytes:
    """What tells accounts apart: with other keys it is another. A digest, so that no key lies about as a name."""
    keys = (f"{name}={account.keys[name]}" for name in sorted(account.keys))
    return sha256("\0".join((account.kind, account.push_token, *keys)).encode()).digest()
