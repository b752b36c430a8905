"""Staff who come in from a shop's own admin."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "platform_staff",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_platform_staff_shops")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "staff_id"], ["staff.merchant_id", "staff.id"], name=op.f("fk_platform_staff_staff")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", "user_id", name=op.f("pk_platform_staff")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("platform_staff")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
