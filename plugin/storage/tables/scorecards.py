"""Scores of carriers made beforehand: counts of many parcels, whole."""

from sqlalchemy import Boolean, Column, Integer, Table

from plugin.storage.column_types import Blob, Instant
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant

scorecards = Table(
    "scorecards",
    metadata,
    merchant_id(),
    Column("days", Integer, primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("is_cut", Boolean, nullable=False),
    Column("card", Blob, nullable=False),
    of_merchant(),
)
"""`card`: JSON, compressed; nothing in it is personal."""
