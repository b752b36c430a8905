"""Where shops are, connections to them, codes to join a merchant, and products."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("shops", sa.Column("address", KEY, nullable=True))
    op.create_index("ix_shops_address", "shops", ["platform", "address"], unique=True)
    op.create_table(
        "join_codes",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "made_by"], ["staff.merchant_id", "staff.id"], name=op.f("fk_join_codes_staff")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_join_codes")),
    )
    op.create_table(
        "products",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("external_id", KEY, nullable=False),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("updated_at", INSTANT, nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_products_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", "external_id", name=op.f("pk_products")),
    )
    op.add_column("orders", sa.Column("awaits_products", sa.Boolean(), nullable=True))
    op.create_table(
        "connections",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.Column("connected_at", INSTANT, nullable=False),
        sa.Column("read_until", INSTANT, nullable=True),
        sa.Column("catalogue_at", INSTANT, nullable=True),
        sa.Column("polled_at", INSTANT, nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("fault_detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_connections_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", name=op.f("pk_connections")),
    )
    op.create_index("ix_connections_due", "connections", ["due_at"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_connections_due", table_name="connections")
    op.drop_table("connections")
    op.drop_column("orders", "awaits_products")
    op.drop_table("products")
    op.drop_table("join_codes")
    op.drop_index("ix_shops_address", table_name="shops")
    op.drop_column("shops", "address")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
