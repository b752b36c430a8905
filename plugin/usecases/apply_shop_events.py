"""Bring what platforms report into the orders and products on record: many at once, each wholly or not at all.

Imports, the inbox and retries of parked records all pass through here, inside the caller's unit of work. Of reports
that come together, products go first, so that an order's lines find what was sold wherever it stands in the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeGuard

from plugin.domain.app_events import AppEvent
from plugin.domain.effects import RebuildEntitlements
from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId
from plugin.domain.line_scope import products_wanted
from plugin.domain.order import Order, OrderRef
from plugin.domain.policy import PolicyVersion
from plugin.domain.report import OrderEvent, outcome, received, ref_of
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Ignored, OrderSeen, Product, ProductSeen, Reread, ShopEvent
from plugin.domain.shop_statuses import as_meant
from plugin.domain.stored import Outcome, StoredOrder
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import KnownOrder, UnitOfWork
from plugin.usecases.copy_products import ProductsAtHand
from plugin.usecases.import_withdrawals import import_withdrawals
from plugin.usecases.read_record import Fault, Meaning
from plugin.usecases.settle_refunds import Reported, settle_refunds
from plugin.usecases.tracking.follow_order import SavedOrder, follow_orders

Verdict = Outcome | Fault
"""What became of a report, or why it has to be parked (or tried again)."""

_TELLING = (Outcome.STORED, Outcome.OUTDATED, Outcome.UNCHANGED, Outcome.SKIPPED)
"""A report of several events is told by the first of these that one of them met."""


def apply_shop_events(reports: Sequence[Meaning], shop: Shop, unit: UnitOfWork, ids: Ids) -> list[Verdict]:
    """Save what changed and queue its projections; one verdict per report, in order. The caller commits.

    Raises `Conflict` when somebody else saved one of these orders in between.
    """
    reports = [_as_meant(meaning, shop) for meaning in reports] if shop.delivered_statuses else reports
    desk = _Desk(shop, unit, ids, ProductsAtHand(shop, unit))
    seen = [meaning for meaning in reports if _is_catalogue(meaning)]
    desk.products.look_up(product.external_id for meaning in seen for product in _products(meaning))
    of_products = [desk.apply(meaning) if _is_catalogue(meaning) else None for meaning in reports]
    desk.look_up(event.order.ref for meaning in reports if (event := _whole_order(meaning)))
    repeats = [desk.repeat(event) if (event := _whole_order(meaning)) else None for meaning in reports]
    news = [meaning for meaning, repeat in zip(reports, repeats, strict=True) if repeat is None]
    desk.load([event for meaning in news for event in _about_orders(meaning)])
    told = [product or repeat for product, repeat in zip(of_products, repeats, strict=True)]
    verdicts = [verdict or desk.apply(meaning) for meaning, verdict in zip(reports, told, strict=True)]
    desk.save()
    return verdicts


@dataclass(slots=True)
class _Desk:
    """The orders at hand: as on record, and as they stand after the reports so far."""

    shop: Shop
    unit: UnitOfWork
    ids: Ids
    products: ProductsAtHand
    known: dict[OrderRef, KnownOrder] = field(default_factory=dict)
    absent: set[OrderRef] = field(default_factory=set)
    loaded: dict[OrderRef, StoredOrder] = field(default_factory=dict)
    current: dict[OrderRef, StoredOrder] = field(default_factory=dict)
    policies: Sequence[PolicyVersion] | None = None

    def look_up(self, refs: Iterable[OrderRef]) -> None:
        """Learn which orders are on record, without opening them."""
        wanted = list(dict.fromkeys(refs))
        self.known.update(self.unit.orders.digests(self.shop.id, wanted))
        self.absent.update(ref for ref in wanted if ref not in self.known)

    def repeat(self, event: OrderSeen) -> Outcome | None:
        """What became of a report that changes nothing, told without loading the order; None: it must be loaded."""
        known = self.known.get(event.order.ref)
        if known is None:
            return None
        if event.order.updated_at < known.updated_at:
            return Outcome.OUTDATED
        if known.is_gone or (known.awaits_products and self.products.has_any):
            return None
        return Outcome.UNCHANGED if self.unit.orders.digest(event.order) == known.digest else None

    def load(self, events: Sequence[OrderEvent]) -> None:
        """Open the orders these are about, as far as they are on record, and look up what their lines are to copy."""
        refs = {ref for event in events if (ref := ref_of(event)).platform is self.shop.platform}
        wanted = [ref for ref in refs if ref not in self.absent]
        self.loaded.update(self.unit.orders.by_ref(self.shop.id, wanted) if wanted else {})
        self.current.update(self.loaded)
        if events and self.products.has_any:
            self.products.look_up(self._to_copy(events))

    def _to_copy(self, events: Iterable[OrderEvent]) -> Iterator[str]:
        for stored in self.loaded.values():
            yield from products_wanted(stored.order, stored.copies)
        for event in events:
            if isinstance(event, OrderSeen):
                known = self.loaded.get(event.order.ref)
                yield from products_wanted(event.order, known.copies if known else ())

    def apply(self, meaning: Meaning) -> Verdict:
        """Apply one report wholly, or not at all."""
        if isinstance(meaning, Fault):
            return meaning
        draft: dict[OrderRef, StoredOrder] = {}
        try:
            outcomes = {self._apply(event, draft) for event in meaning}
        except NotFound as error:
            return Fault(error.code, str(error.facts.get("field", "")))
        faults = [found for found in outcomes if isinstance(found, Fault)]
        if faults:
            return faults[0]
        self.current.update(draft)
        return next((found for found in _TELLING if found in outcomes), Outcome.SKIPPED)

    def save(self) -> None:
        """Save what changed, and have the projections of its orders computed again."""
        self.products.save()
        changed = [stored for ref, stored in self.current.items() if stored is not self.loaded.get(ref)]
        if changed:
            self.unit.orders.save(changed)
            known = {stored.id: stored for stored in self.loaded.values()}
            import_withdrawals(changed, self.unit, self.ids)
            settle_refunds([Reported(known.get(after.id), after) for after in changed], self.unit, self.ids)
            rebuild = RebuildEntitlements(self.unit.merchant, tuple(stored.id for stored in changed))
            self.unit.queue.add([rebuild])
            follow_orders([SavedOrder(known.get(after.id), after) for after in changed], self.unit, self.ids)

    def _apply(self, event: ShopEvent, draft: dict[OrderRef, StoredOrder]) -> Verdict:
        if isinstance(event, Ignored | AppEvent):  # a file cannot uninstall the app or have anybody forgotten
            return Outcome.SKIPPED
        if isinstance(event, ProductSeen):
            return self.products.receive(event.product)
        if isinstance(event, Reread):
            return Fault("needs_reread", event.subject.value)
        ref = ref_of(event)
        before = draft.get(ref) or self.current.get(ref)
        after = self.products.complete(received(event, before, self._first_record))
        draft[ref] = after
        return outcome(event, before, after)

    def _first_record(self, order: Order) -> StoredOrder:
        version = self._policy_at(order.placed.at)
        return StoredOrder(id=OrderId(self.ids.new()), shop=self.shop.id, order=order, policy_version=version)

    def _policy_at(self, placed_at: datetime) -> str | None:
        if self.policies is None:
            self.policies = self.unit.policies.all()
        in_force = [version for version in self.policies if version.effective_from <= placed_at]
        return max(in_force, key=lambda version: (version.effective_from, version.id)).id if in_force else None


def _as_meant(meaning: Meaning, shop: Shop) -> Meaning:
    """The report with orders that have arrived by what their shop means by their status."""
    if isinstance(meaning, Fault):
        return meaning
    statuses = shop.delivered_statuses
    return tuple(OrderSeen(as_meant(e.order, statuses)) if isinstance(e, OrderSeen) else e for e in meaning)


def _whole_order(meaning: Meaning) -> OrderSeen | None:
    """The event of a report that is one whole order and nothing else."""
    if isinstance(meaning, Fault) or len(meaning) != 1:
        return None
    (event,) = meaning
    return event if isinstance(event, OrderSeen) else None


def _is_catalogue(meaning: Meaning) -> bool:
    """Whether a report is of products and nothing else."""
    return not isinstance(meaning, Fault) and bool(meaning) and all(isinstance(e, ProductSeen) for e in meaning)


def _products(meaning: Meaning) -> list[Product]:
    return [] if isinstance(meaning, Fault) else [e.product for e in meaning if isinstance(e, ProductSeen)]


def _about_orders(meaning: Meaning) -> list[OrderEvent]:
    return [] if isinstance(meaning, Fault) else [event for event in meaning if _is_about_order(event)]


def _is_about_order(event: ShopEvent) -> TypeGuard[OrderEvent]:
    return not isinstance(event, Ignored | ProductSeen | Reread | AppEvent)
