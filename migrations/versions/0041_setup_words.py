"""What staff say of their shops' setup."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "setup_words",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("step", KEY, nullable=False),
        sa.Column("said", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_setup_words_shops")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "staff_id"], ["staff.merchant_id", "staff.id"], name=op.f("fk_setup_words_staff")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", "step", name=op.f("pk_setup_words")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("setup_words")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
