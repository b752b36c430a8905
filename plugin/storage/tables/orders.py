"""Orders: flat columns to find and list them by, the facts as one blob, the shopper's part sealed apart."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, UniqueConstraint, true

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, own_id

orders = Table(
    "orders",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("external_id", Key, nullable=False),
    Column("number", Key, nullable=False),
    Column("number_normalised", Key, nullable=False),
    Column("standing", Key, nullable=False),
    Column("country", Key),
    Column("placed_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("currency", Key, nullable=False),
    Column("line_count", Integer, nullable=False),
    Column("policy_version", Key),
    Column("is_gone", Boolean, nullable=False),
    Column("awaits_delivery", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", Blob, nullable=False),
    Column("person_id", Key, nullable=False),
    Column("personal", Blob),
    Column("facts", Blob, nullable=False),
    Column("awaits_products", Boolean),
    belongs_to("shops", "shop_id"),
    belongs_to("people", "person_id"),
    UniqueConstraint("merchant_id", "shop_id", "external_id"),
)
"""External ids exceed 2**53 and are texts. `awaits_delivery`: placed, kept, and nobody reported a delivery yet.
`awaits_products`: a line has no copy of its product yet; null where that was saved before there were copies."""

# What the list searches and sorts by is in the index: an order's own row is read once it is on the page.
Index("ix_orders_placed", orders.c.merchant_id, orders.c.placed_at, orders.c.id, orders.c.number_normalised)
Index("ix_orders_number", orders.c.merchant_id, orders.c.number_normalised, orders.c.placed_at, orders.c.id)
Index("ix_orders_shop", orders.c.merchant_id, orders.c.shop_id, orders.c.placed_at, orders.c.id)
Index("ix_orders_standing", orders.c.merchant_id, orders.c.standing, orders.c.placed_at, orders.c.id)
Index("ix_orders_person", orders.c.merchant_id, orders.c.person_id)
Index(
    "ix_orders_awaiting",
    orders.c.merchant_id,
    orders.c.placed_at,
    sqlite_where=orders.c.awaits_delivery == true(),
    postgresql_where=orders.c.awaits_delivery == true(),
)
