"""Every order of a shop, for the first time: by id, two pages at a time, while others are being stored.

An id never changes, so a page shifts only when an order before it leaves (for the bin, or a draft that was tidied
away). Each page is therefore asked for from the last order of the page before: as long as it begins no later than that
order, nothing lies between them; where it begins later, it is asked for again from further back. Whatever is added or
changed meanwhile is read afterwards, from the instant by the shop's clock at which this reading began.

More than two connections read a shop no faster (measured on WooCommerce 10.5), and its visitors need it as well.
"""

from collections import deque
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from integrations.platforms.woocommerce import paging
from integrations.platforms.woocommerce.answers import Answer
from integrations.platforms.woocommerce.beside import with_details
from integrations.platforms.woocommerce.changes import LATE
from integrations.platforms.woocommerce.listed import modified_at, order_of
from integrations.platforms.woocommerce.paging import BY_ID, PER_PAGE
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.decoding import decoder
from plugin.domain.first_reading import Place
from plugin.ports.shop_source import Batch

CONNECTIONS: Final = 2
_AHEAD: Final = 4
"""Pages asked for or waiting to be stored: both connections stay busy while one page is stored."""
_STRIDE: Final = PER_PAGE - 1


class Unsorted(Exception):
    """This shop cannot be read so: it does not count from where it is asked to, or does not tell the time."""


class _Word(msgspec.Struct, frozen=True):
    """A place as it is kept: the last order that was stored, where it stood, and what changes are to be read from."""

    last: int
    offset: int
    settled: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class _Page:
    """Orders from a position on; `records` leave the first out where the page before ended with it."""

    offset: int
    answer: Answer
    ids: tuple[int, ...]
    newest: datetime | None
    records: tuple[bytes, ...]

    @property
    def is_last(self) -> bool:
        return len(self.ids) < PER_PAGE

    @property
    def end(self) -> int:
        return self.offset + len(self.ids)

    def follows(self, word: _Word | None) -> bool:
        """Whether nothing can lie between what was stored and this page."""
        return self.offset == 0 or (word is not None and bool(self.ids) and min(self.ids) <= word.last)


def first_orders(reader: ShopReader, place: str | None) -> Generator[Batch, None, datetime | None]:
    """Orders from a place on; returns the instant from which changes are to be read, None for an empty shop.

    Raises `Unsorted`, and `ShopFault` as every reading.
    """
    word = decoder(_Word).decode(place) if place else None
    back = 0
    while True:
        start = max(word.offset - back, 0) if word else 0
        with closing(_pages(reader, start)) as pages:
            for page in pages:
                if not page.follows(word):
                    break
                back, word = 0, _after(page, word)
                if word is None:
                    return None
                if page.is_last:
                    changed = min(word.settled, word.newest)
                    yield Batch(page.records, changed)
                    return changed
                yield Batch(page.records, place=_place(page, word))
        back = max(PER_PAGE, back * 2)


def _after(page: _Page, word: _Word | None) -> _Word | None:
    """The place after this page; None where there never was an order."""
    if page.newest is None:
        return word
    if word is None:
        return _Word(page.ids[-1], page.end - 1, _settled(page.answer), page.newest)
    return _Word(max(word.last, page.ids[-1]), page.end - 1, word.settled, max(word.newest, page.newest))


def _settled(answer: Answer) -> datetime:
    if answer.told_at is None:
        raise Unsorted
    return answer.told_at - LATE


def _place(page: _Page, word: _Word) -> Place:
    return Place(msgspec.json.encode(word).decode(), page.end, page.answer.total)


def _pages(reader: ShopReader, start: int) -> Generator[_Page, None, None]:
    """Every page from a position on, each beginning with the last order of the one before; without end."""
    with ThreadPoolExecutor(CONNECTIONS, "first-orders") as pool:
        ahead, last = _Ahead(reader, pool, start), 0
        try:
            ahead.ask(CONNECTIONS)
            while True:
                page = ahead.take()
                if not page.is_last and page.ids[-1] <= last:
                    raise Unsorted
                last = page.ids[-1] if page.ids else last
                yield page
        finally:
            ahead.give_up()


@dataclass(slots=True)
class _Ahead:
    """Pages that were asked for and not taken yet."""

    reader: ShopReader
    pool: ThreadPoolExecutor
    position: int
    total: int | None = None
    waiting: deque[Future[_Page]] = field(default_factory=deque)

    def ask(self, depth: int) -> None:
        """See that so many pages wait, as far as there are any."""
        while len(self.waiting) < depth and (not self.waiting or self.total is None or self.position < self.total):
            self.waiting.append(self.pool.submit(_page, self.reader, self.position))
            self.position += _STRIDE

    def take(self) -> _Page:
        """The next page, others being asked for meanwhile; raises what asking for it raised."""
        page = self.waiting.popleft().result()
        self.total = page.answer.total
        self.ask(CONNECTIONS if self.total is None else _AHEAD)
        return page

    def give_up(self) -> None:
        """Ask for no more."""
        for page in self.waiting:
            page.cancel()


def _page(reader: ShopReader, offset: int) -> _Page:
    answer = paging.page(reader, "orders", {**BY_ID, "offset": str(offset)})
    records = paging.elements(answer)
    found = [order_of(record) for record in records]
    ids = tuple(order.id for order in found)
    if list(ids) != sorted(ids):
        raise Unsorted
    newest = max((modified_at(order.date_modified_gmt) for order in found), default=None)
    stored = 1 if offset else 0  # the last order of the page before
    return _Page(offset, answer, ids, newest, with_details(reader, records[stored:], found[stored:]))
