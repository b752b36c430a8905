"""The installation's workers, not any merchant's: when each was last heard of, and what it has counted since."""

from sqlalchemy import Column, Table, Text

from plugin.storage.column_types import Instant, Key
from plugin.storage.tables.metadata import metadata

worker_slots = Table(
    "worker_slots",
    metadata,
    Column("slot", Key, primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
    Column("version", Text, nullable=False),
    Column("counts", Text, nullable=False),
)
"""`counts`: of each job's name, as JSON."""
