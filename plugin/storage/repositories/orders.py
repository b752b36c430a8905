"""Order aggregates: facts in the clear, the shopper's part sealed under their own key."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, PersonId, ShopId
from plugin.domain.line_scope import as_reported
from plugin.domain.order import Order, OrderRef, Shopper
from plugin.domain.stored import StoredOrder
from plugin.ports.encoded_order import EncodedOrder
from plugin.ports.unit_of_work import KnownOrder
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.encoded_orders import EncodedOrders
from plugin.storage.order_codec import dump_shopper, load_facts, load_shopper
from plugin.storage.order_row import order_row
from plugin.storage.persons import Person, Persons
from plugin.storage.scope import Scope, batches
from plugin.storage.search import normalised
from plugin.storage.tables import orders, people
from plugin.storage.vault import Vault

_WITH_PERSON = orders.outerjoin(people)
_COLUMNS = (
    *(orders.c[name] for name in ("id", "shop_id", "policy_version", "is_gone", "version", "person_id")),
    orders.c.personal,
    orders.c.facts,
    people.c.key_id,
    people.c.wrapped_key,
)
_MOST_OF_A_SHOPPER = 100
_ERASED = Shopper(is_erased=True)


class SqlOrders:
    """`plugin.ports.unit_of_work.Orders`."""

    def __init__(self, scope: Scope, vault: Vault, persons: Persons) -> None:
        self._scope = scope
        self._vault = vault
        self._persons = persons
        self._encoded = EncodedOrders()

    def get(self, order: OrderId) -> StoredOrder:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(orders.c.id == order))
        if row is None:
            raise NotFound({"order": order})
        return self._load(row)

    def by_ref(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, StoredOrder]:
        """Those of these orders that are on record."""
        found = (self._load(row) for row in self._at(self._select(), shop, refs))
        return {stored.order.ref: stored for stored in found}

    def numbers(self, wanted: Sequence[OrderId]) -> Mapping[OrderId, str]:
        """What people call them; opens nothing."""
        found = self._scope.select(orders, orders.c.id, orders.c.number)
        return {OrderId(row.id): row.number for row in self._scope.rows_at(found, orders.c.id, wanted)}

    def digest(self, order: Order) -> bytes:
        """Keyed by the merchant: it outlives an erasure and must not confirm a guess at what was erased."""
        return self._vault.digest(self._encoded.digest(order))

    def digests(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, KnownOrder]:
        """Those of these orders that are on record, by digest; opens nothing."""
        names = ("external_id", "id", "updated_at", "digest", "version", "awaits_products", "is_gone")
        columns = (orders.c[name] for name in names)
        by_external_id = {ref.external_id: ref for ref in refs}
        return {
            by_external_id[row.external_id]: KnownOrder(
                row.id,
                row.updated_at,
                row.digest,
                row.version,
                awaits_products=row.awaits_products is not False,
                is_gone=row.is_gone,
            )
            for row in self._at(self._scope.select(orders, *columns), shop, refs)
        }

    def by_number(self, shop: ShopId, number: str) -> Sequence[StoredOrder]:
        """Orders with exactly this number, case and a leading # aside, in id order."""
        matching = orders.c.number_normalised == normalised(number)
        return self._all(self._select().where(matching, orders.c.shop_id == shop).order_by(orders.c.id))

    def of_shopper(self, shop: ShopId, email: str, number: str | None = None) -> Sequence[OrderId]:
        """Newest first, by the keyed hash of the address; nothing is opened."""
        is_theirs = people.c.email_hash == self._vault.email_hash(email)
        if number is not None:
            is_theirs &= orders.c.number_normalised == normalised(number)
        return self._newest(shop, is_theirs)

    def of_person(self, shop: ShopId, person: PersonId) -> Sequence[OrderId]:
        """Newest first."""
        return self._newest(shop, orders.c.person_id == person)

    def _newest(self, shop: ShopId, is_wanted: ColumnElement[bool]) -> Sequence[OrderId]:
        statement = self._scope.select(_WITH_PERSON, orders.c.id).where(is_wanted, orders.c.shop_id == shop)
        newest = statement.order_by(orders.c.placed_at.desc(), orders.c.id.desc()).limit(_MOST_OF_A_SHOPPER)
        return [row.id for row in self._scope.rows(newest)]

    def batch(self, shop: ShopId | None, after: OrderId | None, limit: int) -> Sequence[StoredOrder]:
        """The next orders in id order after `after`."""
        statement = self._select().order_by(orders.c.id).limit(limit)
        if shop is not None:
            statement = statement.where(orders.c.shop_id == shop)
        if after is not None:
            statement = statement.where(orders.c.id > after)
        return self._all(statement)

    def expect(self, encoded: Iterable[EncodedOrder]) -> None:
        """Take these encodings for these very objects."""
        self._encoded.expect(encoded)

    def save(self, orders: Sequence[StoredOrder]) -> None:
        """All or nothing: raises `Conflict` when one has moved on or is on record under another id."""
        with self._scope.savepoint():
            self._insert(sorted((stored for stored in orders if stored.version == 0), key=_reference))
            self._update([stored for stored in orders if stored.version > 0])

    def _insert(self, new: Sequence[StoredOrder]) -> None:
        behind = self._persons.behind([stored.order.shopper.email for stored in new])
        self._scope.insert(orders, [self._row(stored, person) for stored, person in zip(new, behind, strict=True)])

    def _update(self, known: Sequence[StoredOrder]) -> None:
        rows = [self._row(stored, person) for stored, person in self._with_holders(known)]
        changes = [{**row, "_id": row.pop("id"), "_version": row["version"] - 1} for row in rows]
        statement = self._scope.update(orders).where(
            orders.c.id == bindparam("_id"), orders.c.version == bindparam("_version")
        )
        if changes and self._scope.run(statement, changes) != len(changes):
            raise Conflict({"what": "order"})

    def _with_holders(self, known: Sequence[StoredOrder]) -> Iterable[tuple[StoredOrder, Person]]:
        """Each order with whose key seals it now; an erased shopper stays its holder, so nothing comes back."""
        holders = self._holders([stored.id for stored in known])
        kept = [stored for stored in known if stored.id in holders]
        if len(kept) != len(known):
            raise Conflict({"what": "order"})
        named = [stored for stored in kept if holders[stored.id].key and stored.order.shopper.email]
        emails = [stored.order.shopper.email for stored in named]
        holders |= {s.id: person for s, person in zip(named, self._persons.behind(emails), strict=True)}
        return [(stored, holders[stored.id]) for stored in kept]

    def _holders(self, ids: Sequence[OrderId]) -> dict[OrderId, Person]:
        holders: dict[OrderId, Person] = {}
        columns = (orders.c.id, orders.c.person_id, people.c.key_id, people.c.wrapped_key)
        for batch in batches(sorted(ids)):
            rows = self._scope.rows(
                self._scope.select(_WITH_PERSON, *columns)
                .where(orders.c.id.in_(batch))
                .order_by(orders.c.id)
                .with_for_update(of=orders)
            )
            holders |= {row.id: self._persons.holder(row.person_id, row) for row in rows}
        return holders

    def _row(self, stored: StoredOrder, person: Person) -> dict[str, Any]:
        row = order_row(stored, self._encoded.facts(stored))
        row |= {"digest": self.digest(as_reported(stored)), "person_id": person.id, "personal": None}
        if person.key is not None:
            row["personal"] = seal(person.key, dump_shopper(stored.order.shopper), self._place(stored.id))
        return row

    def _select(self) -> Select[Any]:
        return self._scope.select(_WITH_PERSON, *_COLUMNS)

    def _at(self, statement: Select[Any], shop: ShopId, refs: Sequence[OrderRef]) -> Iterable[Row[Any]]:
        statement = statement.where(orders.c.shop_id == shop)
        return self._scope.rows_at(statement, orders.c.external_id, [ref.external_id for ref in refs])

    def _all(self, statement: Select[Any]) -> Sequence[StoredOrder]:
        return [self._load(row) for row in self._scope.rows(statement)]

    def _load(self, row: Row[Any]) -> StoredOrder:
        facts = load_facts(row.facts, self._shopper(row))
        return StoredOrder(
            id=row.id,
            shop=row.shop_id,
            order=facts.order,
            policy_version=row.policy_version,
            marks=facts.marks,
            copies=facts.copies,
            repairs=facts.repairs,
            arrivals=facts.arrivals,
            is_gone=row.is_gone,
            version=row.version,
        )

    def _shopper(self, row: Row[Any]) -> Shopper:
        key = self._persons.holder(row.person_id, row).key
        if key is None or row.personal is None:
            return _ERASED
        return load_shopper(unseal(key, row.personal, self._place(row.id)))

    def _place(self, order: OrderId) -> bytes:
        return place(self._scope.merchant, "orders", order, "personal")


def _reference(stored: StoredOrder) -> tuple[str, str]:
    """The order in which writers who meet the same orders take them, so that none waits for the other in turn."""
    return stored.shop, stored.order.ref.external_id
