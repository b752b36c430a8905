"""A product or variation as the catalogue has it now."""

from collections.abc import Iterable

from integrations.platforms.woocommerce.fields import gmt, identifier, optional_identifier, web_address
from integrations.platforms.woocommerce.records import ProductRecord, TermRecord
from plugin.domain.order import Platform
from plugin.domain.shop_events import Product


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
        updated_at=gmt(changed, "date_modified_gmt") if changed else None,
    )


def _slugs(terms: Iterable[TermRecord]) -> tuple[str, ...]:
    return tuple(term.slug or term.name for term in terms)
