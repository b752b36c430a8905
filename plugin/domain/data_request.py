"""A request to hand somebody all that is kept about them: who is meant, until when, and what became of it.

Source: Regulation (EU) 2016/679 art. 15 and 20, within a month (art. 12(3)); Shopify's `customers/data_request`, within
30 days (shopify.dev, "Privacy law compliance", 2026-10).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import DataRequestId, OrderId, PersonId, ShopId, StaffId
from plugin.domain.order import OrderRef

ANSWER_WITHIN: Final = timedelta(days=30)
WARNED_BEFORE: Final = timedelta(days=7)
"""So long before it is due the merchant's owners are reminded."""
KEPT_AFTER: Final = timedelta(days=7)
"""So long the file stays after it was handed over."""
KEPT_WAITING: Final = timedelta(days=90)
"""So long it stays, counted from the request, while nobody says that it was."""


class UnknownDataRequest(NotFound):
    """No such request, or its file is gone: handed over, its time over, or its person erased."""

    code = "data_request_unknown"


class NothingToHandOver(Conflict):
    """What was asked for is not put together yet."""

    code = "data_request_waits"


class AskedThrough(StrEnum):
    """How the request came."""

    PLATFORM = "platform"
    DESK = "desk"


class RequestState(StrEnum):
    """Where a request stands."""

    GATHERING = "gathering"
    READY = "ready"
    NOTHING = "nothing"
    """Nobody of that name is on record, so that is the answer."""
    HANDED_OVER = "handed_over"
    GONE = "gone"
    """The file is gone before anybody said that it was handed over: its time was over, or its person was erased."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom it is about, as far as it was said: any of these will do. `customer` is the platform's own id.

    `only`: once it is known who is meant, what of theirs; None: all of it. An order that is meant may stand under the
    address of somebody else, a gift or an office, whose other data is nobody's business.
    """

    email: str | None = None
    customer: str | None = None
    orders: tuple[OrderRef, ...] = ()
    only: tuple[OrderId, ...] | None = None

    def nameless(self) -> "Sought | None":
        """What remains to be known of it once nobody has to be told any more."""
        return Sought(only=self.only) if self.only is not None else None


@dataclass(frozen=True, slots=True)
class DataRequest:
    """One request about one person in one shop. Instants are UTC.

    `sought` is kept until it is answered: it says whom to tell. `reference` is the platform's own id of it;
    `object` names the sealed file. `is_dropped`: the file is to go.
    """

    id: DataRequestId
    shop: ShopId
    through: AskedThrough
    asked_at: datetime
    sought: Sought | None = None
    asked_by: StaffId | None = None
    reference: str | None = None
    person: PersonId | None = None
    packed_at: datetime | None = None
    object: str | None = None
    size: int = 0
    handed_over_at: datetime | None = None
    handed_over_by: StaffId | None = None
    is_dropped: bool = False
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    @property
    def due_at(self) -> datetime:
        """Until when it has to be answered."""
        return self.asked_at + ANSWER_WITHIN

    @property
    def state(self) -> RequestState:
        """Where it stands."""
        if self.handed_over_at is not None:
            return RequestState.HANDED_OVER
        if self.packed_at is None:
            return RequestState.GATHERING
        if self.has_file:
            return RequestState.READY
        return RequestState.NOTHING if self.person is None else RequestState.GONE

    @property
    def has_file(self) -> bool:
        """Whether there is something to download."""
        return self.object is not None and not self.is_dropped

    @property
    def is_open(self) -> bool:
        """Whether the merchant still owes an answer."""
        return self.handed_over_at is None

    def about(self, person: PersonId, only: tuple[OrderId, ...] | None = None) -> Self:
        """It is known whom it is about: all that is kept of them, or `only` these orders."""
        return replace(self, person=person, sought=replace(self.sought or Sought(), only=only))

    def packed(self, file: str, size: int, at: datetime) -> Self:
        """All there is was put together."""
        return replace(self, object=file, size=size, packed_at=at)

    def nothing(self, at: datetime) -> Self:
        """Nobody is meant, or nothing is kept of them; whom to tell so stays known."""
        return replace(self, person=None, packed_at=at)

    def unnamed(self) -> Self:
        """Whom to tell is forgotten."""
        return replace(self, sought=self.sought and self.sought.nameless())

    def handed_over(self, by: StaffId, at: datetime) -> Self:
        """The merchant says that it was answered; said twice nothing changes. Raises `NothingToHandOver`."""
        if self.packed_at is None:
            raise NothingToHandOver
        return self if self.handed_over_at else replace(self.unnamed(), handed_over_at=at, handed_over_by=by)


class Turn(StrEnum):
    """What the merchant's owners are told of it, each once."""

    ASKED = "asked"
    SOON = "soon"
    OVER = "over"


def turns(request: DataRequest, now: datetime) -> tuple[Turn, ...]:
    """What there is to tell by now: that it came, once it is put together; then that its time runs out, or is over."""
    if not request.is_open:
        return ()
    told = (Turn.ASKED,) if request.packed_at is not None else ()
    if now >= request.due_at:
        return (*told, Turn.OVER)
    return (*told, Turn.SOON) if now >= request.due_at - WARNED_BEFORE else told
