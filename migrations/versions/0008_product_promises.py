"""The promise class of every product in every market, and variations found by their product."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_index("ix_products_parent", "products", ["merchant_id", "shop_id", "parent_id"], unique=False)
    op.create_table(
        "product_promises",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("external_id", KEY, nullable=False),
        sa.Column("market", KEY, nullable=False),
        sa.Column("class_id", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id", "external_id"],
            ["products.merchant_id", "products.shop_id", "products.external_id"],
            name=op.f("fk_product_promises_products"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", "external_id", "market", name=op.f("pk_product_promises")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_product_promises_class",
        "product_promises",
        ["merchant_id", "shop_id", "version", "market", "class_id", "external_id"],
        unique=False,
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_product_promises_class", table_name="product_promises")
    op.drop_table("product_promises")
    op.drop_index("ix_products_parent", table_name="products")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
