"""Bytes of a file that are replaced by as many others, so that nothing else in it moves."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overwrite:
    """From `offset` on: `head`, then zeros, `length` bytes together."""

    offset: int
    length: int
    head: bytes = b""

    @property
    def end(self) -> int:
        """The first offset behind it."""
        return self.offset + self.length


def overwritten(chunks: Iterable[bytes], overwrites: Sequence[Overwrite]) -> Iterator[bytes]:
    """The same bytes with these overwritten; one chunk at a time is in memory. Where two meet, zeros win."""
    ordered = sorted(_joined(overwrites), key=lambda each: each.offset)
    ends = _furthest(ordered)
    at = 0
    for chunk in chunks:
        first = bisect_right(ends, at)
        yield _apply(chunk, at, ordered[first:]) if first < len(ordered) else chunk
        at += len(chunk)


def _apply(chunk: bytes, at: int, ordered: Sequence[Overwrite]) -> bytes:
    changed = None
    for each in ordered:
        if each.offset >= at + len(chunk):
            break
        start, stop = max(each.offset, at), min(each.end, at + len(chunk))
        if start < stop:
            changed = changed if changed is not None else bytearray(chunk)
            changed[start - at : stop - at] = _content(each, start, stop)
    return chunk if changed is None else bytes(changed)


def _content(each: Overwrite, start: int, stop: int) -> bytes:
    head = each.head[start - each.offset : stop - each.offset]
    return head + bytes(stop - start - len(head))


def _joined(overwrites: Sequence[Overwrite]) -> Iterator[Overwrite]:
    """Runs of plain zeros as one: a track's samples are thousands of neighbours."""
    last: Overwrite | None = None
    for each in sorted(overwrites, key=lambda one: one.offset):
        if last and not last.head and not each.head and each.offset <= last.end:
            last = Overwrite(last.offset, max(last.end, each.end) - last.offset)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _furthest(ordered: Sequence[Overwrite]) -> list[int]:
    """How far the overwrites up to each one reach: never falling, so that it can be searched."""
    reached, ends = 0, []
    for each in ordered:
        reached = max(reached, each.end)
        ends.append(reached)
    return ends
