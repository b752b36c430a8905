"""Keep what a shop sells as it is reported, and give order lines their own copy of it; the caller saves and commits."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from plugin.domain.effects import CompilePromises
from plugin.domain.line_scope import completed
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.domain.stored import Outcome, StoredOrder
from plugin.ports.unit_of_work import UnitOfWork


@dataclass(slots=True)
class ProductsAtHand:
    """The products that reports are about or sold: as on record, and as they stand after the reports so far."""

    shop: Shop
    unit: UnitOfWork
    known: dict[str, Product] = field(default_factory=dict)
    reported: dict[str, Product] = field(default_factory=dict)
    has_any_on_record: bool | None = None

    @property
    def has_any(self) -> bool:
        """Whether the shop's catalogue is known at all: without one, orders need not be looked at again."""
        if self.has_any_on_record is None:
            self.has_any_on_record = self.unit.products.has_any(self.shop.id)
        return self.has_any_on_record or bool(self.reported)

    def look_up(self, external_ids: Iterable[str]) -> None:
        """Have these at hand, as far as they are on record: one look-up, and none in a shop without products."""
        wanted = sorted({external_id for external_id in external_ids if external_id not in self.known})
        if wanted and self.has_any:
            self.known = {**self.unit.products.of(self.shop.id, wanted), **self.known}

    def receive(self, product: Product) -> Outcome:
        """What a report does to the product on record; it is saved with the others."""
        before = self.known.get(product.external_id)
        if product.leaves_out_collections:
            collections = before.collections if before else ()
            product = replace(product, leaves_out_collections=False, collections=collections)
        if before == product:
            return Outcome.UNCHANGED
        if before is not None and product.is_older_than(before):
            return Outcome.OUTDATED
        self.known[product.external_id] = self.reported[product.external_id] = product
        return Outcome.STORED

    def complete(self, stored: StoredOrder) -> StoredOrder:
        """The order with a copy for every line that had none and whose product is at hand; itself if there is none."""
        return completed(stored, self.known) if self.known else stored

    def save(self) -> None:
        """Save the products that changed; what is promised of them is found anew."""
        if self.reported:
            self.unit.products.save(self.shop.id, list(self.reported.values()))
            self.unit.queue.add([CompilePromises(self.unit.merchant)])
