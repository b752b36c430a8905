"""What the demo store sells, as its platform would report it; all of it can be touched."""

from collections.abc import Iterator
from importlib.resources import files

import msgspec

from plugin.domain.money import Money
from plugin.domain.order import Platform
from plugin.domain.shop_events import Product

PLATFORM = Platform.WOOCOMMERCE
"""Whose product numbers the catalogue has."""


class Entry(msgspec.Struct, frozen=True):
    """A product as the data have it; its price contains the tax."""

    id: str
    title: str
    sku: str
    categories: tuple[str, ...]
    price: Money


def products() -> Iterator[Product]:
    """Every product of the catalogue."""
    for entry in entries():
        yield Product(
            platform=PLATFORM,
            external_id=entry.id,
            title=entry.title,
            sku=entry.sku,
            categories=entry.categories,
            is_physical=True,
        )


def entries() -> tuple[Entry, ...]:
    """The data as they are."""
    return msgspec.json.decode((files(__package__) / "data" / "catalogue.json").read_bytes(), type=tuple[Entry, ...])
