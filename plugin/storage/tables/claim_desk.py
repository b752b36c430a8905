"""The desk that claims are worked at: its settings, goodwill given, and who saw whose personal data."""

from sqlalchemy import BigInteger, Column, Index, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant

claim_settings = Table(
    "claim_settings",
    metadata,
    merchant_id(),
    Column("content", Blob, nullable=False),
    Column("saved_at", Instant, nullable=False),
    of_merchant(),
)
"""`content` is sealed under the merchant's key."""

goodwill_given = Table(
    "goodwill_given",
    metadata,
    merchant_id(),
    Column("staff_id", Key, primary_key=True),
    Column("month", Key, primary_key=True),
    Column("currency", Key, primary_key=True),
    Column("minor", BigInteger, nullable=False),
    belongs_to("staff", "staff_id"),
)
"""What each agent gave beyond right and promise in one month, `month` like "2026-11"."""

personal_data_views = Table(
    "personal_data_views",
    metadata,
    merchant_id(),
    Column("staff_id", Key, primary_key=True),
    Column("seen", Key, primary_key=True),
    Column("subject", Key, primary_key=True),
    Column("day", Key, primary_key=True),
    Column("number", Key, nullable=False),
    Column("at", Instant, nullable=False),
    belongs_to("staff", "staff_id"),
)
"""One row for each member, claim or order, and UTC day; `at` is when they looked first that day."""

Index("ix_personal_data_views_at", personal_data_views.c.merchant_id, personal_data_views.c.at)
