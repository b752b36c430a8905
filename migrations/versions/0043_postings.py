"""Promises written into shops' own platforms."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "postings",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("posted_at", INSTANT, nullable=True),
        sa.Column("policy", KEY, nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("fault_detail", sa.Text(), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_postings_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", name=op.f("pk_postings")),
    )
    op.create_table(
        "posted_promises",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("owner", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_posted_promises_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", "owner", "key", name=op.f("pk_posted_promises")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("posted_promises")
    op.drop_table("postings")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
