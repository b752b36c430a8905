"""Stored projections of entitlements."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "projections",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("law", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_projections_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", name=op.f("pk_projections")),
    )
    op.create_index("ix_projections_law", "projections", ["merchant_id", "law", "order_id"], unique=False)
    op.create_table(
        "entitlements",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("right", KEY, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=True),
        sa.Column("source", KEY, nullable=True),
        sa.Column("event_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("absent", KEY, nullable=True),
        sa.Column("rulebook_version", KEY, nullable=False),
        sa.Column("calendar_version", KEY, nullable=False),
        sa.Column("policy_version", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_entitlements_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", "line_id", "right", name=op.f("pk_entitlements")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entitlements_closing", "entitlements", ["merchant_id", "closes_at", "order_id"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_entitlements_closing", table_name="entitlements")
    op.drop_table("entitlements")
    op.drop_index("ix_projections_law", table_name="projections")
    op.drop_table("projections")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
