"""Passkeys of staff, and the challenges that were answered with them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0054"
down_revision = "0052"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
STAFF = ["staff.merchant_id", "staff.id"]


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "passkeys",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("copied_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("merchant_id", "credential", name=op.f("uq_passkeys_merchant_id_credential")),
        sa.ForeignKeyConstraint(["merchant_id", "staff_id"], STAFF, name=op.f("fk_passkeys_staff")),
    )
    op.create_index("ix_passkeys_staff", "passkeys", ["merchant_id", "staff_id"])
    op.create_table(
        "spent_challenges",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "challenge", name=op.f("pk_spent_challenges")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_spent_challenges_merchants")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("spent_challenges")
    op.drop_table("passkeys")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
