"""A PostgreSQL of the bench's own, as durable as one at work; it goes when the bench ends. Tests lend theirs."""

from __future__ import annotations

import atexit
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path

from bench import processes
from bench.result import Size
from tests.support import postgres

_LOG_FILES = 64
"""Of the write-ahead log, 16 MB each, as many as `min_wal_size` keeps."""
_SETTINGS = ("max_connections=100", "shared_buffers=256MB", "min_wal_size=1GB", "max_wal_size=4GB")
_lent: list[tuple[postgres.Cluster, str]] = []

Database = Callable[[], AbstractContextManager[str | None]]
"""Makes one for the length of a block, and gives its address; None: SQLite in the installation's home."""


@contextmanager
def lent(cluster: postgres.Cluster, template: str) -> Iterator[None]:
    """Within, databases are copies of a migrated one on this server: quick to make, and no measure of anything."""
    _lent.append((cluster, template))
    yield
    _lent.pop()


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="aftercare-bench-postgres-"))
    atexit.register(postgres.stop, folder)
    return folder


@cache
def _cluster() -> postgres.Cluster:
    cluster = postgres.shared_cluster(_folder(), os.getpid(), _SETTINGS)
    _age(cluster)
    return cluster


def _age(cluster: postgres.Cluster) -> None:
    """Leave it the log files of a server that has been at work, which writes them again.

    A new one makes each when it gets there, and every commit waits meanwhile ("WAL Configuration", its documentation).
    """
    with cluster.connect() as connection:
        for _ in range(_LOG_FILES):
            connection.execute("SELECT pg_logical_emit_message(true, 'bench', ''), pg_switch_wal()")
        connection.execute("CHECKPOINT")


@contextmanager
def database() -> Iterator[str]:
    """The address of a database without a row, for as long as it is needed."""
    cluster, template = _lent[-1] if _lent else (_cluster(), "template0")
    name = f"bench_{uuid.uuid4().hex}"
    yield cluster.create(name, template)
    cluster.drop(name)


def either(size: Size) -> Sequence[tuple[str, Database]]:
    """Both kinds by name, in the order of the table; at the smallest size PostgreSQL alone, which takes more parts."""
    kinds: list[tuple[str, Database]] = [("SQLite", nullcontext), ("PostgreSQL", database)]
    return kinds[1:] if size is Size.TINY else kinds


def cpu_seconds() -> float:
    """What the server's processes that live now have used so far, and those that ended; 0 where nobody knows."""
    if _lent or not processes.is_known():
        return 0.0
    server = int((_folder() / "data" / "postmaster.pid").read_text().split()[0])
    return processes.cpu_seconds(server, with_ended=True)
