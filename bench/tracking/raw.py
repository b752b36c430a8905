"""The baseline: the least a program does that keeps what carriers tell, with batched updates by the database's driver.

Due parcels are taken in batches and marked as taken. An answer repeats the whole story, so each of its events is
encoded as the product encodes it and inserted into a table of events under a digest of what came, unless it is there;
the parcel's row gets the columns lists need and its next time. 500 parcels a transaction, the product's SQLite pragmas.
Nothing is read, merged, put in order, compressed, or sealed.

`is_careless` does not even keep each event once: all that came now, compressed as the product compresses what it keeps
(zlib, level 1), is written over what came before, unread. It would lose whatever the answer no longer tells, and
whatever somebody else told.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import msgspec
import psycopg

from plugin.domain.tracking.report import Report

BATCH = 500
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-32000")
_PARCELS = (
    "CREATE TABLE raw_parcels (number TEXT PRIMARY KEY, status TEXT, since TEXT, last_scan TEXT, delivered_at TEXT,"
    " next_at TEXT, leased_until TEXT, told {blob})"
)
_EVENTS = "CREATE TABLE raw_events (number TEXT, digest {blob}, told {blob}, PRIMARY KEY (number, digest))"
_INDEXES = ("next_at", "status, since")
_ADD = "INSERT INTO raw_parcels VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DUE = "SELECT number FROM raw_parcels WHERE next_at <= ? AND leased_until IS NULL ORDER BY next_at LIMIT ?"
_LEASE = "UPDATE raw_parcels SET leased_until = ? WHERE number = ?"
_MOVE = (
    "UPDATE raw_parcels SET status = ?, since = ?, last_scan = ?, delivered_at = ?, next_at = ?, leased_until = NULL,"
    " told = ? WHERE number = ?"
)
_HEAR = "INSERT INTO raw_events VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_DIGEST_BYTES = 16
_encoder = msgspec.json.Encoder()

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One parcel's events, and what its columns become: status, since, last scan, delivered, next time."""

    number: str
    events: tuple[Report, ...]
    columns: Row


class Raw:
    """A database of the baseline's own, with parcels that are due."""

    def __init__(self, connection: sqlite3.Connection | psycopg.Connection, blob: str, *, is_careless: bool) -> None:
        self._connection = connection
        self._is_postgres = isinstance(connection, psycopg.Connection)
        self._is_careless = is_careless
        for table in (_PARCELS, _EVENTS):
            connection.execute(table.format(blob=blob))
        for indexed in _INDEXES:
            connection.execute(f"CREATE INDEX raw_parcels_{indexed[:4]} ON raw_parcels ({indexed})")
        connection.commit()

    def fill(self, due: Iterable[tuple[str, str, tuple[Report, ...]]]) -> None:
        """Keep parcels by number, with when each is due and the events that are known of it."""
        some = list(due)
        rows = [(number, "in_transit", "", "", "", at, None, self._bytes(known)) for number, at, known in some]
        self._many(_ADD, rows)
        self._hear((number, known) for number, _, known in some)
        self._connection.commit()

    def lease(self, now: str, until: str) -> Sequence[str]:
        """The next parcels that are due, taken until then."""
        found = [row[0] for row in self._connection.execute(self._sql(_DUE), (now, BATCH)).fetchall()]
        self._many(_LEASE, [(until, number) for number in found])
        self._connection.commit()
        return found

    def apply(self, answers: Sequence[Answer]) -> None:
        """Keep what was told of a batch."""
        self._many(_MOVE, [(*each.columns, self._bytes(each.events), each.number) for each in answers])
        self._hear((each.number, each.events) for each in answers)
        self._connection.commit()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _hear(self, told: Iterable[tuple[str, tuple[Report, ...]]]) -> None:
        """Each event once; who is careless has them in the parcel's row."""
        if not self._is_careless:
            self._many(_HEAR, [(n, _digest(each), _encoder.encode(each)) for n, events in told for each in events])

    def _bytes(self, told: tuple[Report, ...]) -> bytes | None:
        return zlib.compress(_encoder.encode(told), 1) if self._is_careless else None

    def _many(self, statement: str, rows: Sequence[Row]) -> None:
        if rows:
            with closing(self._connection.cursor()) as cursor:
                cursor.executemany(self._sql(statement), rows)

    def _sql(self, statement: str) -> str:
        return statement.replace("?", "%s") if self._is_postgres else statement


def _digest(event: Report) -> bytes:
    return blake2b(event.raw.encode(), digest_size=_DIGEST_BYTES).digest()


def in_sqlite(file: Path, *, is_careless: bool = False) -> Raw:
    """In a file, as durable as the product's."""
    connection = sqlite3.connect(file)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return Raw(connection, "BLOB", is_careless=is_careless)


def in_postgres(address: str, *, is_careless: bool = False) -> Raw:
    """In an empty database."""
    return Raw(psycopg.connect(address.replace("+psycopg", "")), "BYTEA", is_careless=is_careless)
