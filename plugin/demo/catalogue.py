"""What the demo store sells, as its platform would report it; all of it can be touched."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.money import Money
from plugin.domain.order import Platform
from plugin.domain.shop_events import Product

PLATFORM = Platform.WOOCOMMERCE
"""Whose product numbers the catalogue has."""


class EntryVariant(msgspec.Struct, frozen=True):
    """A variant of a product; its price contains the tax."""

    id: str
    title: str
    sku: str
    price: Money
    is_for_sale: bool = True


class Entry(msgspec.Struct, frozen=True):
    """A product as the data have it; its price contains the tax."""

    id: str
    title: str
    sku: str
    categories: tuple[str, ...]
    price: Money
    variants: tuple[EntryVariant, ...] = ()


def products() -> Iterator[Product]:
    """Every product of the catalogue, each before its variants."""
    for entry in entries():
        product = Product(
            platform=PLATFORM,
            external_id=entry.id,
            title=entry.title,
            sku=entry.sku,
            categories=entry.categories,
            is_physical=True,
            price=str(entry.price.decimal()),
            is_for_sale=True,
        )
        yield product
        for variant in entry.variants:
            yield replace(
                product,
                external_id=variant.id,
                parent_id=entry.id,
                title=variant.title,
                sku=variant.sku,
                categories=(),
                price=str(variant.price.decimal()),
                is_for_sale=variant.is_for_sale,
            )


def prices() -> Iterator[tuple[str, Money]]:
    """What each product and variant costs, by its number."""
    for entry in entries():
        yield entry.id, entry.price
        yield from ((variant.id, variant.price) for variant in entry.variants)


def entries() -> tuple[Entry, ...]:
    """The data as they are."""
    return decoder(tuple[Entry, ...]).decode((files(__package__) / "data" / "catalogue.json").read_bytes())
