"""Whether goods can be had now, by the variants as Shopify has them at this moment."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, gid
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.fields import tail
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_VARIANTS: Final = query("variants_now", "VariantsNow")
_ACTIVE, _DENY = "ACTIVE", "DENY"


class _Item(msgspec.Struct):
    tracked: bool


class _Product(msgspec.Struct):
    status: str


class Variant(msgspec.Struct, frozen=True, rename="camel"):
    """A variant now; nobody counts the stock of one that is not tracked."""

    id: str
    available_for_sale: bool
    inventory_policy: str
    inventory_quantity: int | None
    inventory_item: _Item
    product: _Product

    def has(self, quantity: int) -> bool:
        """Whether so many units can be sold."""
        if not self.available_for_sale or self.product.status != _ACTIVE:
            return False
        is_counted = self.inventory_item.tracked and self.inventory_policy == _DENY
        return not is_counted or (self.inventory_quantity or 0) >= quantity


class _Found(msgspec.Struct):
    nodes: list[Variant | None]


def variants(calls: Calls, ids: Iterable[str]) -> list[Variant]:
    """Those of these variants that there are."""
    known = [gid("ProductVariant", each) for each in ids if each.isdecimal()]
    found = calls.find(_VARIANTS, _Found, ids=known).nodes if known else []
    return [each for each in found if each is not None]


def check_stock(found: Iterable[Variant], wanted: Mapping[str, int]) -> None:
    """Raises `Rejected`: no such variant, or not so many of it; drafts and exchanges would sell what is sold out."""
    there = {tail(each.id): each for each in found}
    for variant, quantity in wanted.items():
        if variant not in there or quantity < 1:
            raise Rejected(Refusal.INVALID, detail=f"variant {variant}")
        if not there[variant].has(quantity):
            raise Rejected(Refusal.MORE_THAN_LEFT, detail=f"variant {variant}")
