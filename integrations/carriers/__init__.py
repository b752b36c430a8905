"""Who tells of parcels, behind `plugin.ports.carrier`: one adapter a kind of account."""

from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Final

from requests import Session

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers.aftership.adapter import AFTERSHIP
from integrations.carriers.karrio.adapters import karrio_adapters, karrio_apart
from integrations.carriers.karrio.kinds import missing_kinds
from integrations.carriers.seventeen_track.adapter import SEVENTEEN_TRACK
from integrations.guarded_http import open_session
from integrations.shop_sessions import ShopSessions
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import CarrierKind, CarrierSource, PushReader

__all__ = ["CARRIERS", "InstalledCarriers", "carriers", "carriers_of_web", "missing_kinds"]

CARRIERS: Final[Mapping[str, CarrierAdapter]] = {
    "17track": SEVENTEEN_TRACK,
    "aftership": AFTERSHIP,
    **karrio_adapters(),
}
"""By kind, which is what accounts are saved under. Carriers' own accounts are among them where karrio is installed;
`missing_kinds` has those that it would add."""


def _open() -> Session:
    """A session that keeps no cookies: merchants share it, and one's may not go along with another's question."""
    session = open_session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


class InstalledCarriers:
    """`plugin.ports.carrier.Carriers`: those adapters, each kind over one pooled session."""

    def __init__(self, adapters: Mapping[str, CarrierAdapter], open_one: Callable[[], Session] = _open) -> None:
        self._adapters = adapters
        self._sessions = ShopSessions(open_one)

    def kinds(self) -> Mapping[str, CarrierKind]:
        """By kind."""
        return {name: adapter.kind for name, adapter in self._adapters.items()}

    def missing(self) -> Mapping[str, CarrierKind]:
        """Those that the extra `carriers` would add."""
        return missing_kinds()

    def source(self, account: CarrierAccount) -> CarrierSource | None:
        """Opens an account; talks to nobody yet."""
        adapter = self._adapters.get(account.kind)
        opens = adapter.source if adapter else None
        return opens(account, self._sessions(account.kind)) if opens else None

    def push(self, account: CarrierAccount) -> PushReader | None:
        """What reads this account's pushes."""
        adapter = self._adapters.get(account.kind)
        return adapter.push(account) if adapter and adapter.push else None


def carriers() -> InstalledCarriers:
    """All that are installed here, for the worker."""
    return InstalledCarriers(CARRIERS)


def carriers_of_web() -> InstalledCarriers:
    """The same for web, where an owner tries an account: karrio is asked in a process of its own."""
    return InstalledCarriers({**CARRIERS, **karrio_apart()})
