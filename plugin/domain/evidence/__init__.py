"""Evidence: photos, videos and papers that a shopper hands in for a claim, and what becomes of each file.

A claim refers to an evidence id and knows nothing of files.
"""

from plugin.domain.evidence.errors import (
    EvidenceRefused,
    EvidenceTooLarge,
    OffsetMismatch,
    TooMuchEvidence,
    UnknownEvidence,
    UploadForbidden,
)
from plugin.domain.evidence.evidence import CHUNK_BYTES, Evidence, EvidenceState, Held, Part, Refusal, ScanState, Stored
from plugin.domain.evidence.limits import Limits, Tally

__all__ = [
    "CHUNK_BYTES",
    "Evidence",
    "EvidenceRefused",
    "EvidenceState",
    "EvidenceTooLarge",
    "Held",
    "Limits",
    "OffsetMismatch",
    "Part",
    "Refusal",
    "ScanState",
    "Stored",
    "Tally",
    "TooMuchEvidence",
    "UnknownEvidence",
    "UploadForbidden",
]
