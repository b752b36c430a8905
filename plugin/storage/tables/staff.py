"""Who works for a merchant, their one-time links and their sessions; secrets only as hashes."""

from sqlalchemy import Column, Index, LargeBinary, Table

from plugin.storage.column_types import Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id

staff = Table(
    "staff",
    metadata,
    merchant_id(),
    own_id(),
    Column("email", LargeBinary, nullable=False),
    Column("email_hash", LargeBinary, nullable=False),
    Column("role", Key, nullable=False),
    Column("language", Key, nullable=False),
    Column("invited_at", Instant, nullable=False),
    Column("removed_at", Instant),
    of_merchant(),
)

Index(
    "uq_staff_email",
    staff.c.merchant_id,
    staff.c.email_hash,
    unique=True,
    sqlite_where=staff.c.removed_at.is_(None),
    postgresql_where=staff.c.removed_at.is_(None),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    merchant_id(),
    own_id(),
    Column("staff_id", Key, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
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
    Column("secret_hash", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("agent", LargeBinary, nullable=False),
    Column("revoked_at", Instant),
    belongs_to("staff", "staff_id"),
)
"""`agent`, the browser's name for itself, is sealed."""

Index("ix_sessions_staff", sessions.c.merchant_id, sessions.c.staff_id)
