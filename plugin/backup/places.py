"""Files and folders that a restore puts others in place of: all of them, or none.

The new ones are made beside the old. A journal says what was there before the first is moved, and has another name once
the last one stands: whoever finds it under the first puts back what was there, under the second lets that go.
"""

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def fresh_of(place: Path) -> Path:
    """Where what is to come is made: beside its place, so that moving it there is one step."""
    return place.with_name(f".{place.name}.restored")


class Places:
    """The places that one restore fills."""

    def __init__(self, journal: Path, places: Sequence[Path]) -> None:
        self._journal = journal
        self._places = places

    def begin(self) -> None:
        """Write down what is there; from here on `undo_unfinished` puts it back."""
        for place in self._places:
            _remove(_old_of(place))
        fresh = self._journal.with_name(f"{self._journal.name}.new")
        with fresh.open("w") as file:
            json.dump({str(place): place.exists() for place in self._places}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._journal)
        _sync(self._journal.parent)

    def swap(self) -> None:
        """Move what is there aside and what was made into its place; where nothing was made, nothing stays."""
        for place in self._places:
            if place.exists():
                place.replace(_old_of(place))
            if fresh_of(place).exists():
                fresh_of(place).replace(place)
        for folder in {place.parent for place in self._places}:
            _sync(folder)

    def finish(self, done: Path) -> None:
        """It has succeeded: the journal goes under the name by which `let_go_finished` finds what was there."""
        self._journal.replace(done)
        _sync(done.parent)


def undo_unfinished(journal: Path) -> bool:
    """Put back what a restore found that did not come to its end; false where none did so."""
    if not journal.exists():
        return False
    for name, was_there in json.loads(journal.read_text()).items():
        place = Path(name)
        if _old_of(place).exists():
            _remove(place)
            _old_of(place).replace(place)
        elif not was_there:
            _remove(place)
        _remove(fresh_of(place))
    _sync(journal.parent)
    journal.unlink()
    return True


def let_go_finished(done: Path) -> None:
    """Remove what a restore that has succeeded put others in place of, and last the journal that tells of it.

    Several may come upon it at once: what another has removed is no fault.
    """
    with suppress(FileNotFoundError):
        for name in json.loads(done.read_text()):
            _remove(_old_of(Path(name)))
        done.unlink()


def _old_of(place: Path) -> Path:
    return place.with_name(f".{place.name}.before-restore")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
