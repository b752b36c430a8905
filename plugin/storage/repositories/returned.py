"""What waits, names an address that was erased, and came before: a restored backup brought it back."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Table

from plugin.domain.data_request import DataRequest
from plugin.domain.mentions import spellings
from plugin.ports.data_requests import DataRequests
from plugin.storage.errors import CannotOpen
from plugin.storage.repositories.inbox import content_of
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import carrier_pushes, inbox, link_requests, mails, parked
from plugin.storage.vault import Vault

_AROUND = re.compile(r"[\s\"'<>,;:()\[\]\\]+")
_IN_FORMS = re.compile(r"[=&?/|{}]+")
"""What an e-mail address stands between, wherever that is; what may be a part of one, in theory, in forms as well."""
_WAITING = (
    (parked, "body", "parked_at"),
    (inbox, "content", "received_at"),
    (carrier_pushes, "body", "received_at"),
    (link_requests, "content", "asked_at"),
    (mails, "content", "queued_at"),
)
"""What is sealed under the merchant's key and may name anybody, and since when it is here."""

IsErased = Callable[[str, datetime], bool]
"""Whether what names this address and came at that instant is to be forgotten."""


@dataclass(frozen=True, slots=True)
class ReturnedRows:
    """What names them, and how their addresses are spelt there."""

    rows: dict[Table, list[str]] = field(default_factory=dict)
    requests: list[DataRequest] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)


class ReturnedMessages:
    """One merchant's parked records, waiting messages and letters, and requests that are owed an answer."""

    def __init__(self, scope: Scope, vault: Vault, requests: DataRequests) -> None:
        self._scope = scope
        self._vault = vault
        self._requests = requests

    def find(self, is_erased: IsErased, until: datetime) -> ReturnedRows:
        """Everything that came until then is opened for it: ask only where something may be there."""
        found = ReturnedRows()
        for table, row, came, addresses in self._naming(until):
            if meant := {each for each in addresses if is_erased(each, came)}:
                found.rows.setdefault(table, []).append(row)
                found.addresses.update(meant)
        for request in self._requests.open():
            email = request.sought and request.sought.email
            if email and is_erased(email, request.asked_at):
                found.requests.append(request)
                found.addresses.add(email)
        return found

    def forget(self, found: ReturnedRows) -> None:
        """Rows go; of letters the row stays, so that nothing is mailed twice, and of requests that there was one."""
        for table, rows in found.rows.items():
            self._remove(table, rows)
        for request in found.requests:
            self._requests.save(request.unnamed())

    def _naming(self, until: datetime) -> Iterator[tuple[Table, str, datetime, set[str]]]:
        for table, column, came in _WAITING:
            sealed, since = table.c[column], table.c[came]
            waiting = self._scope.select(table, table.c.id, sealed.label("sealed"), since.label("came"))
            here = waiting.where(since <= until, sealed.is_not(None))
            for row in self._scope.few_at_once(here, table.c.id):
                content = opened(self._vault, table, row.id, column, row.sealed)
                yield table, row.id, row.came, addresses_in(b"\n".join(content))

    def _remove(self, table: Table, rows: Sequence[str]) -> None:
        for batch in batches(rows):
            is_one = table.c.id.in_(batch)
            if table is mails:
                self._scope.run(self._scope.update(mails).where(is_one).values(content=None, detail=None))
            else:
                self._scope.run(self._scope.delete(table).where(is_one))


def addresses_in(content: bytes) -> set[str]:
    """Whatever in it may be an e-mail address."""
    found = {each for text in set(spellings(content)) if "@" in text for each in _AROUND.split(text) if "@" in each}
    parts = {part for each in found for part in _IN_FORMS.split(each) if "@" in part}
    return {each.rstrip(".") for each in found | parts}


def opened(vault: Vault, table: Table, row: str, column: str, sealed: bytes) -> tuple[bytes, ...]:
    """What waits there, and its headers; what does not open names nobody whom anybody could read of."""
    try:
        plain = vault.unseal(table.name, row, column, sealed)
    except CannotOpen:
        return (b"",)
    if table is not inbox:
        return (plain,)
    content = content_of(plain)
    return (content.body, *(value.encode() for _, value in content.headers))
