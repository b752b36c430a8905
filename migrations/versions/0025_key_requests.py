"""Keys that shops were asked for on their platform's page."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "key_requests",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", KEY, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("fault_detail", sa.Text(), nullable=True),
        sa.Column("shop_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_key_requests_merchants")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_key_requests_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_key_requests")),
    )
    op.create_index("ix_key_requests_asked", "key_requests", ["merchant_id", "asked_at"], unique=False)
    op.create_index("ix_key_requests_due", "key_requests", ["merchant_id", "due_at"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_key_requests_due", table_name="key_requests")
    op.drop_index("ix_key_requests_asked", table_name="key_requests")
    op.drop_table("key_requests")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
