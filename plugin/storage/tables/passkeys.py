"""Passkeys of staff, public halves alone, and the challenges that were answered with them."""

from sqlalchemy import BigInteger, Column, Index, Table, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id

passkeys = Table(
    "passkeys",
    metadata,
    merchant_id(),
    own_id(),
    Column("staff_id", Key, nullable=False),
    Column("credential", Blob, nullable=False),
    Column("public_key", Blob, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", Blob, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("copied_at", Instant),
    belongs_to("staff", "staff_id"),
    UniqueConstraint("merchant_id", "credential"),
)
"""`name`, which its owner chose, is sealed."""

Index("ix_passkeys_staff", passkeys.c.merchant_id, passkeys.c.staff_id)

spent_challenges = Table(
    "spent_challenges",
    metadata,
    merchant_id(),
    Column("challenge", Blob, primary_key=True),
    Column("until", Instant, nullable=False),
    of_merchant(),
)
"""Digests of challenges that were answered, until they would hold no longer."""
