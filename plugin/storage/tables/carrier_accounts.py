"""Accounts with whoever tells of parcels: secrets sealed; and what they pushed to us, sealed, until it is read."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id

carrier_accounts = Table(
    "carrier_accounts",
    metadata,
    merchant_id(),
    Column("kind", Key, primary_key=True),
    Column("secrets", Blob, nullable=False),
    Column("push_hash", Blob, nullable=False),
    Column("since", Instant, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("open_until", Instant),
    Column("fault", Key),
    Column("asked_at", Instant),
    Column("pushed_at", Instant),
    Column("leased_until", Instant),
    Column("version", Integer, nullable=False),
    of_merchant(),
)
"""`secrets`: the keys and the push token, as JSON; `push_hash`: the digest that a pushed message is found by."""

Index("ix_carrier_accounts_push", carrier_accounts.c.push_hash, unique=True)

carrier_pushes = Table(
    "carrier_pushes",
    metadata,
    merchant_id(),
    own_id(),
    Column("kind", Key, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("fault", Key),
    Column("fault_field", Text, nullable=False),
    Column("body_hash", Blob, nullable=False),
    Column("body", Blob, nullable=False),
    ForeignKeyConstraint(["merchant_id", "kind"], ["carrier_accounts.merchant_id", "carrier_accounts.kind"]),
    UniqueConstraint("merchant_id", "kind", "body_hash"),
)
"""A row goes when it is applied. `due_at` is None once it is parked."""

Index("ix_carrier_pushes_due", carrier_pushes.c.due_at)
