"""Goods on their way back: labels, batches of hubs and the parcels in them, and what the merchant has set."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, UniqueConstraint, and_, literal_column, true

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id, whose_turn

labels = Table(
    "labels",
    metadata,
    merchant_id(),
    own_id(),
    Column("order_id", Key, nullable=False),
    Column("claim_id", Key, nullable=False),
    Column("state", Key, nullable=False),
    Column("source", Key, nullable=False),
    Column("parcel", Key, nullable=False),
    Column("live_parcel", Key),
    Column("replaces", Key),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("valid_until", Instant),
    Column("object", Key),
    Column("is_dropped", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    Column("detail", Blob),
    belongs_to("orders", "order_id"),
    UniqueConstraint("merchant_id", "live_parcel"),
    UniqueConstraint("merchant_id", "replaces"),
)
"""`parcel` names what the label is for, `live_parcel` too while it is live, so that a parcel has one such label.
`object` is the sealed file, which `is_dropped` says is to go. `detail` is sealed under the key of the order's person.
"""

Index("ix_labels_claim", labels.c.merchant_id, labels.c.claim_id)
Index("ix_labels_due", labels.c.merchant_id, labels.c.due_at)
Index("ix_labels_state", labels.c.merchant_id, labels.c.state, labels.c.valid_until)
Index("ix_labels_order", labels.c.merchant_id, labels.c.order_id)
Index("ix_labels_dropped", labels.c.merchant_id, labels.c.is_dropped)

IS_REQUESTED = labels.c.state == literal_column("'requested'")
IS_ISSUED = labels.c.state == literal_column("'issued'")
HAS_OLD_FILE = and_(
    labels.c.state.in_([literal_column("'expired'"), literal_column("'closed'")]), labels.c.object.is_not(None)
)
IS_DROPPED = labels.c.is_dropped == true()
whose_turn(labels, "due_at", IS_REQUESTED)
whose_turn(labels, "valid_until", IS_ISSUED)
whose_turn(labels, "changed_at", HAS_OLD_FILE)
whose_turn(labels, "is_dropped", IS_DROPPED)

return_settings = Table(
    "return_settings",
    metadata,
    merchant_id(),
    Column("content", Blob),
    Column("points", Blob),
    Column("saved_at", Instant, nullable=False),
    of_merchant(),
)
"""`content` is sealed: the label provider's key is in it."""

hub_batches = Table(
    "hub_batches",
    metadata,
    merchant_id(),
    own_id(),
    Column("hub_id", Key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Key, nullable=False),
    Column("open_hub", Key),
    Column("opened_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    of_merchant(),
    UniqueConstraint("merchant_id", "hub_id", "number"),
    UniqueConstraint("merchant_id", "open_hub"),
)
"""`open_hub` is the hub while the batch is open, so that a hub has one open batch; its parcels are rows apart."""

hub_parcels = Table(
    "hub_parcels",
    metadata,
    merchant_id(),
    Column("key", Key, primary_key=True),
    Column("batch_id", Key, nullable=False),
    Column("position", Integer, nullable=False),
    Column("order_id", Key, nullable=False),
    Column("claim_id", Key, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("grams", BigInteger),
    Column("record", Blob, nullable=False),
    belongs_to("hub_batches", "batch_id"),
    belongs_to("orders", "order_id"),
)

Index("ix_hub_batches_opened", hub_batches.c.merchant_id, hub_batches.c.opened_at)
Index("ix_hub_parcels_batch", hub_parcels.c.merchant_id, hub_parcels.c.batch_id, hub_parcels.c.position)
Index("ix_hub_parcels_claim", hub_parcels.c.merchant_id, hub_parcels.c.claim_id)
