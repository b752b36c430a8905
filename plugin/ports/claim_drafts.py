"""Claims that shoppers are writing, and their wishes for a link by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.ids import ClaimDraftId, OrderId, ShopId


class ClaimDrafts(Protocol):
    """Drafts, sealed under the key of the person they are about."""

    def open(self, order: OrderId) -> ClaimDraft | None:
        """The one that is being written about this order."""
        ...

    def hold(self, draft: ClaimDraftId) -> ClaimDraft:
        """The draft; nobody else changes it until this unit ends. Raises `UnknownDraft`."""
        ...

    def add(self, draft: ClaimDraft) -> bool:
        """Record a new draft; False when this person has an open one about the order.

        One that somebody else was writing is forgotten: the order has changed hands. Raises `UnknownDraft` for an
        erased person.
        """
        ...

    def save(self, draft: ClaimDraft) -> None:
        """What it says now; one that became a claim is forgotten but for that. Raises `UnknownDraft`."""
        ...

    def learn(self, draft: ClaimDraftId, can: Capabilities) -> None:
        """Keep what the platform can do with its order, beside what is written; nothing for a draft that is gone."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget drafts that nobody touched since then; how many."""
        ...


class LinkPurpose(StrEnum):
    """What somebody wants to see of their orders."""

    CLAIM = "claim"
    TRACKING = "tracking"


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """Somebody wants a link to their orders: at this address, worded in this language."""

    id: str
    shop: ShopId
    email: str
    language: str
    asked_at: datetime
    purpose: LinkPurpose = LinkPurpose.CLAIM


class LinkRequests(Protocol):
    """Wishes that wait for the worker, sealed: whether anybody has this address is looked up there, not before."""

    def add(self, request: LinkRequest) -> None:
        """Keep it."""
        ...

    def take(self, request: str) -> LinkRequest | None:
        """Forget it and say what it was; None once it was taken."""
        ...

    def waiting(self, before: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """Those from before then that nobody has taken, by id and when they were asked, newest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget those that nobody could answer in time; how many."""
        ...
