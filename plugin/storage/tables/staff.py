"""Who works for a merchant, their one-time links and their sessions; secrets only as hashes."""

from sqlalchemy import Column, Index, Table, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id

staff = Table(
    "staff",
    metadata,
    merchant_id(),
    own_id(),
    Column("email", Blob, nullable=False),
    Column("email_hash", Blob, nullable=False),
    Column("role", Key, nullable=False),
    Column("language", Key, nullable=False),
    Column("invited_at", Instant, nullable=False),
    Column("removed_at", Instant),
    of_merchant(),
    UniqueConstraint("merchant_id", "email_hash"),
)

platform_staff = Table(
    "platform_staff",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("user_id", Key, primary_key=True),
    Column("staff_id", Key, nullable=False),
    belongs_to("shops", "shop_id"),
    belongs_to("staff", "staff_id"),
)
"""Staff who come in from the shop's own admin; `user_id` is the platform's name for them."""

sign_in_links = Table(
    "sign_in_links",
    metadata,
    merchant_id(),
    own_id(),
    Column("staff_id", Key, nullable=False),
    Column("secret_hash", Blob, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    belongs_to("staff", "staff_id"),
)

sessions = Table(
    "sessions",
    metadata,
    merchant_id(),
    own_id(),
    Column("staff_id", Key, nullable=False),
    Column("secret_hash", Blob, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("agent", Blob, nullable=False),
    Column("revoked_at", Instant),
    belongs_to("staff", "staff_id"),
)
"""`agent`, the browser's name for itself, is sealed."""

Index("ix_sessions_staff", sessions.c.merchant_id, sessions.c.staff_id)

join_codes = Table(
    "join_codes",
    metadata,
    merchant_id(),
    own_id(),
    Column("made_by", Key, nullable=False),
    Column("secret_hash", Blob, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    belongs_to("staff", "made_by"),
)
"""One-time codes by which an owner lets one more shop join the merchant."""
