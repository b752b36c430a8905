"""Files that are whole or not there, whatever dies meanwhile; an error of the disk is told as `Unavailable`."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugin.ports.errors import Unavailable

_UNFINISHED = "."


def write_whole(path: Path, content: Iterable[bytes]) -> None:
    """Write beside its place, in a folder that is there, flush to disk, then move there."""
    with told():
        descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in content:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
            sync(path.parent)
        finally:
            Path(unfinished).unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """See that the names in it are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def told() -> Iterator[None]:
    """Raise `Unavailable` for what the disk cannot do."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"files: {error.strerror}") from error
