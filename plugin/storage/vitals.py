"""`plugin.ports.vitals.Vitals`: each part in a transaction of its own that may not last, so none holds up the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

import msgspec
from sqlalchemy import Connection, select, text

from plugin.domain.decoding import decoder
from plugin.ports.vitals import JobCount, Measure, SchemaState, Vitals, Worker
from plugin.storage import schema
from plugin.storage.counted import COUNTED
from plugin.storage.errors import translated_errors
from plugin.storage.tables import worker_slots
from plugin.storage.unit_of_work import Means

Part = Callable[[Connection, datetime], Iterable[Measure]]
_MILLISECONDS: Final = 2_000
_GONE: Final = timedelta(days=1)
"""After which a slot is no worker's any more."""
_MOST: Final = 200
_head = lru_cache(maxsize=1)(schema.head)
_counts = decoder(dict[str, JobCount])


class SqlVitals(Vitals):
    """Over one database; `others` are parts whose tables are not ours."""

    def __init__(self, means: Means, others: Mapping[str, Part]) -> None:
        self._means = means
        self._parts: dict[str, Part] = {**COUNTED, **others}

    @property
    def parts(self) -> Sequence[str]:
        """What can be asked about."""
        return tuple(self._parts)

    def measure(self, part: str, now: datetime) -> Sequence[Measure]:
        """What one part has to say."""
        with translated_errors(), self._means.engines.read.connect() as connection:
            if connection.dialect.name != "postgresql":
                return list(self._parts[part](connection, now))
            bounded = connection.execution_options(isolation_level="READ COMMITTED")
            with bounded.begin():
                bounded.execute(text(f"SET LOCAL statement_timeout = {_MILLISECONDS}"))
                return list(self._parts[part](bounded, now))

    def schema(self) -> SchemaState:
        """Whether code and database fit."""
        with translated_errors(), self._means.engines.read.connect() as connection:
            found = schema.revision_of(connection)
        if found == _head():
            return SchemaState.CURRENT
        return SchemaState.OLD if found is None or schema.knows(found) else SchemaState.NEWER

    def beat(self, worker: Worker) -> None:
        """A worker lives; slots that are silent for a day are given up."""
        row = {
            "slot": worker.slot,
            "started_at": worker.started_at,
            "beat_at": worker.beat_at,
            "version": worker.version,
            "counts": msgspec.json.encode(worker.counts).decode(),
        }
        is_its, is_gone = worker_slots.c.slot == worker.slot, worker_slots.c.beat_at < worker.beat_at - _GONE
        held = self._means.lock.held(is_incoming=False)
        with translated_errors(), held, self._means.engines.write.begin() as connection:
            connection.execute(worker_slots.delete().where(is_its | is_gone))
            connection.execute(worker_slots.insert(), row)

    def workers(self) -> Sequence[Worker]:
        """Every slot that was ever heard of and not given up, by name."""
        known = select(*worker_slots.c).order_by(worker_slots.c.slot).limit(_MOST)
        with translated_errors(), self._means.engines.read.connect() as connection:
            rows = connection.execute(known).all()
        return [Worker(row.slot, row.started_at, row.beat_at, row.version, _counts.decode(row.counts)) for row in rows]
