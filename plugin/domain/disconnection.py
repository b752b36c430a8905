"""Letting a shop go: its keys are kept for as long as it takes to have it stop sending us webhooks, and no longer."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from plugin.domain.backoff import next_attempt
from plugin.domain.connection import Connection, Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.ids import ShopId

_SHOWN = 7
"""WooCommerce lists a key by its last seven characters (10.5, `truncated_key`)."""


class DisconnectionState(StrEnum):
    """How far letting go has come."""

    REMOVING = "removing"
    """The shop is to be asked, for the first time or again."""
    REMOVED = "removed"
    """The shop sends us nothing any more."""
    LEFT = "left"
    """The shop could not be asked: its owner has to take the webhooks away."""


@dataclass(frozen=True, slots=True)
class Disconnection:
    """One shop that was let go. Instants are aware UTC.

    `key_ending` is what the shop's own list shows of the key, which only its owner can delete there. `due_at`: from
    when on the shop may be asked, the first time or again; `fault` is why it could not be.
    """

    shop: ShopId
    began_at: datetime
    key_ending: str
    credentials: Credentials | None
    due_at: datetime | None
    attempts: int = 0
    fault: str | None = None
    fault_detail: str | None = None

    @classmethod
    def of(cls, connection: Connection, now: datetime) -> Self:
        """What remains to be done about a connection that ends now."""
        keys = connection.credentials
        return cls(connection.shop, now, keys.key[-_SHOWN:], keys, now)

    @property
    def state(self) -> DisconnectionState:
        """Told by what is kept: keys mean that the shop has yet to be asked."""
        if self.credentials is not None:
            return DisconnectionState.REMOVING
        return DisconnectionState.LEFT if self.fault else DisconnectionState.REMOVED

    def removed(self) -> Self:
        """After the shop has none of our webhooks any more; the keys are forgotten."""
        return replace(self, credentials=None, due_at=None, fault=None, fault_detail=None)

    def failed(self, fault: ShopFault, now: datetime) -> Self:
        """After a fault: asked again later and later, and after some two hours no more; then the keys are forgotten."""
        attempts = self.attempts + 1
        due = None if fault.is_final else next_attempt(attempts, now)
        told = replace(self, attempts=attempts, due_at=due, fault=fault.code, fault_detail=fault.detail)
        return told if due else replace(told, credentials=None)
