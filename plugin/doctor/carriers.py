"""Carriers' accounts: their hosts can be reached, and answered when they were last asked. No question is spent."""

from collections.abc import Iterator, Mapping
from typing import Final

from integrations.carriers.aftership.client import BASE as AFTERSHIP
from integrations.carriers.seventeen_track.client import BASE as SEVENTEEN_TRACK
from integrations.reach import reach
from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.deps import Deps
from plugin.ports.errors import Unavailable

HOSTS: Final = {"17track": SEVENTEEN_TRACK, "aftership": AFTERSHIP}
"""Those that we call ourselves; where the others are, karrio knows."""


def look(deps: Deps, hosts: Mapping[str, str] = HOSTS) -> Iterator[Finding]:
    """Each kind's host once, and each account that did not answer."""
    accounts = [account for account in _accounts(deps) if account.is_on]
    for kind in sorted({account.kind for account in accounts} & hosts.keys()):
        try:
            reach(hosts[kind], allows_private=False)
        except Unavailable as error:
            yield failed(f"carrier {kind}", f"cannot be reached: {error}", "let this machine call it by https")
        else:
            yield ok(f"carrier {kind}", "can be reached")
    for account in accounts:
        if account.breaker.fault:
            told = f"an account did not answer the last {account.breaker.failures} times: {account.breaker.fault}"
            yield warning(f"carrier {account.kind}", told, "look at Settings, Carriers; it is asked again by itself")


def _accounts(deps: Deps) -> Iterator[CarrierAccount]:
    for merchant in deps.directory.merchants():
        with deps.units.read(merchant.id) as unit:
            yield from unit.carrier_accounts.all()
