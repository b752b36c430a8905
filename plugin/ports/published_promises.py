"""Ports: the place in a shop's own platform where its pages find our promises, and what is on record of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from plugin.domain.ids import ShopId
from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Audience, CountryPromises, Place
from plugin.domain.shop import Shop

GONE: Final = "gone"
"""Why nothing stands at a product's place: there is no such product any more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to stand at a place: a JSON document."""

    place: Place
    value: bytes


class WordPromises(Protocol):
    """Words the promises to a country in a language (any BCP 47 tag), as the JSON document that pages print.

    A class that does not fit into so many bytes is left out, the last first: what holds for everything holds then.
    """

    def __call__(self, promises: CountryPromises, language: str, most_bytes: int) -> bytes:
        """The document."""
        ...

    def anywhere(self, shop: Shop, language: str) -> bytes:
        """What pages print for a country that has no document: nothing is promised, the ways to us stay open."""
        ...


class PromiseBoard(Protocol):
    """One shop's, while a conversation with its platform lasts. Raises `ShopFault`."""

    most: int
    """Places in one call."""
    largest: int
    """Bytes of one entry."""

    def audience(self) -> Audience:
        """Whom the shop's pages are for now."""
        ...

    def write(self, entries: Sequence[Entry]) -> Mapping[Place, str]:
        """Keep them, in place of what stood there; those that cannot be kept, by `GONE` or the platform's reason."""
        ...

    def remove(self, places: Sequence[Place]) -> None:
        """Take them away; what is not there is no error."""
        ...


OpenBoard = Callable[[Shop], AbstractContextManager[PromiseBoard]]
"""One platform's. Raises `ShopFault`."""


class Postings(Protocol):
    """What stands on the boards of the merchant's shops, by digest, and how far writing it has come."""

    def get(self, shop: ShopId) -> Posting | None:
        """None: nothing was ever written for this shop, or it is gone."""
        ...

    def all(self) -> Sequence[Posting]:
        """Of all shops, by shop."""
        ...

    def save(self, posting: Posting) -> None:
        """Insert or replace; whoever had a lease has it no more."""
        ...

    def ask(self, shop: ShopId, at: datetime) -> None:
        """Something to be written has changed since; of a shop without posting nothing changes."""
        ...

    def hasten(self, shop: ShopId, at: datetime) -> bool:
        """Have it due then; whoever is writing has it still. False: nothing was ever written for this shop."""
        ...

    def lease(self, shop: ShopId, now: datetime, until: datetime) -> Posting | None:
        """The posting, nobody else's until then; None while it is somebody else's, or there is none."""
        ...

    def posted(self, shop: ShopId) -> Mapping[Place, Posted]:
        """What stands where, as far as we wrote it."""
        ...

    def note(self, shop: ShopId, posted: Mapping[Place, Posted], until: datetime) -> None:
        """This stands there now; the lease goes on until then."""
        ...

    def note_removed(self, shop: ShopId, places: Collection[Place]) -> None:
        """These do not stand there any more."""
        ...

    def forget(self, shop: ShopId) -> None:
        """The posting and everything that stood there: the shop let us go, and what we wrote is gone or unreachable."""
        ...
