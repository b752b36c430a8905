"""What the demo's platform has done to each order: a sealed file per order, whole or not at all, one writer at once."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.ids import ShopId
from plugin.domain.money import Money
from plugin.domain.order import OrderRef, Price
from plugin.ports.errors import Unavailable, Unreadable
from plugin.ports.sealer import Sealer

_MODE = 0o600


class LineRefund(msgspec.Struct, frozen=True):
    """One line of a refund as the platform took it: `amount` and `tax` are the goods'."""

    line: str
    quantity: int
    amount: Price
    tax: Price


class BookedRefund(msgspec.Struct, frozen=True):
    """A refund that the platform made. `is_online`: money moved, else it is on record only."""

    id: str
    key: str
    at: datetime
    total: Price
    lines: tuple[LineRefund, ...]
    beside: Price
    """Delivery and duty."""
    is_online: bool
    restocked: bool = False
    return_id: str | None = None
    is_reported: bool = False


class BookedParcel(msgspec.Struct, frozen=True):
    """A parcel on its way back: what it holds, and how it travels."""

    id: str
    lines: tuple[tuple[str, int], ...]
    number: str | None = None
    url: str | None = None
    label: str | None = None


class BookedReturn(msgspec.Struct, frozen=True):
    """A return as the platform keeps it: requested, open, declined, cancelled or closed.

    `lines` and `handled`, the units received of them, by order line; `disposed`: order line, what became, units.
    """

    id: str
    key: str
    status: str
    lines: tuple[tuple[str, int], ...]
    is_reported: bool = False
    handled: tuple[tuple[str, int], ...] = ()
    disposed: tuple[tuple[str, str, int], ...] = ()
    parcels: tuple[BookedParcel, ...] = ()
    shipping_fee: Money | None = None
    restocking_fees: tuple[tuple[str, Money], ...] = ()
    declined: str | None = None
    """Why it was declined."""


class Deed(msgspec.Struct, frozen=True):
    """Anything else that was done under a key: what kind, its result, and what was said with it."""

    key: str
    kind: str
    id: str
    detail: str = ""
    beyond: int = 0
    """Of an exchange: what the new goods cost beyond the others, in minor units; below zero: less."""
    currency: str = ""
    """Of that difference."""
    paid_at: datetime | None = None
    """When the shopper paid it, in the demo store's checkout."""


class Book(msgspec.Struct, frozen=True):
    """Everything about one order."""

    refunds: tuple[BookedRefund, ...] = ()
    returns: tuple[BookedReturn, ...] = ()
    deeds: tuple[Deed, ...] = ()

    def deed(self, key: str) -> Deed | None:
        """What was done under this key."""
        return next((deed for deed in self.deeds if deed.key == key), None)

    @property
    def is_cancelled(self) -> bool:
        """Whether the order was cancelled."""
        return any(deed.kind == "cancel_order" for deed in self.deeds)


class Troubles(msgspec.Struct, frozen=True):
    """What the platform was told to do wrong next: how often it is unavailable, loses an answer, delays a report."""

    unavailable: int = 0
    lost_answers: int = 0
    refusal: str | None = None
    """Every refund is refused with this code until told otherwise."""
    delays_reports: bool = False


Kept = TypeVar("Kept", Book, Troubles)


class Books:
    """The folder with all of them; every process sees the same, and a killed one leaves whole files behind."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer

    def read(self, shop: ShopId, order: OrderRef) -> Book:
        """As it is now; empty for an order that nothing was done to."""
        return self._read(_name(shop, order), Book)

    @contextmanager
    def held(self, shop: ShopId, order: OrderRef) -> Iterator["Page"]:
        """The book with nobody else at it."""
        name = _name(shop, order)
        with self._alone(name):
            yield Page(self, name, self._read(name, Book))

    def troubles(self, shop: ShopId) -> Troubles:
        """What the shop's platform was told to do wrong."""
        return self._read(_shop_name(shop), Troubles)

    def trouble(self, shop: ShopId, troubles: Troubles) -> None:
        """Tell it."""
        self.write(_shop_name(shop), troubles)

    @contextmanager
    def troubled(self, shop: ShopId) -> Iterator[Troubles]:
        """The same with nobody else at it, for one trouble to be used up."""
        with self._alone(_shop_name(shop)):
            yield self.troubles(shop)

    def write(self, name: str, content: msgspec.Struct) -> None:
        """Replace a file; on the disk before it counts."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(handle, "wb") as file:
            file.write(self._sealer.seal(msgspec.json.encode(content), name))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(self._folder / name)

    def _read(self, name: str, kind: type[Kept]) -> Kept:
        try:
            return decoder(kind).decode(self._sealer.open((self._folder / name).read_bytes(), name))
        except FileNotFoundError:
            return kind()
        except Unreadable as error:
            raise Unavailable("the demo platform's books were sealed under another key") from error

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


class Page:
    """One order's book, held: `write` is the moment something has been done."""

    def __init__(self, books: Books, name: str, book: Book) -> None:
        self._books = books
        self._name = name
        self.book = book

    def write(self, book: Book) -> None:
        """It is done."""
        self._books.write(self._name, book)
        self.book = book


def _name(shop: ShopId, order: OrderRef) -> str:
    return _file(f"{shop}:{order.platform}:{order.external_id}")


def _shop_name(shop: ShopId) -> str:
    return _file(f"{shop}:troubles")


def _file(of: str) -> str:
    return f"{sha256(of.encode()).hexdigest()[:32]}.book"
