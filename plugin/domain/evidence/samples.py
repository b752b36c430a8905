"""Where a track's samples lie in an MP4 file: ISO/IEC 14496-12 §8.7 (`stsz`, `stsc`, `stco`, `co64`)."""

from collections.abc import Iterator, Mapping
from struct import unpack

from plugin.domain.evidence.evidence import Refusal
from plugin.domain.evidence.sniff import Read, Refused

_MOST_ENTRIES = 500_000
_TABLE_HEADER = 8
_SIZES_HEADER = 12
_WIDE = 8


def sample_ranges(read: Read, boxes: Mapping[bytes, tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Offset and length of each chunk of samples, from the boxes of a sample table (content offset and length each).

    Raises `Refused` (`BROKEN`) for tables that are missing, too long, or point outside the file of `size` bytes.
    """
    try:
        chunks = _chunk_offsets(read, boxes)
        sizes = _sizes(read, boxes[b"stsz"])
        runs = [run[:2] for run in _table(read, boxes[b"stsc"], 4, 3)]
    except KeyError as error:
        raise Refused(Refusal.BROKEN) from error
    first = 0
    for offset, count in zip(chunks, _counts(runs, len(chunks)), strict=True):
        length = sum(sizes[first : first + count])
        if offset + length > size:
            raise Refused(Refusal.BROKEN)
        yield offset, length
        first += count


def _counts(runs: list[tuple[int, ...]], chunks: int) -> Iterator[int]:
    """How many samples each chunk has: a run holds from its first chunk (counted from 1) until the next run's."""
    run, count = 0, 0
    for number in range(1, chunks + 1):
        while run < len(runs) and runs[run][0] <= number:
            count = runs[run][1]
            run += 1
        yield count


def _chunk_offsets(read: Read, boxes: Mapping[bytes, tuple[int, int]]) -> list[int]:
    if b"co64" in boxes:
        return [entry[0] for entry in _table(read, boxes[b"co64"], 8, 1)]
    return [entry[0] for entry in _table(read, boxes[b"stco"], 4, 1)]


def _sizes(read: Read, box: tuple[int, int]) -> list[int]:
    at, length = box
    header = read(at, _SIZES_HEADER)
    if len(header) < _SIZES_HEADER or length < _SIZES_HEADER:
        raise Refused(Refusal.BROKEN)
    same, count = unpack(">4xII", header)
    if count > _MOST_ENTRIES:
        raise Refused(Refusal.BROKEN)
    if same:
        return [same] * count
    return list(_numbers(read(at + _SIZES_HEADER, count * 4), 4, count))


def _table(read: Read, box: tuple[int, int], width: int, columns: int) -> list[tuple[int, ...]]:
    """The rows of a table: version and flags, a count, then so many rows of numbers."""
    at, _ = box
    header = read(at, _TABLE_HEADER)
    count = int.from_bytes(header[4:8], "big")
    if len(header) < _TABLE_HEADER or count > _MOST_ENTRIES:
        raise Refused(Refusal.BROKEN)
    numbers = _numbers(read(at + _TABLE_HEADER, count * columns * width), width, count * columns)
    return list(zip(*[iter(numbers)] * columns, strict=True))


def _numbers(content: bytes, width: int, count: int) -> tuple[int, ...]:
    if len(content) != width * count:
        raise Refused(Refusal.BROKEN)
    return unpack(f">{count}{'Q' if width == _WIDE else 'I'}", content)
