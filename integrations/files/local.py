"""Objects as files of a folder that only its owner can read; nothing serves this folder."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from integrations.files.names import checked
from integrations.files.whole import sync, told, write_whole
from plugin.ports.errors import Rejected

_OWNER_ONLY_FOLDER = 0o700
_PIECE_BYTES = 64 * 1024


class LocalFiles:
    """`plugin.ports.files.Files` in `folder`, which is made when the first object is put."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Write beside its place, flush to disk, then move there: after a crash it is whole or not there."""
        path = self._path(name)
        with told():
            self._make(path.parent)
        write_whole(path, content)

    def get(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` on. Raises `Rejected` without object."""
        path = self._path(name)
        with told():
            try:
                file = path.open("rb")
            except (FileNotFoundError, IsADirectoryError) as error:
                raise Rejected("file_missing") from error
        return _pieces(file, start, length)

    def delete(self, name: str) -> None:
        """Forget an object, or every object below a name."""
        path = self._path(name)
        with told():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / checked(name)

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it, each for its owner only, and see that their names are on disk."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
            sync(each.parent)


def _pieces(file: BinaryIO, start: int, length: int | None) -> Iterator[bytes]:
    with file, told():
        file.seek(start)
        left = length
        while piece := file.read(_PIECE_BYTES if left is None else min(left, _PIECE_BYTES)):
            left = left if left is None else left - len(piece)
            yield piece
