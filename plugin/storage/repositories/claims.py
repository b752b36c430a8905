"""Claims: entries that are only added to, what people wrote sealed apart, and flat rows kept beside."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, Table, func, literal_column

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry, Private, read_entry
from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, OrderId, ShopId
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.claim_numbers import normalised_number, spoken_number
from plugin.storage.claim_row import line_rows, row_of
from plugin.storage.persons import Person, Persons
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import claim_entries, claim_lines, claims, orders, people

_columns = claims.c
_entries = claim_entries.c
_KEY = (people.c.key_id, people.c.wrapped_key)


class SqlClaims:
    """`plugin.ports.claims.Claims`."""

    def __init__(self, scope: Scope, persons: Persons, draw: Callable[[], str] = spoken_number) -> None:
        self._scope = scope
        self._persons = persons
        self._draw = draw

    def record(self, claim: ClaimId) -> Sequence[Entry]:
        """All entries in order, words opened where the person is not erased. Raises `NotFound`."""
        opened = claim_entries.outerjoin(people)
        statement = self._scope.select(opened, *_entries, *_KEY).where(_entries.claim_id == claim)
        rows = self._scope.rows(statement.order_by(_entries.seq))
        if not rows:
            raise NotFound({"claim": claim})
        return [replace(read_entry(row.body, self._private(row)), hash=row.hash) for row in rows]

    def append(self, claim: Claim, entries: Sequence[Entry]) -> None:
        """All or nothing: raises `Conflict` when an entry of that number is there already.

        What was written about an erased person is not kept: there is no key to seal it under.
        """
        if not entries:
            return
        with self._scope.savepoint():
            holder = self._holder(claim.order) if any(entry.private for entry in entries) else None
            self._advance(claim, was=entries[0].seq - 1)
            self._scope.insert(claim_entries, [self._entry_row(claim.id, entry, holder) for entry in entries])
            self._scope.upsert(claim_lines, line_rows(claim), ("claim_id", "no"))

    def rebuild(self, claim: Claim) -> bool:
        """Whether anything had to be written. Raises `NotFound`, and `Conflict` when the record holds more by now."""
        row, lines = row_of(claim), line_rows(claim)
        known = self._listed(claims, row, _columns.id == claim.id, is_held=True)  # nobody adds an entry meanwhile
        self._check_whole(claim)
        kept = self._listed(claim_lines, lines[0] if lines else {"no": 0}, claim_lines.c.claim_id == claim.id)
        if known == [row] and sorted(kept, key=lambda line: line["no"]) == lines:
            return False
        self._scope.upsert(claims, [row], ("id",))
        self._scope.run(self._scope.delete(claim_lines).where(claim_lines.c.claim_id == claim.id))
        self._scope.insert(claim_lines, lines)
        return True

    def of_order(self, order: OrderId) -> Sequence[ClaimId]:
        """The order's claims, oldest first."""
        statement = self._scope.select(claims, _columns.id).where(_columns.order_id == order)
        return self._ids(statement.order_by(_columns.opened_at, _columns.id))

    def on_record(self, wanted: Sequence[ClaimId]) -> frozenset[ClaimId]:
        """Those of these that there are."""
        found = self._scope.select(claims, _columns.id)
        return frozenset(ClaimId(row.id) for row in self._scope.rows_at(found, _columns.id, wanted))

    def by_number(self, shop: ShopId, number: str) -> ClaimId | None:
        """The claim the shopper knows by this number, case aside."""
        is_it = (_columns.shop_id == shop) & (_columns.number == normalised_number(number))
        row = self._scope.row(self._scope.select(claims, _columns.id).where(is_it))
        return ClaimId(row.id) if row else None

    def next_number(self, shop: ShopId, now: datetime) -> str:  # noqa: ARG002 - drawn by lot, so that no number tells how many claims there are
        """Drawn by lot among all of the merchant's, again where it is taken."""
        number = self._draw()
        while self._scope.row(self._scope.select(claims, _columns.id).where(_columns.number == number)):
            number = self._draw()
        return number

    def hold(self, order: OrderId) -> None:
        """Lock the order's row, its person's first, as whoever saves orders does. Raises `NotFound`."""
        self._holder(order)
        statement = self._scope.select(orders, orders.c.id).where(orders.c.id == order)
        self._scope.row(statement.with_for_update())

    def due(self, now: datetime, limit: int) -> Sequence[ClaimId]:
        """Those whose clock asks for something by now, longest due first."""
        statement = self._scope.select(claims, _columns.id).where(_columns.wakes_at <= now)
        return self._ids(statement.order_by(_columns.wakes_at, _columns.id).limit(limit))

    def batch(self, after: ClaimId | None, limit: int) -> Sequence[ClaimId]:
        """The next claims in id order, as the records have them."""
        statement = self._first().order_by(_entries.claim_id).limit(limit)
        return self._ids(statement if after is None else statement.where(_entries.claim_id > after))

    def _listed(
        self, table: Table, like: Values, condition: ColumnElement[bool], *, is_held: bool = False
    ) -> list[dict[str, Any]]:  # fmt: skip
        statement = self._scope.select(table, *(table.c[name] for name in like)).where(condition)
        return [dict(row._mapping) for row in self._scope.rows(statement.with_for_update() if is_held else statement)]  # noqa: SLF001 - SQLAlchemy's documented name

    def _check_whole(self, claim: Claim) -> None:
        last = self._scope.select(claim_entries, func.max(_entries.seq).label("seq"))
        row = self._scope.row(last.where(_entries.claim_id == claim.id))
        if row is None or row.seq is None:
            raise NotFound({"claim": claim.id})
        if row.seq != claim.version:
            raise Conflict({"what": "claim"})

    def _advance(self, claim: Claim, was: int) -> None:
        """The row moves on only from the version the entries follow."""
        if was == 0:
            return self._scope.insert(claims, [row_of(claim)])
        is_there = (_columns.id == claim.id) & (_columns.version == was)
        if self._scope.run(self._scope.update(claims).where(is_there).values(**row_of(claim))) != 1:
            raise Conflict({"what": "claim"})
        return None

    def _entry_row(self, claim: ClaimId, entry: Entry, holder: Person | None) -> dict[str, Any]:
        key = holder.key if holder and entry.private else None
        at = self._place(claim, entry.seq)
        return {
            "claim_id": claim,
            "seq": entry.seq,
            "at": entry.at,
            "body": entry.body,
            "hash": entry.hash,
            "person_id": holder.id if holder and key else None,
            "words": seal(key, msgspec.json.encode(entry.private), at) if key else None,
        }

    def _private(self, row: Row[Any]) -> Private | None:
        if row.words is None:
            return None
        key = self._persons.holder(row.person_id, row).key
        opened = key and unseal(key, row.words, self._place(row.claim_id, row.seq))
        return decoder(Private).decode(opened) if opened else None

    def _holder(self, order: OrderId) -> Person:
        """Whose order it is. FOR SHARE (PostgreSQL): nobody erases them until what is sealed under their key is saved.

        Raises `NotFound`.
        """
        found = self._scope.select(orders.join(people), orders.c.person_id, *_KEY).where(orders.c.id == order)
        row = self._scope.row(found.with_for_update(read=True, of=people))
        if row is None:
            raise NotFound({"order": order})
        return self._persons.holder(row.person_id, row)

    def _first(self) -> Select[Any]:
        first = _entries.seq == literal_column("1")  # as the index has it, which a bound value would not match
        return self._scope.select(claim_entries, _entries.claim_id.label("id")).where(first)

    def _ids(self, statement: Select[Any]) -> list[ClaimId]:
        return [ClaimId(row.id) for row in self._scope.rows(statement)]

    def _place(self, claim: ClaimId, seq: int) -> bytes:
        return place(self._scope.merchant, "claim_entries", f"{claim}/{seq}", "words")
