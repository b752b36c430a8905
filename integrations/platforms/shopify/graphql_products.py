"""A product as `products_changed.graphql` selects it: with its collections, which webhooks leave out."""

from typing import Annotated

import msgspec

from integrations.platforms.shopify.fields import at, link, tail, text
from integrations.platforms.shopify.graphql_parts import Shape
from integrations.platforms.shopify.graphql_shapes import Collections
from integrations.platforms.shopify.lines import types
from integrations.platforms.shopify.reading import Instant
from plugin.domain.order import Platform
from plugin.domain.shop_events import Product, ProductSeen

Price = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{1,15}(\.[0-9]{1,10})?\Z")]


class Variant(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """ProductVariant."""

    id: str
    title: str
    sku: str | None
    price: Price
    available_for_sale: bool
    updated_at: Instant


class Variants(Shape, frozen=True, gc=False, kw_only=True):
    """The first hundred variants; what an order has of others is on its own lines."""

    nodes: list[Variant]


class GraphqlProduct(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Product."""

    id: str
    title: str
    product_type: str
    tags: list[str]
    status: str
    online_store_url: str | None
    updated_at: Instant
    collections: Collections
    variants: Variants


def graphql_products(given: GraphqlProduct) -> tuple[ProductSeen, ...]:
    """The product, then its variants. Whether a variant can be sold is Shopify's own word (`availableForSale`)."""
    product = Product(
        platform=Platform.SHOPIFY,
        external_id=tail(given.id),
        title=given.title,
        categories=types(given.product_type),
        collections=tuple(entry.handle for entry in given.collections.nodes),
        tags=tuple(tag for tag in map(text, given.tags) if tag),
        url=link(given.online_store_url),
        updated_at=at(given.updated_at, "updatedAt"),
    )
    return (ProductSeen(product), *(ProductSeen(_variant(each, product, given)) for each in given.variants.nodes))


def _variant(given: Variant, product: Product, whole: GraphqlProduct) -> Product:
    is_shown = whole.status == "ACTIVE" and whole.online_store_url is not None
    return Product(
        platform=Platform.SHOPIFY,
        external_id=tail(given.id),
        title=given.title,
        parent_id=product.external_id,
        sku=text(given.sku),
        categories=product.categories,
        collections=product.collections,
        tags=product.tags,
        url=product.url,
        price=given.price,
        is_for_sale=is_shown and given.available_for_sale,
        updated_at=at(given.updated_at, "updatedAt"),
    )
