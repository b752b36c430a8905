"""What is known of each shop's webhooks."""

from sqlalchemy import Column, Integer, Table, Text

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

shop_hooks = Table(
    "shop_hooks",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("secret", Blob, nullable=False),
    Column("hooks", Text, nullable=False),
    Column("checked_at", Instant),
    Column("fault", Key),
    Column("fault_detail", Text),
    Column("heard_at", Instant),
    Column("delay_seconds", Integer),
    Column("swept_at", Instant),
    Column("sweep_after", Text),
    Column("mended_at", Instant),
    belongs_to("shops", "shop_id"),
)
"""`hooks`: topic, id and whether it is active, of each, as JSON; `delay_seconds`: of the last that told its change."""
