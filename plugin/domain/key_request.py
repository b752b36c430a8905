"""Keys that a shop is asked for on its platform's own page, and what became of the asking.

WooCommerce's page (`wc-auth`, measured on 10.5) sends the keys to us with a name we gave and no word about the shop:
the name has to be unguessable, and the keys are believed only once the shop we started from has taken them.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Self

from plugin.domain.backoff import next_attempt
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.errors import NotAllowed
from plugin.domain.ids import ShopId, StaffId

KEYS_WANTED_FOR = timedelta(hours=1)
"""Long enough to sign in to a shop and look for its second factor; the page's own link would hold a day."""
KEPT = timedelta(days=7)
"""For staff to see what became of an asking."""


class KeysNotWanted(NotAllowed):
    """Nobody asked for these keys, or not any more."""

    code = "keys_not_wanted"


class KeyState(StrEnum):
    """How far asking a shop for keys has come."""

    ASKED = "asked"
    CAME = "came"
    """The keys are here and have to be proved."""
    CONNECTED = "connected"
    REFUSED = "refused"
    """The keys came and did not do."""
    DENIED = "denied"
    """Somebody at the shop said no."""
    EXPIRED = "expired"
    """Nothing came in time."""


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """One asking. Instants are aware UTC; only the hash of the name the shop was told is kept.

    `due_at`: from when on keys that came may be tried, the first time or again; `fault` is why they were not taken.
    """

    id: str
    address: str
    name_hash: bytes
    asked_by: StaffId | None
    asked_at: datetime
    expires_at: datetime
    state: KeyState = KeyState.ASKED
    keys: Credentials | None = None
    due_at: datetime | None = None
    attempts: int = 0
    fault: str | None = None
    fault_detail: str | None = None
    shop: ShopId | None = None
    companion: str | None = None
    """The name under which the shop's plugin waits to be let in once the shop is connected; None: none waits."""

    def wants(self, name_hash: bytes, now: datetime) -> bool:
        """Whether keys that come under this name are for this asking, and in time."""
        return compare_digest(self.name_hash, name_hash) and now < self.expires_at

    def came(self, keys: Credentials, now: datetime) -> Self:
        """With these keys to be proved, in the place of any that came before: the shop's page can be approved twice."""
        fresh = replace(self, state=KeyState.CAME, keys=keys, due_at=now, attempts=0)
        return replace(fresh, fault=None, fault_detail=None)

    def denied(self) -> Self:
        """After a no; keys that have come stay."""
        return replace(self, state=KeyState.DENIED) if self.state is KeyState.ASKED else self

    def connected(self, shop: ShopId) -> Self:
        """After the shop took the keys, which live with its connection from now on."""
        done = replace(self, state=KeyState.CONNECTED, keys=None, due_at=None, shop=shop)
        return replace(done, fault=None, fault_detail=None)

    def refused(self, code: str, detail: str | None) -> Self:
        """After a no that trying again does not change; the keys are forgotten."""
        done = replace(self, state=KeyState.REFUSED, keys=None, due_at=None)
        return replace(done, fault=code, fault_detail=detail)

    def failed(self, fault: ShopFault, now: datetime) -> Self:
        """After a fault: tried again later and later, and in the end no more."""
        attempts = self.attempts + 1
        due = None if fault.is_final else next_attempt(attempts, now)
        if due is None:
            return self.refused(fault.code, fault.detail)
        return replace(self, attempts=attempts, due_at=due, fault=fault.code, fault_detail=fault.detail)

    def admitted(self) -> Self:
        """After the plugin was let in: once is enough."""
        return replace(self, companion=None)

    def standing(self, now: datetime) -> KeyState:
        """How far it has come, told at this instant."""
        is_over = self.state is KeyState.ASKED and now >= self.expires_at
        return KeyState.EXPIRED if is_over else self.state
