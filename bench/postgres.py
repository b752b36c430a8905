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

from tests.support import postgres

_SETTINGS = ("max_connections=50", "shared_buffers=256MB", "max_wal_size=4GB")


@cache
def _cluster() -> postgres.Cluster:
    folder = Path(tempfile.mkdtemp(prefix="aftercare-bench-postgres-"))
    atexit.register(postgres.stop, folder)
    return postgres.shared_cluster(folder, os.getpid(), _SETTINGS)


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database, for as long as it is needed."""
    name = f"bench_{uuid.uuid4().hex}"
    yield _cluster().create(name)
    _cluster().drop(name)
