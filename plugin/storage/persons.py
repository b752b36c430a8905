"""Whose data an order holds: one person per e-mail and merchant, each with a data key of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from plugin.domain.ids import MerchantId
from plugin.storage.cipher import DataKeys, WrappedKey, place
from plugin.storage.ids import TimeOrderedIds
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import people
from plugin.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the key their data is sealed under; None once they were erased."""

    id: str
    key: bytes | None


class Persons:
    """Finds or makes the persons behind a batch of orders."""

    def __init__(self, scope: Scope, vault: Vault, data_keys: DataKeys) -> None:
        self._scope = scope
        self._vault = vault
        self._data_keys = data_keys
        self._ids = TimeOrderedIds()

    def behind(self, emails: Sequence[str | None]) -> list[Person]:
        """One person per e-mail, known or new; whoever gave none is a person of their own."""
        hashes = [self._vault.email_hash(email) if email else None for email in emails]
        known = self._known({found for found in hashes if found})
        new: list[Values] = []
        persons = [self._person(found, known, new) for found in hashes]
        new.sort(key=lambda row: row["email_hash"] or b"")  # writers who meet the same people take them in one order
        if self._scope.insert_new(people, new) == len(new):
            return persons
        known = self._known({found for found in hashes if found})  # another writer was faster (PostgreSQL)
        return [known[found] if found else person for found, person in zip(hashes, persons, strict=True)]

    def _person(self, email_hash: bytes | None, known: dict[bytes, Person], new: list[Values]) -> Person:
        if email_hash and (person := known.get(email_hash)):
            return person
        person_id = self._ids.new()
        key, wrapped = self._data_keys.new(key_place(self._scope.merchant, person_id))
        new.append({
            "id": person_id, "email_hash": email_hash, "key_id": wrapped.key_id, "wrapped_key": wrapped.sealed
        })  # fmt: skip
        person = Person(person_id, key)
        if email_hash:
            known[email_hash] = person
        return person

    def _known(self, hashes: Iterable[bytes]) -> dict[bytes, Person]:
        # FOR SHARE (PostgreSQL): nobody erases these persons until the orders sealed under their keys are saved.
        columns = (people.c.id, people.c.email_hash, people.c.key_id, people.c.wrapped_key)
        statement = self._scope.select(people, *columns).with_for_update(read=True)
        rows = self._scope.rows_at(statement, people.c.email_hash, sorted(hashes))
        return {row.email_hash: self.holder(row.id, row) for row in rows}

    def holder(self, person_id: str, row: Row[Any]) -> Person:
        """The person whose `key_id` and `wrapped_key` a row holds."""
        if row.wrapped_key is None:
            return Person(person_id, None)
        wrapped = WrappedKey(row.key_id, row.wrapped_key)
        return Person(person_id, self._data_keys.unwrap(wrapped, key_place(self._scope.merchant, person_id)))


def key_place(merchant: MerchantId, person_id: str) -> bytes:
    """Where a person's wrapped key lives."""
    return place(merchant, "people", person_id, "wrapped_key")
