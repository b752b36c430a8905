"""A product and its variants as the catalogue has them now."""

import re
from collections.abc import Mapping

from integrations.platforms.shopify.fields import at, key, text
from integrations.platforms.shopify.lines import types
from integrations.platforms.shopify.webhook_shapes import Product as WebhookProduct
from integrations.platforms.shopify.webhook_shapes import Variant
from plugin.domain.order import Platform
from plugin.domain.shop_events import Product, ProductSeen

_SHOP = re.compile(r"\A[a-z0-9][a-z0-9-]*\.myshopify\.com\Z", re.ASCII)
_PRICE = re.compile(r"\A[0-9]{1,15}(\.[0-9]{1,10})?\Z", re.ASCII)
_HANDLE = re.compile(r"\A[\w%-]+\Z")


def products_seen(given: WebhookProduct, headers: Mapping[str, str]) -> tuple[ProductSeen, ...]:
    """The product, then each variant that is described (those beyond the hundredth are only named)."""
    product = Product(
        platform=Platform.SHOPIFY,
        external_id=key(given),
        title=given.title,
        categories=types(given.product_type),
        tags=tuple(tag for tag in (text(part) for part in given.tags.split(",")) if tag),
        url=_url(given, headers),
        updated_at=None if given.updated_at is None else at(given.updated_at, "updated_at"),
        leaves_out_collections=True,
    )
    variants = [_variant(variant, product, given) for variant in given.variants if variant.title is not None]
    return (ProductSeen(product), *(ProductSeen(variant) for variant in variants))


def _variant(given: Variant, product: Product, whole: WebhookProduct) -> Product:
    return Product(
        platform=Platform.SHOPIFY,
        external_id=key(given),
        title=given.title or product.title,
        parent_id=product.external_id,
        sku=text(given.sku),
        categories=product.categories,
        tags=product.tags,
        url=product.url,
        price=given.price if given.price and _PRICE.match(given.price) else None,
        is_for_sale=_is_for_sale(given, whole),
        updated_at=None if given.updated_at is None else at(given.updated_at, "updated_at"),
        leaves_out_collections=True,
    )


def _is_for_sale(given: Variant, whole: WebhookProduct) -> bool | None:
    """On sale, and there or sold beyond what is there.

    A body says of no variant whether its stock is counted at all (2026-07), so one of a shop that does not count is
    taken for sold out where its number is 0: it is not offered, and may still be asked for in words.
    """
    if whole.status is None or given.inventory_policy is None or given.inventory_quantity is None:
        return None
    is_there = given.inventory_policy == "continue" or given.inventory_quantity > 0
    return whole.status == "active" and whole.published_at is not None and is_there


def _url(given: WebhookProduct, headers: Mapping[str, str]) -> str | None:
    """The product's page under the shop's permanent name, once it is published."""
    shop = next((value for name, value in headers.items() if name.lower() == "x-shopify-shop-domain"), "")
    if given.published_at is None or not _SHOP.match(shop) or not _HANDLE.match(given.handle or ""):
        return None
    return f"https://{shop}/products/{given.handle}"
