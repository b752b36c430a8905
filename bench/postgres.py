"""A PostgreSQL of the bench's own, as durable as one at work; it goes when the bench ends."""

from __future__ import annotations

import atexit
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bench import processes
from tests.support import postgres

_SETTINGS = ("max_connections=50", "shared_buffers=256MB", "max_wal_size=4GB")


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="aftercare-bench-postgres-"))
    atexit.register(postgres.stop, folder)
    return folder


@cache
def _cluster() -> postgres.Cluster:
    return postgres.shared_cluster(_folder(), os.getpid(), _SETTINGS)


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database, for as long as it is needed."""
    name = f"bench_{uuid.uuid4().hex}"
    yield _cluster().create(name)
    _cluster().drop(name)


def cpu_seconds() -> float:
    """What the server's processes that live now have used so far, and those that ended; 0 where nobody knows."""
    if not processes.is_known():
        return 0.0
    server = int((_folder() / "data" / "postmaster.pid").read_text().split()[0])
    return processes.cpu_seconds(server, with_ended=True)
