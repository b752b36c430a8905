"""Find products of the merchant by what somebody remembers of them: a word of the name, an SKU, a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.ids import MerchantId
from plugin.domain.shop_events import Product
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.ports.views import ProductRow, Views

_MOST = 12
_BETWEEN = " – "


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """A product or a variation by its number; `name` tells variations with their product."""

    id: str
    name: str
    sku: str | None


def find_products(text: str, *, merchant: MerchantId, units: Units, views: Views) -> tuple[FoundProduct, ...]:
    """The first dozen that the text finds, by name; nothing for no text."""
    rows = views.products_like(merchant, text, _MOST) if text else ()
    with units.read(merchant) as unit:
        parents = _parents(rows, unit)
    found = {row.product.external_id: _found(row.product, parents) for row in rows}
    return tuple(sorted(found.values(), key=lambda each: each.name.casefold()))


def find_product(product: str, *, merchant: MerchantId, units: Units) -> FoundProduct | None:
    """The one of this number, of the first shop that sells it; None where no catalogue has it."""
    with units.read(merchant) as unit:
        for shop in unit.shops.all():
            sold = unit.products.of(shop.id, [product]).get(product)
            if sold is not None:
                return _found(sold, _parents([ProductRow(shop.id, sold)], unit))
    return None


def _parents(rows: Sequence[ProductRow], unit: UnitOfWork) -> Mapping[str, Product]:
    wanted = {(row.shop, row.product.parent_id) for row in rows if row.product.parent_id}
    shops = {shop for shop, _ in wanted}
    known = [unit.products.of(shop, [parent for at, parent in wanted if at == shop]) for shop in sorted(shops)]
    return {parent: product for each in known for parent, product in each.items()}


def _found(product: Product, parents: Mapping[str, Product]) -> FoundProduct:
    parent = parents.get(product.parent_id or "")
    name = _BETWEEN.join((parent.title, product.title)) if parent else product.title
    return FoundProduct(product.external_id, name or product.external_id, product.sku)
