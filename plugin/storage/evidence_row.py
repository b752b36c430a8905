"""A file of evidence as a row and back, its name apart."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from plugin.domain.evidence import Evidence, EvidenceState, Held, Refusal, ScanState, Stored
from plugin.storage.scope import Values


def row_of(evidence: Evidence) -> dict[str, Any]:
    """The columns of a file that was just announced."""
    return {
        "id": evidence.id,
        "shop_id": evidence.shop,
        "draft_id": evidence.draft,
        "claim_id": evidence.claim,
        "person_id": evidence.person,
        "declared_type": evidence.declared_type,
        "size": evidence.size,
        "received": evidence.received,
        "state": evidence.state.value,
        "scan": evidence.scan.value,
        "created_at": evidence.created_at,
        "touched_at": evidence.touched_at,
    }


def settled(held: Held, at: datetime) -> Values:
    """The columns that looking at a whole file changes."""
    stored = held.stored
    return {
        "state": (EvidenceState.READY if stored else EvidenceState.REFUSED).value,
        "scan": held.scan.value,
        "refusal": held.refusal.value if held.refusal else None,
        "object": stored.object if stored else None,
        "media_type": stored.media_type if stored else None,
        "stored_size": stored.size if stored else None,
        "digest": stored.digest if stored else None,
        "completed_at": at,
    }


def evidence_of(row: Row[Any], name: str) -> Evidence:
    """The file that a row tells of."""
    return Evidence(
        id=row.id,
        shop=row.shop_id,
        draft=row.draft_id,
        person=row.person_id,
        name=name,
        declared_type=row.declared_type,
        size=row.size,
        created_at=row.created_at,
        touched_at=row.touched_at,
        claim=row.claim_id,
        received=row.received,
        state=EvidenceState(row.state),
        scan=ScanState(row.scan),
        stored=Stored(row.object, row.media_type, row.stored_size, row.digest) if row.object else None,
        refusal=Refusal(row.refusal) if row.refusal else None,
        completed_at=row.completed_at,
    )
