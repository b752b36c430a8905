"""Legal texts a merchant attested, proof of what was shown, and uploaded files with their contents sealed."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id

attested_texts = Table(
    "attested_texts",
    metadata,
    merchant_id(),
    own_id(),
    Column("piece", Key, nullable=False),
    Column("language", Key, nullable=False),
    Column("country", Key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Key, nullable=False),
    Column("attested_at", Instant, nullable=False),
    Column("attested_by", Key),
    of_merchant(),
    UniqueConstraint("merchant_id", "piece", "language", "country", "version"),
)
"""Plain: public words. `country` is empty for wherever the language is spoken (a NULL would not be unique)."""

shown_texts = Table(
    "shown_texts",
    metadata,
    merchant_id(),
    Column("order_id", Key, primary_key=True),
    Column("shown_at", Instant, primary_key=True),
    Column("what", Key, primary_key=True),
    Column("language", Key, nullable=False),
    Column("version", Key, nullable=False),
    Column("digest", Key, nullable=False),
    belongs_to("orders", "order_id"),
)
"""Append-only."""

certificates = Table(
    "certificates",
    metadata,
    merchant_id(),
    own_id(),
    Column("added_at", Instant, nullable=False),
    Column("record", Blob, nullable=False),
    Column("content", Blob, nullable=False),
    of_merchant(),
)

artworks = Table(
    "artworks",
    metadata,
    merchant_id(),
    own_id(),
    Column("added_at", Instant, nullable=False),
    Column("record", Blob, nullable=False),
    Column("content", Blob, nullable=False),
    of_merchant(),
)
"""`record` is the domain's value as JSON; `content` the file, sealed."""

Index("ix_certificates_added", certificates.c.merchant_id, certificates.c.added_at, certificates.c.id)
Index("ix_artworks_added", artworks.c.merchant_id, artworks.c.added_at, artworks.c.id)
