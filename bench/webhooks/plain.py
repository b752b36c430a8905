"""The baseline: a Flask application that checks a signature and keeps the body, durably, before it answers.

One insert and one commit for each delivery, by the database's own driver: SQLite with the product's journal and
durability behind one lock (it has one writer anyway), PostgreSQL over a connection for each thread. The same delivery
is kept once. Nothing is encrypted, no shop is looked up, nothing is logged or counted.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import threading
import uuid
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import psycopg
from flask import Flask, request

SECRET = "benchbenchbenchbenchbenchbenchbench"  # noqa: S105 - signs what the bench itself sends
_TABLE = "CREATE TABLE IF NOT EXISTS deliveries (id TEXT PRIMARY KEY, key TEXT UNIQUE, platform TEXT, body {blob})"
_INSERT = "INSERT INTO deliveries VALUES ({places}) ON CONFLICT (key) DO NOTHING"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=30000")

Row = tuple[str, str, str, bytes]


def create_table(environ: Mapping[str, str]) -> None:
    """Make the table, before any process of the application starts."""
    if address := environ.get("BENCH_DATABASE"):
        with psycopg.connect(address) as connection:
            connection.execute(_TABLE.format(blob="BYTEA"))
    else:
        sqlite3.connect(_file(environ)).execute(_TABLE.format(blob="BLOB"))


def app() -> Flask:
    """The application, on the database the environment names."""
    bare = Flask("bare")
    address = os.environ.get("BENCH_DATABASE", "")
    signed_in, told_by = os.environ["BENCH_SIGNED_IN"], os.environ["BENCH_TOLD_BY"]
    keep = _in_postgres(address) if address else _in_sqlite(_file(os.environ))

    def take() -> tuple[str, int]:
        body = request.get_data(cache=False)
        expected = b64encode(hmac.digest(SECRET.encode(), body, "sha256"))
        if not hmac.compare_digest(expected, request.headers.get(signed_in, "").encode()):
            return "no", 401
        key = request.headers[told_by] if told_by else sha256(body).hexdigest()
        keep((uuid.uuid4().hex, key, signed_in, body))
        return "ok", 200

    bare.add_url_rule("/webhooks", "take", take, methods=["POST"])
    bare.add_url_rule("/", "here", lambda: "here")
    return bare


def _file(environ: Mapping[str, str]) -> Path:
    return Path(environ["AFTERCARE_HOME"]).with_name("plain.db")


def _in_sqlite(file: Path) -> Callable[[Row], None]:
    connection, lock = sqlite3.connect(file, isolation_level=None, check_same_thread=False), threading.Lock()
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")

    def keep(row: Row) -> None:
        with lock:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_INSERT.format(places="?, ?, ?, ?"), row)
            connection.execute("COMMIT")

    return keep


def _in_postgres(address: str) -> Callable[[Row], None]:
    of_thread = threading.local()

    def keep(row: Row) -> None:
        if not hasattr(of_thread, "connection"):
            of_thread.connection = psycopg.connect(address)
        of_thread.connection.execute(_INSERT.format(places="%s, %s, %s, %s"), row)
        of_thread.connection.commit()

    return keep
