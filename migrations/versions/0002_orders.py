"""People with their data keys, and orders."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "people",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("email_hash", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", KEY, nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_people_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_people")),
        sa.UniqueConstraint("merchant_id", "email_hash", name=op.f("uq_people_merchant_id_email_hash")),
    )
    op.create_table(
        "orders",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("external_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("number_normalised", KEY, nullable=False),
        sa.Column("standing", KEY, nullable=False),
        sa.Column("country", KEY, nullable=True),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", KEY, nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("policy_version", KEY, nullable=True),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("awaits_delivery", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("personal", sa.LargeBinary(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "person_id"], ["people.merchant_id", "people.id"], name=op.f("fk_orders_people")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_orders_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_orders")),
        sa.UniqueConstraint(
            "merchant_id", "shop_id", "external_id", name=op.f("uq_orders_merchant_id_shop_id_external_id")
        ),
    )
    op.create_index(
        "ix_orders_awaiting",
        "orders",
        ["merchant_id", "placed_at"],
        unique=False,
        sqlite_where=sa.text("awaits_delivery = 1"),
        postgresql_where=sa.text("awaits_delivery = true"),
    )
    op.create_index("ix_orders_number", "orders", ["merchant_id", "number_normalised"], unique=False)
    op.create_index("ix_orders_person", "orders", ["merchant_id", "person_id"], unique=False)
    op.create_index("ix_orders_placed", "orders", ["merchant_id", "placed_at", "id"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_orders_placed", table_name="orders")
    op.drop_index("ix_orders_person", table_name="orders")
    op.drop_index("ix_orders_number", table_name="orders")
    op.drop_index(
        "ix_orders_awaiting",
        table_name="orders",
        sqlite_where=sa.text("awaits_delivery = 1"),
        postgresql_where=sa.text("awaits_delivery = true"),
    )
    op.drop_table("orders")
    op.drop_table("people")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
