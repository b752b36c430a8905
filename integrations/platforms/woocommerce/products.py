"""A product or variation as the catalogue has it now."""

import re
from collections.abc import Iterable
from typing import Final

from integrations.platforms.woocommerce.fields import gmt, identifier, optional_identifier, web_address
from integrations.platforms.woocommerce.records import ProductRecord, TermRecord
from plugin.domain.order import Platform
from plugin.domain.shop_events import Product

_PRICE: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
_SOLD: Final = "publish"
_ON_HAND: Final = frozenset({"instock", "onbackorder"})


def product(record: ProductRecord) -> Product:
    """The product, its categories and tags by slug; those of a variation stand on its parent alone.

    Whether a variable product is physical, its variations say.
    """
    changed = record.date_modified_gmt
    is_known = record.virtual is not None and record.type != "variable"
    return Product(
        platform=Platform.WOOCOMMERCE,
        external_id=identifier(record.id, "id"),
        title=record.name,
        parent_id=optional_identifier(record.parent_id, "parent_id"),
        sku=record.sku or None,
        categories=_slugs(record.categories),
        tags=_slugs(record.tags),
        is_physical=not record.virtual if is_known else None,
        is_download=record.downloadable if record.type != "variable" else None,
        url=web_address(record.permalink),
        price=record.price if isinstance(record.price, str) and _PRICE.fullmatch(record.price) else None,
        is_for_sale=_is_for_sale(record),
        updated_at=gmt(changed, "date_modified_gmt") if changed else None,
    )


def _is_for_sale(record: ProductRecord) -> bool | None:
    """`purchasable` is as whoever asks may buy: the keys' owner may buy a draft, so that has to be looked at too."""
    told = (record.status, record.purchasable, record.stock_status)
    if None in told:
        return None
    return record.status == _SOLD and bool(record.purchasable) and record.stock_status in _ON_HAND


def _slugs(terms: Iterable[TermRecord]) -> tuple[str, ...]:
    return tuple(term.slug or term.name for term in terms)
