"""Claims that shoppers are writing, sealed, at most one open for each order."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "claim_drafts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("language", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.Column("claim_id", KEY, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["merchant_id", column], [f"{table}.merchant_id", f"{table}.id"], name=op.f(f"fk_claim_drafts_{table}")
            )
            for table, column in (("shops", "shop_id"), ("orders", "order_id"), ("people", "person_id"))
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_claim_drafts")),
    )
    op.create_index(
        "ix_claim_drafts_open",
        "claim_drafts",
        ["merchant_id", "order_id"],
        unique=True,
        sqlite_where=sa.text("claim_id IS NULL"),
        postgresql_where=sa.text("claim_id IS NULL"),
    )
    op.create_index("ix_claim_drafts_touched", "claim_drafts", ["merchant_id", "touched_at"], unique=False)
    op.create_index("ix_claim_drafts_person", "claim_drafts", ["merchant_id", "person_id"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    for name in ("ix_claim_drafts_person", "ix_claim_drafts_touched", "ix_claim_drafts_open"):
        op.drop_index(name, table_name="claim_drafts")
    op.drop_table("claim_drafts")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
