"""The list of who was erased, kept outside the database: a restored backup brings nobody back.

One JSON object per line, appended and flushed to disk before the erasing transaction commits. A person is named by a
hash keyed with the merchant's data key, which tells nothing without the database and the app key.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from plugin.domain.decoding import decoder
from plugin.domain.ids import MerchantId
from plugin.storage.data_map import Holds, columns_that_hold
from plugin.storage.engine import Engines, is_sqlite

_MODE = 0o600


_SCRUBBED = ("people", *dict.fromkeys(table for table, _ in columns_that_hold(Holds.PERSON, Holds.MERCHANT)))


class Erased(msgspec.Struct, frozen=True):
    """One line of the list; `person` is a keyed hash: of a person's id, an order's, or an address."""

    merchant: MerchantId
    person: bytes
    at: datetime


_encoder = msgspec.json.Encoder()
_decoder = decoder(Erased)


class ErasureList:
    """An append-only file, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, erased: Iterable[Erased]) -> None:
        """Add lines and wait until they are on disk. A line torn by a crash is closed first."""
        lines = b"".join(_encoder.encode(entry) + b"\n" for entry in erased)
        descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _MODE)
        try:
            os.write(descriptor, (b"\n" if _is_torn(descriptor) else b"") + lines)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def by_merchant(self) -> Mapping[MerchantId, Mapping[bytes, datetime]]:
        """When each listed person was erased last. A torn line is one whose transaction never committed."""
        found: dict[MerchantId, dict[bytes, datetime]] = defaultdict(dict)
        for line in self._path.read_bytes().splitlines() if self._path.exists() else ():
            try:
                entry = _decoder.decode(line)
            except msgspec.DecodeError:
                continue
            listed = found[entry.merchant]
            listed[entry.person] = max(entry.at, listed.get(entry.person, entry.at))
        return found


def scrub(engines: Engines) -> None:
    """Drop the old images of erased rows: SQLite's write-ahead log (secure_delete zeroed the rest), dead tuples.

    Best effort: a reader at work keeps SQLite's log until the next checkpoint. Backups and the disk's own remnants hold
    only sealed data and wrapped keys, useless without the app key.
    """
    vacuum = f"VACUUM {', '.join(_SCRUBBED)}"
    statement = "PRAGMA wal_checkpoint(TRUNCATE)" if is_sqlite(engines.write.url) else vacuum
    # Suppressed: the erasure is committed; whoever holds a lock now leaves this to the next checkpoint or vacuum.
    with suppress(OperationalError), engines.maintenance.connect() as connection:
        connection.execute(text(statement))


def _is_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
