"""Where a WebM file may carry more than sound and picture, so that it can be overwritten.

Tags and attachments become `Void` elements of the same size. Elements: RFC 8794 (EBML) §4 to §6, RFC 9559 §5.1.
"""

from dataclasses import dataclass

from plugin.domain.evidence.evidence import Refusal
from plugin.domain.evidence.overwrites import Overwrite
from plugin.domain.evidence.sniff import Read, Refused

_EBML, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_TAGS, _ATTACHMENTS, _VOID = 0x1254C367, 0x1941A469, 0xEC

_CHAPTERS = 0x1043A770
_MOST_ELEMENTS = 500_000
_LONGEST_HEADER = 12
_ONE_BYTE_SIZE = 0x7F


@dataclass(frozen=True, slots=True)
class _Element:
    id: int
    start: int
    content: int
    end: int | None
    """None: it ends where the next element of a higher level begins, as live recordings write it."""


def overwrites_of(read: Read, size: int) -> list[Overwrite]:
    """What to overwrite. Raises `Refused` (`BROKEN`) for a file that is not elements throughout."""
    header = _element(read, 0, size)
    segment = _element(read, header.end or size, size)
    if header.id != _EBML or segment.id != _SEGMENT or (segment.end or size) != size:
        raise Refused(Refusal.BROKEN)
    found: list[Overwrite] = []
    at = segment.content
    for _ in range(_MOST_ELEMENTS):
        if at >= size:
            return found
        element = _element(read, at, size)
        if element.id in {_TAGS, _ATTACHMENTS, _CHAPTERS, _VOID}:
            found.append(_emptied(element))
        at = _next(element)
    raise Refused(Refusal.BROKEN)


def _next(element: _Element) -> int:
    """Behind an element; into a cluster of unknown size, whose blocks are then walked like its neighbours."""
    if element.end is not None:
        return element.end
    if element.id != _CLUSTER:
        raise Refused(Refusal.BROKEN)
    return element.content


def _emptied(element: _Element) -> Overwrite:
    if element.end is None:
        raise Refused(Refusal.BROKEN)
    length = element.end - element.start
    is_short = length - 2 < _ONE_BYTE_SIZE
    header = bytes((_VOID, 0x80 | (length - 2))) if is_short else bytes((_VOID, 0x01)) + (length - 9).to_bytes(7, "big")
    return Overwrite(element.start, length, header)


def _element(read: Read, at: int, size: int) -> _Element:
    header = read(at, _LONGEST_HEADER)
    id_length = _length(header, 4)
    size_length = _length(header[id_length:], 8)
    data = header[id_length : id_length + size_length]
    if len(data) < size_length:
        raise Refused(Refusal.BROKEN)
    mask = (1 << 7 * size_length) - 1
    length, content = int.from_bytes(data, "big") & mask, at + id_length + size_length
    end = None if length == mask else content + length
    if end is not None and end > size:
        raise Refused(Refusal.BROKEN)
    return _Element(int.from_bytes(header[:id_length], "big"), at, content, end)


def _length(header: bytes, most: int) -> int:
    """How many bytes a variable-size number has: one more than it has leading zero bits."""
    length = 9 - header[0].bit_length() if header and header[0] else most + 1
    if length > most:
        raise Refused(Refusal.BROKEN)
    return length
