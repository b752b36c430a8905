"""The persons whose data a merchant holds; erasing one deletes their key."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, or_, true

from plugin.domain.errors import NotFound
from plugin.domain.evidence import EvidenceState
from plugin.domain.ids import OrderId, PersonId, ShopId
from plugin.storage.cipher import DataKeys, WrappedKey
from plugin.storage.kept_told import NOTHING_TOLD
from plugin.storage.scope import Scope
from plugin.storage.tables import (
    alert_watches,
    alerts,
    claim_drafts,
    claim_entries,
    claims,
    data_requests,
    declarations,
    evidence,
    labels,
    legal_holds,
    orders,
    people,
    refund_intents,
    shipments,
)
from plugin.storage.vault import Vault

_NAMING = (orders, declarations)
"""What makes somebody known to a shop; all else that is theirs is about one of these."""


@dataclass(frozen=True, slots=True)
class Returned:
    """An erased person whom a restored backup brought back."""

    person: PersonId
    email_hash: bytes | None
    erased_at: datetime


class SqlPeople:
    """`plugin.ports.people.People`."""

    def __init__(self, scope: Scope, vault: Vault, data_keys: DataKeys) -> None:
        self._scope = scope
        self._vault = vault
        self._data_keys = data_keys
        self.erased: list[tuple[PersonId, datetime]] = []
        """Who was erased in this unit, for the list outside the database; whose order was has the order's id."""

    def find(self, email: str) -> PersonId | None:
        """By exact e-mail (keyed hash), case-insensitive."""
        is_theirs = people.c.email_hash == self._vault.email_hash(email)
        row = self._scope.row(self._scope.select(people, people.c.id).where(is_theirs))
        return PersonId(row.id) if row else None

    def behind(self, wanted: Sequence[OrderId]) -> Mapping[OrderId, PersonId]:
        """Who placed these orders, as far as they are on record."""
        statement = self._scope.select(orders, orders.c.id, orders.c.person_id)
        rows = self._scope.rows_at(statement, orders.c.id, sorted(wanted))
        return {OrderId(row.id): PersonId(row.person_id) for row in rows}

    def orders_of(self, person: PersonId, shop: ShopId | None = None) -> Sequence[OrderId]:
        """Newest first."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        if shop is not None:
            theirs = theirs.where(orders.c.shop_id == shop)
        rows = self._scope.rows(theirs.order_by(orders.c.placed_at.desc(), orders.c.id.desc()))
        return [OrderId(row.id) for row in rows]

    def only_of(self, shop: ShopId, limit: int) -> Sequence[PersonId]:
        """Some who are not erased, known by orders or declarations in this shop and by none in another."""
        here = or_(*(self._named_in(table, table.c.shop_id == shop) for table in _NAMING))
        elsewhere = or_(*(self._named_in(table, table.c.shop_id != shop) for table in _NAMING))
        theirs = self._scope.select(people, people.c.id).where(people.c.wrapped_key.is_not(None), here, ~elsewhere)
        return [PersonId(row.id) for row in self._scope.rows(theirs.order_by(people.c.id).limit(limit))]

    def _named_in(self, table: Table, is_meant: ColumnElement[bool]) -> ColumnElement[bool]:
        return self._scope.select(table, table.c.id).where(table.c.person_id == people.c.id, is_meant).exists()

    def erase(self, person: PersonId, at: datetime) -> None:
        """Delete the person's key, hash and sealed parts. Erasing twice changes nothing; raises `NotFound`."""
        row = self._scope.row(
            self._scope.select(people, people.c.key_id, people.c.wrapped_key)
            .where(people.c.id == person)
            .with_for_update()
        )
        if row is None:
            raise NotFound({"person": person})
        if row.wrapped_key is None:
            return
        forgotten = {"email_hash": None, "key_id": None, "wrapped_key": None, "erased_at": at}
        self._scope.run(self._scope.update(people).where(people.c.id == person).values(forgotten))
        self._scope.run(self._scope.update(orders).where(orders.c.person_id == person).values(personal=None))
        is_theirs = evidence.c.person_id == person
        dropped = {"name": None, "state": EvidenceState.DROPPED.value}
        self._scope.run(self._scope.update(evidence).where(is_theirs).values(dropped))
        theirs = claim_drafts.c.person_id == person
        self._scope.run(self._scope.update(claim_drafts).where(theirs).values(content=None))
        self._forget_about_orders(person, at)
        self._drop_copies(person)
        asked = data_requests.c.person_id == person
        self._scope.run(self._scope.update(data_requests).where(asked).values(sought=None))
        self._data_keys.forget(WrappedKey(row.key_id, row.wrapped_key))
        self.erased.append((person, at))

    def forget_order(self, order: OrderId, at: datetime) -> None:
        """It gets a holder without a key, of the order's own id: that the list names, and nothing opens again."""
        if person := self.expire_order(order, at):
            self._drop_copies(person)
            self.erased.append((PersonId(order), at))

    def expire(self, persons: AbstractSet[PersonId], at: datetime) -> None:
        """Destroy the keys that nothing needs any more. Nothing is listed: a restored backup expires anew."""
        wanted = sorted(persons)
        # Whoever saves something under one of these keys is done first, or finds it gone: only what is asked once they
        # are locked sees what was saved meanwhile (PostgreSQL).
        held = self._scope.select(people, people.c.id).where(people.c.id.in_(wanted))
        self._scope.rows(held.order_by(people.c.id).with_for_update())
        gone = {"email_hash": None, "key_id": None, "wrapped_key": None, "erased_at": at}
        unnamed = self._scope.update(people).where(people.c.id.in_(wanted), ~self._is_named(at))
        self._scope.run(unnamed.where(people.c.wrapped_key.is_not(None)).values(gone))

    def _is_named(self, at: datetime) -> ColumnElement[bool]:
        """Whether anything is theirs or stands under their key: an order can change hands and leave the rest."""
        named_by = {
            orders: true(),
            declarations: declarations.c.words.is_not(None) | (declarations.c.received_at >= at),
            claim_entries: claim_entries.c.words.is_not(None),
            evidence: evidence.c.state.not_in((EvidenceState.DROPPED.value, EvidenceState.GONE.value)),
            shipments: shipments.c.told.is_not(None),
            alerts: alerts.c.address.is_not(None),
            data_requests: data_requests.c.handed_over_at.is_(None) & ~data_requests.c.is_dropped,
        }
        theirs = (
            self._scope.select(table, table.c.person_id).where(table.c.person_id == people.c.id, is_kept).exists()
            for table, is_kept in named_by.items()
        )
        return or_(*theirs)

    def expire_order(self, order: OrderId, at: datetime) -> PersonId | None:
        """Forget what is personal about an order without listing it: whose it was, None if forgotten before."""
        row = self._scope.row(
            self._scope.select(orders, orders.c.person_id).where(orders.c.id == order).with_for_update()
        )
        if row is None:
            raise NotFound({"order": order})
        nobody = PersonId(order)
        if row.person_id == nobody:
            return None
        self._scope.insert(people, [{"id": nobody, "erased_at": at}])
        moved = {"person_id": nobody, "personal": None, "version": orders.c.version + 1}
        self._scope.run(self._scope.update(orders).where(orders.c.id == order).values(moved))
        self._forget_files(order)
        about_it = claim_drafts.c.order_id == order
        self._scope.run(self._scope.update(claim_drafts).where(about_it).values(content=None))
        self._forget_about_orders(nobody, at)
        return PersonId(row.person_id)

    def _forget_files(self, order: OrderId) -> None:
        """What was handed in for it, also under the key of whoever it stood under."""
        claimed = self._scope.select(claims, claims.c.id).where(claims.c.order_id == order)
        drafted = self._scope.select(claim_drafts, claim_drafts.c.id).where(claim_drafts.c.order_id == order)
        dropped = {"name": None, "state": EvidenceState.DROPPED.value}
        for is_of_it in (evidence.c.claim_id.in_(claimed), evidence.c.draft_id.in_(drafted)):
            self._scope.run(self._scope.update(evidence).where(is_of_it).values(dropped))

    def _forget_about_orders(self, person: PersonId, at: datetime) -> None:
        self._forget_declarations(person)
        self._forget_claims(person)
        self._forget_shipments(person)
        self._forget_alerts(person, at)
        self._forget_payees(person)
        self._forget_holds(person)
        self._drop_labels(person)

    def _forget_declarations(self, person: PersonId) -> None:
        """The words of those they sent, and of those that others sent about their orders, who may have named them."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        is_about_them = (declarations.c.person_id == person) | declarations.c.order_id.in_(theirs)
        gone = {"words": None, "reason": None, "aside_reason": None, "caller": None}
        self._scope.run(self._scope.update(declarations).where(is_about_them).values(gone))

    def _forget_claims(self, person: PersonId) -> None:
        """What was written in claims about their orders, also under another's key: an order can change hands."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        about_them = self._scope.select(claims, claims.c.id).where(claims.c.order_id.in_(theirs))
        for is_theirs in (claim_entries.c.person_id == person, claim_entries.c.claim_id.in_(about_them)):
            self._scope.run(self._scope.update(claim_entries).where(is_theirs).values(words=None))

    def _forget_shipments(self, person: PersonId) -> None:
        """What was told of their parcels, which are asked about no more; where they were stays."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        told_of_them = (shipments.c.person_id == person) | shipments.c.order_id.in_(theirs)
        gone = {**NOTHING_TOLD, "next_at": None, "version": shipments.c.version + 1}
        self._scope.run(self._scope.update(shipments).where(told_of_them).values(gone))

    def _forget_alerts(self, person: PersonId, at: datetime) -> None:
        """Where they wanted parcels to go, also under another's key; looking once more at each ends its alerts."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        is_about_them = (alerts.c.person_id == person) | alerts.c.order_id.in_(theirs)
        gone = {"address": None, "version": alerts.c.version + 1}
        self._scope.run(self._scope.update(alerts).where(is_about_them).values(gone))
        parcels = self._scope.rows(self._scope.select(alerts, alerts.c.shipment_id).where(is_about_them).distinct())
        if parcels:
            due = [{"shipment_id": each.shipment_id, "look_at": at} for each in parcels]
            self._scope.upsert(alert_watches, due, ["shipment_id"])

    def _forget_payees(self, person: PersonId) -> None:
        """Where their money went."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        paid = self._scope.update(refund_intents).where(refund_intents.c.order_id.in_(theirs))
        self._scope.run(paid.values(payee=None))

    def _forget_holds(self, person: PersonId) -> None:
        """Why nothing of their orders was to go, which may name them."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        self._scope.run(self._scope.delete(legal_holds).where(legal_holds.c.order_id.in_(theirs)))

    def _drop_labels(self, person: PersonId) -> None:
        """Their files are to go; what providers said of them goes at once."""
        theirs = self._scope.select(orders, orders.c.id).where(orders.c.person_id == person)
        is_theirs = labels.c.order_id.in_(theirs)
        self._scope.run(self._scope.update(labels).where(is_theirs).values(detail=None))
        has_file = labels.c.object.is_not(None)
        self._scope.run(self._scope.update(labels).where(is_theirs, has_file).values(is_dropped=True))

    def _drop_copies(self, person: PersonId) -> None:
        """What was put together of them has what is gone: it goes too, and who puts it together now begins again."""
        theirs = self._scope.update(data_requests).where(data_requests.c.person_id == person)
        self._scope.run(theirs.values(version=data_requests.c.version + 1))
        self._scope.run(theirs.where(data_requests.c.object.is_not(None)).values(is_dropped=True))

    def forget_address(self, email: str, at: datetime) -> None:
        """A holder without a key, named by a keyed hash, says here what the list says: nothing came back since."""
        address = PersonId(self._vault.erased_address(email))
        row = {"id": address, "erased_at": at}
        self._scope.upsert(people, [row], ["id"], only=lambda new: people.c.erased_at < new.erased_at)
        self.erased.append((address, at))

    def missing(self, erased_at: Mapping[bytes, datetime]) -> Mapping[bytes, datetime]:
        """Those of an erasure list, by keyed hash, of whom the database does not know that they were erased by then."""
        statement = self._scope.select(people, people.c.id, people.c.erased_at).where(people.c.wrapped_key.is_(None))
        gone = {self._vault.erasure_hash(row.id): row.erased_at for row in self._scope.rows(statement)}
        return {name: at for name, at in erased_at.items() if name not in gone or gone[name] < at}

    def returned(self, missing: Mapping[bytes, datetime]) -> list[Returned]:
        """Who of the missing is on record."""
        there = self._scope.select(people, people.c.id, people.c.email_hash).where(people.c.wrapped_key.is_not(None))
        hashed = ((row, self._vault.erasure_hash(row.id)) for row in (self._scope.rows(there) if missing else ()))
        return [Returned(row.id, row.email_hash, missing[name]) for row, name in hashed if name in missing]

    def returned_orders(self, missing: Mapping[bytes, datetime]) -> list[tuple[OrderId, datetime]]:
        """Orders of the missing that are on record, each as if somebody of its id was erased."""
        there = self._scope.rows(self._scope.select(orders, orders.c.id)) if missing else ()
        hashed = ((OrderId(row.id), self._vault.erasure_hash(row.id)) for row in there)
        return [(order, missing[name]) for order, name in hashed if name in missing]
