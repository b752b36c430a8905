"""Ports: the place in a shop's own platform where its pages find our promises, and what is on record of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from plugin.domain.published import Audience, CountryPromises, Place
from plugin.domain.shop import Shop


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


class PromiseBoard(Protocol):
    """One platform's. Raises `ShopFault`."""

    most: int
    """Entries in one call."""
    largest: int
    """Bytes in one entry."""

    def audience(self, shop: Shop) -> Audience:
        """Whom the shop's pages are for now."""
        ...

    def write(self, shop: Shop, entries: Sequence[Entry]) -> Mapping[Place, str]:
        """Keep them, in place of what stood there; those that cannot be kept, by the platform's reason."""
        ...

    def remove(self, shop: Shop, places: Sequence[Place]) -> None:
        """Take them away; what is not there is no error."""
        ...
