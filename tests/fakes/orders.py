"""Orders, their projections and the people behind them, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.digest import digest_of
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, PersonId, ShopId
from plugin.domain.line_scope import as_reported, awaits_products
from plugin.domain.order import Order, OrderRef, Shopper
from plugin.domain.stored import StoredOrder
from plugin.ports.encoded_order import EncodedOrder
from plugin.ports.unit_of_work import KnownOrder
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeOrders:
    tables: Tables

    def get(self, order: OrderId) -> StoredOrder:
        if order not in self.tables.orders:
            raise NotFound({"order": order})
        return self._opened(self.tables.orders[order])

    def by_ref(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, StoredOrder]:
        return {stored.order.ref: self._opened(stored) for stored in self._of(shop) if stored.order.ref in set(refs)}

    def numbers(self, wanted: Sequence[OrderId]) -> Mapping[OrderId, str]:
        return {each: self.tables.orders[each].order.number for each in wanted if each in self.tables.orders}

    def digest(self, order: Order) -> bytes:
        return b"keyed" + digest_of(order)

    def digests(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, KnownOrder]:
        return {
            stored.order.ref: KnownOrder(
                stored.id,
                stored.order.updated_at,
                self.digest(as_reported(stored)),
                stored.version,
                awaits_products=awaits_products(stored),
                is_gone=stored.is_gone,
            )
            for stored in self._of(shop)
            if stored.order.ref in set(refs)
        }

    def by_number(self, shop: ShopId, number: str) -> Sequence[StoredOrder]:
        wanted = number.casefold().lstrip("#")
        return [self._opened(s) for s in self._of(shop) if s.order.number.casefold().lstrip("#") == wanted]

    def of_shopper(self, shop: ShopId, email: str, number: str | None = None) -> Sequence[OrderId]:
        person = self.tables.people.get(email.lower())
        numbered = {stored.id for stored in self.by_number(shop, number)} if number is not None else None
        found = self.of_person(shop, person) if person else []
        return [order for order in found if numbered is None or order in numbered]

    def of_person(self, shop: ShopId, person: PersonId) -> Sequence[OrderId]:
        theirs = [stored for stored in self._of(shop) if self.tables.holders.get(stored.id) == person]
        return [s.id for s in sorted(theirs, key=lambda s: (s.order.placed.at, s.id), reverse=True)]

    def batch(self, shop: ShopId | None, after: OrderId | None, limit: int) -> Sequence[StoredOrder]:
        ids = sorted(order for order in self.tables.orders if after is None or order > after)
        found = [self._opened(self.tables.orders[order]) for order in ids]
        return [stored for stored in found if shop in (None, stored.shop)][:limit]

    def expect(self, encoded: Iterable[EncodedOrder]) -> None:
        assert all(entry.digest == digest_of(entry.order) for entry in encoded)

    def save(self, orders: Sequence[StoredOrder]) -> None:
        for stored in orders:
            known = self.tables.orders.get(stored.id)
            if stored.version != (known.version if known else 0) or self._is_taken(stored):
                raise Conflict({"what": "order"})
        for stored in orders:
            self.tables.orders[stored.id] = replace(stored, version=stored.version + 1)
            self._name_holder(stored)

    def _is_taken(self, new: StoredOrder) -> bool:
        return any(s.order.ref == new.order.ref and s.id != new.id for s in self._of(new.shop))

    def _of(self, shop: ShopId) -> Iterable[StoredOrder]:
        return (stored for stored in self.tables.orders.values() if stored.shop == shop)

    def _name_holder(self, stored: StoredOrder) -> None:
        email = (stored.order.shopper.email or "").lower()
        if self.tables.holders.get(stored.id) in self.tables.erased:
            return
        if email and not stored.order.shopper.is_erased:
            person = self.tables.people.setdefault(email, PersonId(f"person-{len(self.tables.holders)}-{stored.id}"))
            self.tables.holders[stored.id] = person

    def _opened(self, stored: StoredOrder) -> StoredOrder:
        if self.tables.holders.get(stored.id) not in self.tables.erased:
            return stored
        return replace(stored, order=replace(stored.order, shopper=Shopper(is_erased=True)))


@dataclass(slots=True)
class FakeEntitlements:
    tables: Tables

    def replace(self, order: OrderId, lines: Sequence[LineEntitlements]) -> None:
        self.tables.entitlements[order] = tuple(lines)
        self.tables.projections_written += 1

    def of(self, order: OrderId) -> Sequence[LineEntitlements]:
        return self.tables.entitlements.get(order, ())

    def outdated(self, rulebook_version: str, calendar_version: str, limit: int) -> Sequence[OrderId]:
        present = (rulebook_version, calendar_version)
        stored = self.tables.entitlements.items()
        other = (
            o for o, lines in stored if lines and (lines[0].rulebook_version, lines[0].calendar_version) != present
        )
        return list(other)[:limit]


@dataclass(slots=True)
class FakePeople:
    tables: Tables

    def find(self, email: str) -> PersonId | None:
        return self.tables.people.get(email.lower())

    def behind(self, orders: Sequence[OrderId]) -> Mapping[OrderId, PersonId]:
        return {order: holder for order, holder in self.tables.holders.items() if order in orders}

    def orders_of(self, person: PersonId, shop: ShopId | None = None) -> Sequence[OrderId]:
        theirs = [self.tables.orders[order] for order, holder in self.tables.holders.items() if holder == person]
        newest = sorted(theirs, key=lambda stored: (stored.order.placed.at, stored.id), reverse=True)
        return [stored.id for stored in newest if shop in {None, stored.shop}]

    def forget_address(self, email: str, at: datetime) -> None:
        """Nothing is restored here."""

    def forget_order(self, order: OrderId, at: datetime) -> None:
        if order not in self.tables.holders:
            raise NotFound({"order": order})
        self.tables.holders[order] = PersonId(order)
        self.tables.erased[PersonId(order)] = at
        self._forget_alerts(PersonId(order), at)

    def only_of(self, shop: ShopId, limit: int) -> Sequence[PersonId]:
        shops: dict[PersonId, set[ShopId]] = {}
        for order, holder in self.tables.holders.items():
            if holder not in self.tables.erased:
                shops.setdefault(holder, set()).add(self.tables.orders[order].shop)
        return [person for person, known in shops.items() if known == {shop}][:limit]

    def erase(self, person: PersonId, at: datetime) -> None:
        self.tables.erased[person] = at
        self.tables.people = {email: known for email, known in self.tables.people.items() if known != person}
        self._forget_alerts(person, at)

    def _forget_alerts(self, person: PersonId, at: datetime) -> None:
        for each in self.tables.alerts.values():
            if self.tables.holders[each.order] == person:
                self.tables.alerts[each.id] = replace(each, address=None, version=each.version + 1)
                self.tables.alert_watches[each.shipment] = at
