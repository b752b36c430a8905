"""Look at a whole file: scan it, find out what it is, make it harmless, and keep what is left of it, or refuse it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice, takewhile

from plugin.domain.evidence import (
    EvidenceState,
    Held,
    Part,
    Refusal,
    ScanState,
    Stored,
    UnknownEvidence,
    isobmff,
    matroska,
)
from plugin.domain.evidence.limits import MEGABYTE
from plugin.domain.evidence.overwrites import overwritten
from plugin.domain.evidence.sniff import Kind, Refused, refuse_active, refuse_markup, sniff
from plugin.domain.ids import EvidenceId, MerchantId
from plugin.ports.errors import Rejected
from plugin.ports.evidence import FileCipher
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.files import Files
from plugin.ports.ids import Ids
from plugin.ports.images import Images
from plugin.ports.unit_of_work import Units
from plugin.usecases.receive_chunk import parts_of

_MOST_IN_MEMORY = 25 * MEGABYTE
"""Pictures and papers; videos pass through in pieces."""


def check_evidence(
    evidence: EvidenceId, *, merchant: MerchantId, units: Units, keeping: EvidenceKeeping, ids: Ids, now: datetime
) -> Held | None:
    """What was found, or None when the file does not wait any more. May run twice: the first result stands.

    The bytes as they came go last; a run that died before they did leaves them to the next.

    Raises `Unavailable` when store or scanner do not answer; the file then goes on waiting.
    """
    try:
        with units.read(merchant) as unit:
            state = unit.evidence.get(evidence).state
            parts, cipher = unit.evidence.parts(evidence), unit.evidence.cipher(evidence)
    except UnknownEvidence:
        return None
    if state is EvidenceState.UPLOADING:
        return None
    if state is not EvidenceState.CHECKING:
        keeping.files.delete(parts_of(evidence, merchant))
        return None
    whole = _Whole(parts, cipher, keeping.files)
    kept = _Kept(f"{merchant}/{evidence}/{ids.new()}", cipher, keeping.files)
    held = _judged(whole, kept, keeping)
    with units(merchant) as unit:
        is_first = unit.evidence.settle(evidence, held, now)
        unit.commit()
    for name in [part.object for part in parts] if is_first else [held.stored.object] if held.stored else []:
        keeping.files.delete(name)
    return held if is_first else None


class _Whole:
    """A file that lies in parts, read as one; one part at a time is in memory."""

    def __init__(self, parts: Sequence[Part], cipher: FileCipher, files: Files) -> None:
        self._parts = parts
        self._offsets = [part.offset for part in parts]
        self._cipher = cipher
        self._files = files
        self._open: tuple[Part, bytes] | None = None
        self.size = sum(part.length for part in parts)

    def read(self, offset: int, length: int) -> bytes:
        """As many bytes from an offset on as are asked for, or as there are."""
        end = offset + length
        first = max(0, bisect_right(self._offsets, offset) - 1)
        touched = takewhile(lambda part: part.offset < end, islice(self._parts, first, None))
        pieces = (self._content(part)[max(0, offset - part.offset) : end - part.offset] for part in touched)
        return b"".join(pieces)

    def pieces(self) -> Iterator[bytes]:
        """All bytes, part by part."""
        return (self._content(part) for part in self._parts)

    def _content(self, part: Part) -> bytes:
        if self._open is None or self._open[0] != part:
            self._open = part, b"".join(self._cipher.open(part.object, self._files))
        return self._open[1]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the harmless form of a file goes."""

    name: str
    cipher: FileCipher
    files: Files

    def put(self, media_type: str, content: Iterable[bytes]) -> Stored:
        """Seal and store it as it comes."""
        digest, size = sha256(), 0

        def told() -> Iterator[bytes]:
            nonlocal size
            for piece in content:
                digest.update(piece)
                size += len(piece)
                yield piece

        self.files.put(self.name, self.cipher.seal(self.name, told()))
        return Stored(self.name, media_type, size, digest.hexdigest())


def _judged(whole: _Whole, kept: _Kept, keeping: EvidenceKeeping) -> Held:
    scan = ScanState.NOT_SCANNED
    try:
        scan = keeping.scanner.scan(whole.pieces())
        if scan is ScanState.REFUSED:
            return Held(scan, refusal=Refusal.VIRUS)
        kind = sniff(whole.read, whole.size)
        media_type, content = _harmless(kind, whole, keeping.images)
        return Held(scan, stored=kept.put(media_type, content))
    except Refused as refused:
        return Held(scan, refusal=refused.why)
    except Rejected:  # bytes that had come are not there any more: only the shopper can mend that
        return Held(scan, refusal=Refusal.BROKEN)


def _harmless(kind: Kind, whole: _Whole, images: Images) -> tuple[str, Iterable[bytes]]:
    if kind.family == "isobmff":
        return kind.media_type, overwritten(whole.pieces(), isobmff.overwrites_of(whole.read, whole.size))
    if kind.family == "webm":
        return kind.media_type, overwritten(whole.pieces(), matroska.overwrites_of(whole.read, whole.size))
    if whole.size > _MOST_IN_MEMORY:
        raise Refused(Refusal.TOO_LARGE)
    if kind.family == "pdf":
        refuse_active(whole.read, whole.size)
        return kind.media_type, whole.pieces()
    refuse_markup(whole.read, whole.size)
    picture = images.redraw(b"".join(whole.pieces()))
    return picture.media_type, [picture.content]
