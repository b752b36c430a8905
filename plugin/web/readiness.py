"""Whether this process should be sent requests, and what keeps it from that: in fixed words, no names, no addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage
from typing import Final

from plugin.ports.errors import Unavailable
from plugin.ports.vitals import SchemaState, Vitals, Worker

LEAST_BYTES: Final = 64 * 1024 * 1024
"""With less left on the disk nothing can be kept for sure: neither a delivery nor a claim."""
SILENT: Final = timedelta(minutes=1)
"""A worker tells of itself every 15 seconds."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """`facts` in the words of the answer."""

    is_ready: bool
    facts: Mapping[str, str]


def readiness(vitals: Vitals, home: Path, now: datetime, least: int = LEAST_BYTES) -> Readiness:
    """Ready with a database of this release's schema, or a newer one's, and room on the disk.

    A newer schema is what an old release sees while it is being replaced. A worker that is away is told and keeps
    nobody away: pages are answered and deliveries kept without one.
    """
    disk = "ok" if _free(home) >= least else "full"
    try:
        schema = vitals.schema()
        workers = tuple(vitals.workers()) if schema is not SchemaState.OLD else ()
    except Unavailable:
        return Readiness(is_ready=False, facts={"database": "away", "disk": disk})
    facts = {"database": "ok", "schema": schema.value, "disk": disk, "worker": _worker(workers, now)}
    return Readiness(schema is not SchemaState.OLD and disk == "ok", facts)


def _free(home: Path) -> int:
    try:
        return disk_usage(home).free
    except OSError:
        return 0


def _worker(workers: tuple[Worker, ...], now: datetime) -> str:
    if not workers:
        return "none"
    return "alive" if any(now - each.beat_at < SILENT for each in workers) else "silent"
