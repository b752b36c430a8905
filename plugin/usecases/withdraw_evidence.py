"""Take a file back that belongs to no submitted claim; its bytes go with the next sweep."""

from plugin.domain.evidence import UnknownEvidence
from plugin.domain.ids import ClaimDraftId, EvidenceId, MerchantId
from plugin.ports.unit_of_work import Units


def withdraw_evidence(evidence: EvidenceId, draft: ClaimDraftId, *, merchant: MerchantId, units: Units) -> None:
    """Raises `UnknownEvidence` for another draft's file and for one of a submitted claim."""
    with units(merchant) as unit:
        if unit.evidence.get(evidence).draft != draft:
            raise UnknownEvidence
        unit.evidence.drop(evidence)
        unit.commit()
