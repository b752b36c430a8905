"""Accounts with whoever tells of parcels, and what they push to us."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "carrier_accounts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.Column("push_hash", sa.LargeBinary(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", INSTANT, nullable=True),
        sa.Column("open_until", INSTANT, nullable=True),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("pushed_at", INSTANT, nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_carrier_accounts_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "kind", name=op.f("pk_carrier_accounts")),
    )
    op.create_index("ix_carrier_accounts_push", "carrier_accounts", ["push_hash"], unique=True)
    op.create_table(
        "carrier_pushes",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("fault_field", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "kind"],
            ["carrier_accounts.merchant_id", "carrier_accounts.kind"],
            name=op.f("fk_carrier_pushes_carrier_accounts"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_carrier_pushes")),
        sa.UniqueConstraint(
            "merchant_id", "kind", "body_hash", name=op.f("uq_carrier_pushes_merchant_id_kind_body_hash")
        ),
    )
    op.create_index("ix_carrier_pushes_due", "carrier_pushes", ["due_at"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_carrier_pushes_due", table_name="carrier_pushes")
    op.drop_table("carrier_pushes")
    op.drop_index("ix_carrier_accounts_push", table_name="carrier_accounts")
    op.drop_table("carrier_accounts")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
