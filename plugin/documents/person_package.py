"""All that is kept about somebody as one ZIP: `data.json` for programs, `readable.html` to read, and their files."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

from plugin.documents.person_paper import person_paper
from plugin.domain.person_file import PersonFile
from plugin.ports.person_package import Attached

_UNIX: Final = 3
_FILE: Final = 0o100644


def pack_person(file: PersonFile, language: str, attached: Iterable[Attached]) -> Iterator[bytes]:
    """The archive's bytes as they are made: files pass through piece by piece, whatever their size."""
    made = _Passing()
    data = msgspec.json.format(msgspec.json.encode(file), indent=2)
    with ZipFile(made, "w") as archive:
        for name, content in (("data.json", data), ("readable.html", person_paper(file, language).encode())):
            archive.writestr(_entry(name, file.as_of, ZIP_DEFLATED), content)
            yield made.taken()
        for each in attached:
            with archive.open(_entry(each.path, file.as_of, ZIP_STORED), "w", force_zip64=True) as entry:
                for piece in each.content():
                    entry.write(piece)
                    yield made.taken()
    yield made.taken()


def _entry(name: str, at: datetime, compression: int) -> ZipInfo:
    entry = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _FILE << 16, compression
    return entry


class _Passing(RawIOBase):
    """Where the archive is written to: what is there is taken away, so that it never grows."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # whoever writes here has bytes
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
