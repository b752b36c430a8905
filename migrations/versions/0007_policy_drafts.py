"""The policy a merchant is writing; who published a version, when, and what the linter said."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "policy_drafts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_policy_drafts_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_policy_drafts")),
    )
    op.add_column("policies", sa.Column("published_at", INSTANT, nullable=True))
    op.add_column("policies", sa.Column("published_by", KEY, nullable=True))
    op.add_column("policies", sa.Column("replaces", KEY, nullable=True))
    op.add_column("policies", sa.Column("findings", sa.LargeBinary(), nullable=True))
    op.add_column("policies", sa.Column("is_declared", sa.Boolean(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    for name in ("is_declared", "findings", "replaces", "published_by", "published_at"):
        op.drop_column("policies", name)
    op.drop_table("policy_drafts")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
