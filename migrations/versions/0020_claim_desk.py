"""The desk that claims are worked at: its settings, goodwill given, who saw whose personal data."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "claim_settings",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_claim_settings_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_claim_settings")),
    )
    op.create_table(
        "goodwill_given",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("month", KEY, nullable=False),
        sa.Column("currency", KEY, nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "staff_id"], ["staff.merchant_id", "staff.id"], name=op.f("fk_goodwill_given_staff")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "staff_id", "month", "currency", name=op.f("pk_goodwill_given")),
    )
    op.create_table(
        "personal_data_views",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("seen", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "staff_id"], ["staff.merchant_id", "staff.id"], name=op.f("fk_personal_data_views_staff")
        ),
        sa.PrimaryKeyConstraint(
            "merchant_id", "staff_id", "seen", "subject", "day", name=op.f("pk_personal_data_views")
        ),
    )
    op.create_index("ix_personal_data_views_at", "personal_data_views", ["merchant_id", "at"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_personal_data_views_at", table_name="personal_data_views")
    op.drop_table("personal_data_views")
    op.drop_table("goodwill_given")
    op.drop_table("claim_settings")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
