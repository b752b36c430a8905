"""The baseline: the least a program does that keeps orders in a table it can find them in.

For every record: parse the JSON, take the columns orders are listed and found by, compress the body as the product
compresses what it keeps (zlib, level 1), and upsert the row; 500 rows a transaction, the product's SQLite pragmas.
`plain_row` leaves out even that: the id alone is parsed and the body is kept as it came, behind no index but the key.
Nothing is encrypted, translated, checked or projected.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
import psycopg

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-32000")
_BATCH = 500
_COLUMNS = ("id", "number", "status", "country", "email", "placed_at", "updated_at", "total", "currency", "body")
_PLAIN = ("id", "body")
_INDEXES = ("placed_at, id", "number", "email")

Row = tuple[object, ...]
RowOf = Callable[[bytes], Row]
"""A record's row, by `_COLUMNS`; `plain_row` by `_PLAIN`."""


class _Id(msgspec.Struct):
    id: int


_id = msgspec.json.Decoder(_Id)


def into_sqlite(file: Path, database: Path, row_of: RowOf) -> None:
    """Upsert every record of a JSON Lines file with executemany."""
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    columns = _create(connection, "BLOB", is_plain=row_of is plain_row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    places = ", ".join("?" * len(columns))
    upsert = f"INSERT INTO raw_orders VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {changes}"  # nosec B608 # noqa: S608 - our own names
    for rows in _batches(_rows(file, row_of)):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(upsert, rows)
        connection.execute("COMMIT")
    connection.close()


def into_postgres(file: Path, address: str, row_of: RowOf) -> None:
    """Bring every record of a JSON Lines file in with COPY."""
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        _create(connection, "BYTEA", is_plain=row_of is plain_row)
        connection.commit()
        for rows in _batches(_rows(file, row_of)):
            with connection.cursor() as cursor, cursor.copy("COPY raw_orders FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            connection.commit()


def _create(connection: sqlite3.Connection | psycopg.Connection, blob: str, *, is_plain: bool) -> tuple[str, ...]:
    """Make the table; the names of its columns."""
    columns = _PLAIN if is_plain else _COLUMNS
    texts = ", ".join(f"{name} TEXT" for name in columns[1:-1])
    declared = ", ".join(part for part in ("id TEXT PRIMARY KEY", texts, f"body {blob}") if part)
    connection.execute(f"CREATE TABLE raw_orders ({declared})")
    for indexed in () if is_plain else _INDEXES:
        connection.execute(f"CREATE INDEX raw_orders_{indexed[:5]} ON raw_orders ({indexed})")
    return columns


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _rows(file: Path, row_of: RowOf) -> Iterator[Row]:
    with file.open("rb") as lines:
        yield from map(row_of, lines)


def plain_row(body: bytes) -> Row:
    """The id and the bytes."""
    return str(_id.decode(body).id), body


def woocommerce_row(body: bytes) -> Row:
    """An order as WooCommerce's REST API shows it."""
    order = msgspec.json.decode(body)
    billing = order["billing"]
    return (
        str(order["id"]),
        order["number"],
        order["status"],
        billing["country"],
        billing["email"],
        order["date_created_gmt"],
        order["date_modified_gmt"],
        order["total"],
        order["currency"],
        zlib.compress(body, 1),
    )


def shopify_row(body: bytes) -> Row:
    """An order as Shopify's webhooks tell it."""
    order = msgspec.json.decode(body)
    return (
        str(order["id"]),
        order["name"],
        order["financial_status"],
        order["shipping_address"]["country_code"],
        order["email"],
        order["created_at"],
        order["updated_at"],
        order["total_price"],
        order["currency"],
        zlib.compress(body, 1),
    )
