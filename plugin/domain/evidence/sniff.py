"""What a file is by its own bytes, never by its name; whatever is two things at once is refused.

Signatures: WHATWG MIME Sniffing §6 (images, video), ISO/IEC 14496-12 §4.3 (`ftyp`), RFC 9559 (Matroska/WebM),
ISO 32000-1 §7.5.2 (PDF), APPNOTE.TXT 4.3.16 (the end of a ZIP archive, which is looked for from behind).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from plugin.domain.evidence.evidence import Refusal

Read = Callable[[int, int], bytes]
"""The bytes from an offset, as many as asked for or as there are."""

HEAD_BYTES = 4096
_SCAN_BYTES = 1024 * 1024
_OVERLAP = 256
_IMAGES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_QUICKTIME = {b"qt  "}
_STILLS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
_MARKUP = re.compile(
    rb"<!doctype\s|<(?:script|iframe|html|body)[\s>]|<svg[^>]{0,200}xmlns|<\?php\s|<%@\s*page", re.IGNORECASE
)
"""Long enough that compressed data holds none by chance (for the shortest, one file of 25 MB in a hundred thousand)."""
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b|/JS[\s(<]")
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22
_ZIP_COMMENT_BYTES = 65_535


class Refused(Exception):
    """The file is not kept."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type we take, and how it is made harmless."""

    media_type: str
    family: str
    """`image`, `isobmff`, `webm` or `pdf`."""


def is_taken(head: bytes) -> bool:
    """Whether a file that begins so may be of a kind we take."""
    return _kind(head) is not None


def sniff(read: Read, size: int) -> Kind:
    """The kind of a file of `size` bytes. Raises `Refused`: `KIND` for what we do not take, `MIXED` for polyglots."""
    head = read(0, HEAD_BYTES)
    kind = _kind(head)
    if kind is None:
        raise Refused(Refusal.KIND)
    if _MARKUP.search(head) or _is_archive(read, size) or (kind.family != "pdf" and b"%PDF-" in head[:1024]):
        raise Refused(Refusal.MIXED)
    return kind


def refuse_markup(read: Read, size: int) -> None:
    """Raises `Refused` (`MIXED`) when a web page or a server's script hides anywhere in a picture."""
    if _found(_MARKUP, read, size):
        raise Refused(Refusal.MIXED)


def refuse_active(read: Read, size: int) -> None:
    """Raises `Refused` (`ACTIVE`) when a PDF says that it runs something (ISO 32000-1 §12.6.4.5, §12.6.4.16)."""
    if _found(_ACTIVE, read, size):
        raise Refused(Refusal.ACTIVE)


def _found(pattern: re.Pattern[bytes], read: Read, size: int) -> bool:
    return any(pattern.search(read(at, _SCAN_BYTES + _OVERLAP)) for at in range(0, size, _SCAN_BYTES))


def _kind(head: bytes) -> Kind | None:
    for magic, media_type in _IMAGES:
        if head.startswith(magic):
            return Kind(media_type, "image")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind("image/webp", "image")
    if head[4:8] == b"ftyp" and head[8:12] not in _STILLS:
        return Kind("video/quicktime" if head[8:12] in _QUICKTIME else "video/mp4", "isobmff")
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return Kind("video/webm", "webm")
    return Kind("application/pdf", "pdf") if head.startswith(b"%PDF-") else None


def _is_archive(read: Read, size: int) -> bool:
    """Whether an archive's reader, which begins at the end, would open it."""
    start = max(0, size - _ZIP_END_BYTES - _ZIP_COMMENT_BYTES)
    tail = read(start, size - start)
    at = tail.rfind(_ZIP_END)
    while at >= 0:
        comment = int.from_bytes(tail[at + 20 : at + 22], "little")
        if at + _ZIP_END_BYTES + comment == len(tail):
            return True
        at = tail.rfind(_ZIP_END, 0, at)
    return False
