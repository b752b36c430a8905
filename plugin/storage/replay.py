"""Erase again whom the erasure list names and a restored backup brought back, as it was done the first time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from plugin.ports.unit_of_work import UnitOfWork
from plugin.storage.repositories.people import SqlPeople
from plugin.storage.repositories.returned import ReturnedMessages, ReturnedRows
from plugin.storage.vault import Vault
from plugin.usecases.erase_person import forget_known, forget_order


@dataclass(frozen=True, slots=True)
class Returning:
    """What finds those who are back in one merchant's database."""

    people: SqlPeople
    messages: ReturnedMessages
    vault: Vault


class Replay:
    """One look at a list: keyed hashes of persons, orders and addresses, each with the instant of the last erasure."""

    def __init__(self, unit: UnitOfWork, back: Returning, erased_at: Mapping[bytes, datetime]) -> None:
        self._unit = unit
        self._back = back
        self._missing = back.people.missing(erased_at)
        self._persons = back.people.returned(self._missing)
        self._orders = back.people.returned_orders(self._missing)
        self._hashes = {each.email_hash for each in self._persons if each.email_hash}

    @property
    def is_needed(self) -> bool:
        """Told at little cost where the database knows of everybody on the list."""
        return bool(self._persons or self._orders or self._messages.addresses)

    def erase(self) -> int:
        """Persons, orders, and addresses of whom nothing else was there; how many."""
        found, vault = self._messages, self._back.vault
        alone = {each for each in found.addresses if vault.email_hash(each) not in self._hashes}
        self._back.messages.forget(found)  # first: what follows changes the requests that were found
        for known in self._persons:
            forget_known([known.person], self._unit, known.erased_at)
        for order, at in self._orders:
            forget_order(order, self._unit, at)
        for address in sorted(alone):
            self._back.people.forget_address(address, self._missing[self._listed(address)])
        return len(self._persons) + len(self._orders) + len({vault.email_hash(each) for each in alone})

    @cached_property
    def _messages(self) -> ReturnedRows:
        if not self._missing:
            return ReturnedRows()
        return self._back.messages.find(self._is_erased, max(self._missing.values()))

    def _is_erased(self, address: str, came: datetime) -> bool:
        """What came after the erasure is of somebody who is here again."""
        at = self._missing.get(self._listed(address))
        return self._back.vault.email_hash(address) in self._hashes or (at is not None and came <= at)

    def _listed(self, address: str) -> bytes:
        return self._back.vault.erasure_hash(self._back.vault.erased_address(address))
