"""Files of evidence and the parts of unfinished uploads."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
INDEXES = {
    "ix_evidence_draft": ["merchant_id", "draft_id"],
    "ix_evidence_claim": ["merchant_id", "claim_id"],
    "ix_evidence_created": ["merchant_id", "shop_id", "created_at"],
    "ix_evidence_state": ["merchant_id", "state", "touched_at"],
    "ix_evidence_person": ["merchant_id", "person_id"],
}


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "evidence",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("draft_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("declared_type", KEY, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("scan", KEY, nullable=False),
        sa.Column("refusal", KEY, nullable=True),
        sa.Column("object", KEY, nullable=True),
        sa.Column("media_type", KEY, nullable=True),
        sa.Column("stored_size", sa.BigInteger(), nullable=True),
        sa.Column("digest", KEY, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_evidence_shops")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "person_id"], ["people.merchant_id", "people.id"], name=op.f("fk_evidence_people")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_evidence")),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "evidence", columns, unique=False)
    op.create_table(
        "evidence_parts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("evidence_id", KEY, nullable=False),
        sa.Column("offset", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("object", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "evidence_id"],
            ["evidence.merchant_id", "evidence.id"],
            name=op.f("fk_evidence_parts_evidence"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "evidence_id", "offset", name=op.f("pk_evidence_parts")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("evidence_parts")
    for name in INDEXES:
        op.drop_index(name, table_name="evidence")
    op.drop_table("evidence")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
