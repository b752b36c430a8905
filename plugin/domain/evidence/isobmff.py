"""Where an MP4 or QuickTime file may say where it was filmed, so that it can be overwritten.

Places are told in user data (`©xyz` of QuickTime, `loci` of 3GPP TS 26.244 §8.2), in Apple's metadata keys
(`com.apple.quicktime.location.*`), in `uuid` boxes (XMP) and in tracks of their own (GoPro's `gpmd`, Google's `camm`,
subtitles of drones). Instead of knowing them all we keep what plays the video and overwrite the rest with an empty
`free` box of the same size, so that no offset changes. Boxes: ISO/IEC 14496-12 §4.2 and §8.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from plugin.domain.evidence.evidence import Refusal
from plugin.domain.evidence.overwrites import Overwrite
from plugin.domain.evidence.samples import sample_ranges
from plugin.domain.evidence.sniff import Read, Refused

_HEADER = 8
_LONG_HEADER = 16
_MOST_BOXES = 20_000
_MOST_OVERWRITES = 500_000
_FILE_KEEPS = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"pdin"}
_MOOV_KEEPS = {b"mvhd", b"trak", b"mvex", b"iods"}
_MOOF_KEEPS = {b"mfhd", b"traf"}
_TRAK_KEEPS = {b"tkhd", b"tref", b"trgr", b"edts", b"mdia", b"load", b"clip", b"matt", b"tapt"}
_MDIA_KEEPS = {b"mdhd", b"hdlr", b"minf", b"elng"}
_PLAYED = {b"vide", b"soun"}


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its type and where it begins, where its content begins, and where it ends."""

    type: bytes
    start: int
    content: int
    end: int

    @property
    def emptied(self) -> Overwrite:
        """A `free` box in its place; its size field stays as it is."""
        is_long = self.content - self.start == _LONG_HEADER
        header = b"free" + (self.end - self.start).to_bytes(8, "big") if is_long else b"free"
        return Overwrite(self.start + 4, self.end - self.start - 4, header)


class Walk:
    """Reads box headers one after the other; no file makes it read more than so many."""

    def __init__(self, read: Read, size: int) -> None:
        self.read = read
        self.size = size
        self._left = _MOST_BOXES

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """The boxes that fill a range to its end. Raises `Refused` when they do not."""
        while start < end:
            box = self._box(start, end)
            yield box
            start = box.end

    def inside(self, box: Box) -> Iterator[Box]:
        """The boxes in a box."""
        return self.boxes(box.content, box.end)

    def find(self, box: Box, *path: bytes) -> Box | None:
        """The first box at this path."""
        for step in path:
            found = next((each for each in self.inside(box) if each.type == step), None)
            if found is None:
                return None
            box = found
        return box

    def _box(self, start: int, end: int) -> Box:
        self._left -= 1
        header = self.read(start, min(_LONG_HEADER, end - start))
        if self._left < 0 or len(header) < _HEADER:
            raise Refused(Refusal.BROKEN)
        size, content = int.from_bytes(header[:4], "big"), start + _HEADER
        if size == 1:
            size, content = int.from_bytes(header[8:16], "big"), start + _LONG_HEADER
        elif size == 0 and end == self.size:
            size = end - start
        if not content <= start + size <= end:
            raise Refused(Refusal.BROKEN)
        return Box(header[4:8], start, content, start + size)


def overwrites_of(read: Read, size: int) -> list[Overwrite]:
    """What to overwrite. Raises `Refused`: `BROKEN` for a file that is not boxes throughout, `KIND` without a video."""
    walk = Walk(read, size)
    top = list(walk.boxes(0, size))
    movies = [box for box in top if box.type == b"moov"]
    if len(movies) != 1:
        raise Refused(Refusal.BROKEN)
    found = [box.emptied for box in top if box.type not in _FILE_KEEPS]
    fragments = [box for box in top if box.type == b"moof"]
    found += [each.emptied for box in fragments for each in walk.inside(box) if each.type not in _MOOF_KEEPS]
    return found + _in_movie(walk, movies[0], is_fragmented=bool(fragments))


def _in_movie(walk: Walk, movie: Box, *, is_fragmented: bool) -> list[Overwrite]:
    found: list[Overwrite] = []
    handlers = set()
    for box in list(walk.inside(movie)):
        if box.type not in _MOOV_KEEPS:
            found.append(box.emptied)
        elif box.type == b"trak":
            handler = _handler(walk, box)
            handlers.add(handler)
            if handler in _PLAYED:
                found += _in_track(walk, box)
            elif is_fragmented:
                raise Refused(Refusal.BROKEN)  # its samples are spread over the fragments
            else:
                found += [*_samples(walk, box), box.emptied]
        if len(found) > _MOST_OVERWRITES:
            raise Refused(Refusal.BROKEN)
    if b"vide" not in handlers:
        raise Refused(Refusal.KIND)
    return found


def _handler(walk: Walk, track: Box) -> bytes:
    """What a track is for (§8.4.3): four letters behind eight bytes."""
    box = walk.find(track, b"mdia", b"hdlr")
    if box is None:
        raise Refused(Refusal.BROKEN)
    return walk.read(box.content + 8, 4)


def _in_track(walk: Walk, track: Box) -> list[Overwrite]:
    inside = list(walk.inside(track))
    media = [each for box in inside if box.type == b"mdia" for each in walk.inside(box)]
    foreign = [box for box in inside if box.type not in _TRAK_KEEPS]
    return [box.emptied for box in (*foreign, *(each for each in media if each.type not in _MDIA_KEEPS))]


def _samples(walk: Walk, track: Box) -> list[Overwrite]:
    """The contents of a track that nobody plays, wherever in the file they are."""
    table = walk.find(track, b"mdia", b"minf", b"stbl")
    if table is None:
        raise Refused(Refusal.BROKEN)
    content = {box.type: (box.content, box.end - box.content) for box in walk.inside(table)}
    return [Overwrite(offset, length) for offset, length in sample_ranges(walk.read, content, walk.size)]
