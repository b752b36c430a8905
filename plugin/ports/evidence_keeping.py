"""What keeps files of evidence: given together, since whoever needs one of these needs the others."""

from dataclasses import dataclass

from plugin.domain.evidence import Limits
from plugin.ports.files import Files
from plugin.ports.images import Images
from plugin.ports.scanner import Scanner


@dataclass(frozen=True, slots=True)
class EvidenceKeeping:
    """Where the bytes go, who looks at them, and how many there may be."""

    files: Files
    scanner: Scanner
    images: Images
    limits: Limits
