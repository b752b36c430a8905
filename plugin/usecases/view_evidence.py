"""Open a checked file for somebody who may see it: its record, and its bytes as they are asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plugin.domain.evidence import Evidence, Stored, UnknownEvidence
from plugin.domain.ids import EvidenceId, MerchantId
from plugin.ports.files import Files
from plugin.ports.unit_of_work import Units

Bytes = Callable[[int, int], Iterator[bytes]]
"""So many bytes from an offset on."""


@dataclass(frozen=True, slots=True)
class Viewed:
    """A file as it is shown."""

    evidence: Evidence
    stored: Stored
    content: Bytes


def view_evidence(evidence: EvidenceId, *, merchant: MerchantId, units: Units, files: Files) -> Viewed:
    """The file. Raises `UnknownEvidence` for one that is not kept or not checked yet."""
    with units.read(merchant) as unit:
        found = unit.evidence.get(evidence)
        cipher = unit.evidence.cipher(evidence)
    stored = found.stored
    if stored is None:
        raise UnknownEvidence
    return Viewed(found, stored, lambda start, length: cipher.open(stored.object, files, start, length))
