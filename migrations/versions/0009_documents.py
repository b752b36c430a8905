"""Legal texts a merchant attested, proof of which legal words were shown, documents of products, official artwork."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
UPLOADS = ("certificates", "artworks")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "attested_texts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("piece", KEY, nullable=False),
        sa.Column("language", KEY, nullable=False),
        sa.Column("country", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("attested_at", INSTANT, nullable=False),
        sa.Column("attested_by", KEY, nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_attested_texts_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_attested_texts")),
        sa.UniqueConstraint(
            *("merchant_id", "piece", "language", "country", "version"),
            name=op.f("uq_attested_texts_merchant_id_piece_language_country_version"),
        ),
    )
    op.create_table(
        "shown_texts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("shown_at", INSTANT, nullable=False),
        sa.Column("what", KEY, nullable=False),
        sa.Column("language", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_shown_texts_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", "shown_at", "what", name=op.f("pk_shown_texts")),
    )
    for name in UPLOADS:
        create_uploads(name)


def downgrade() -> None:
    set_lock_timeout()
    for name in UPLOADS:
        op.drop_index(f"ix_{name}_added", table_name=name)
        op.drop_table(name)
    op.drop_table("shown_texts")
    op.drop_table("attested_texts")


def create_uploads(name: str) -> None:
    """Create a table of files: the record of each as JSON, and its content, sealed."""
    op.create_table(
        name,
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f(f"fk_{name}_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_added", name, ["merchant_id", "added_at", "id"], unique=False)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
