"""Receive the next bytes of a file: sealed and stored first, then taken if nobody else was there before."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.effects import CheckEvidence
from plugin.domain.errors import DomainError
from plugin.domain.evidence import (
    CHUNK_BYTES,
    Evidence,
    EvidenceRefused,
    EvidenceState,
    EvidenceTooLarge,
    OffsetMismatch,
    Part,
    Refusal,
    UnknownEvidence,
)
from plugin.domain.evidence.sniff import HEAD_BYTES, is_taken
from plugin.domain.ids import ClaimDraftId, EvidenceId, MerchantId
from plugin.ports.evidence import FileCipher
from plugin.ports.files import Files
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units

_LEAST_BYTES = 64 * 1024
"""Of every chunk but the last: each becomes an object and a row."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes of a file and where they begin in it."""

    evidence: EvidenceId
    draft: ClaimDraftId
    offset: int
    content: bytes


def receive_chunk(
    chunk: Chunk, *, merchant: MerchantId, units: Units, files: Files, ids: Ids, now: datetime
) -> Evidence:
    """The file with these bytes; when it is whole, the worker is told to check it.

    Raises `UnknownEvidence`, `OffsetMismatch`, `EvidenceTooLarge`, and `EvidenceRefused` for a first chunk that begins
    no file we take: it is forgotten at once, before the rest is sent.
    """
    evidence, cipher = _opened(chunk, merchant, units)
    _check_length(chunk, evidence)
    if chunk.offset == 0 and not is_taken(chunk.content[:HEAD_BYTES]):
        _refuse(chunk, merchant, units)
    name = f"{parts_of(evidence.id, merchant)}/{ids.new()}"
    files.put(name, cipher.seal(name, [chunk.content]))
    try:
        with units(merchant) as unit:
            after = unit.evidence.append(evidence.id, Part(chunk.offset, len(chunk.content), name), now)
            if after.state is EvidenceState.CHECKING:
                unit.queue.add([CheckEvidence(merchant, evidence.id)])
            unit.commit()
    except DomainError:
        files.delete(name)  # surely not taken: another chunk was faster, or the file is gone
        raise
    return after


def parts_of(evidence: EvidenceId, merchant: MerchantId) -> str:
    """Where the bytes of a file lie as they came, below which nothing else is."""
    return f"{merchant}/{evidence}/parts"


def _opened(chunk: Chunk, merchant: MerchantId, units: Units) -> tuple[Evidence, FileCipher]:
    with units.read(merchant) as unit:
        evidence = unit.evidence.get(chunk.evidence)
        if evidence.draft != chunk.draft:
            raise UnknownEvidence
        if evidence.received != chunk.offset or evidence.state is not EvidenceState.UPLOADING:
            raise OffsetMismatch({"offset": evidence.received})
        return evidence, unit.evidence.cipher(evidence.id)


def _check_length(chunk: Chunk, evidence: Evidence) -> None:
    length, left = len(chunk.content), evidence.size - chunk.offset
    if not min(_LEAST_BYTES, left) <= length <= min(CHUNK_BYTES, left):
        raise EvidenceTooLarge({"field": "chunk", "most": min(CHUNK_BYTES, left)})


def _refuse(chunk: Chunk, merchant: MerchantId, units: Units) -> None:
    with units(merchant) as unit:
        unit.evidence.drop(chunk.evidence)
        unit.commit()
    raise EvidenceRefused({"field": "file", "why": Refusal.KIND.value})
