"""The archive itself: a plain tar of the parts, the manifest that names each with its sha256, and the manifest's own.

`tar -xf` opens it without Aftercare. What is missing or altered anywhere is found before anything is changed.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from integrations.files.names import checked
from plugin.backup.errors import BackupError
from plugin.backup.manifest import Manifest, Part

DATABASE = "database"
ERASURES = "erasures.jsonl"
SECRETS = "secrets.json"
FILES = "files/"
_MANIFEST = "manifest.json"
_SEAL = "manifest.sha256"
_FIRST = re.compile(rf"{DATABASE}|{ERASURES}|{SECRETS}")
_MODE = 0o600
_PIECE = 1024 * 1024
_MOST_MANIFEST = 512 * 1024 * 1024


class Writer:
    """Puts parts into an archive, one after the other."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: list[Part] = []

    def add(self, name: str, file: BinaryIO) -> None:
        """A part with the content of this file."""
        source = _Hashing(file)
        entry = _entry(name, os.fstat(file.fileno()).st_size)
        self._tar.addfile(entry, source)
        self.parts.append(Part(name, entry.size, source.digest.hexdigest()))

    def add_bytes(self, name: str, content: bytes) -> None:
        """A small part."""
        self._tar.addfile(_entry(name, len(content)), io.BytesIO(content))
        self.parts.append(Part(name, len(content), hashlib.sha256(content).hexdigest()))

    def close(self, manifest: Manifest) -> None:
        """The manifest, last: without it the archive is none."""
        text = manifest.to_json()
        self.add_bytes(_MANIFEST, text)
        self.add_bytes(_SEAL, hashlib.sha256(text).hexdigest().encode() + b"\n")


class Reader:
    """An archive whose manifest is whole. Everything raises `BackupError`."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        with _told():
            self._members = {member.name: member for member in tar.getmembers() if member.isreg()}
            self.manifest = Manifest.parse(self._manifest_text())
        self._require_parts(tar)

    def copy(self, part: Part, to: Path) -> None:
        """Write a part to a file that is not there yet, for its owner alone."""
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        with os.fdopen(descriptor, "wb") as target:
            for piece in self.pieces(part):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())

    def read(self, part: Part) -> bytes:
        """A small part's content."""
        return b"".join(self.pieces(part))

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part's content; at its end it turns out whether it is what was backed up."""
        digest = hashlib.sha256()
        with _told():
            source = self._tar.extractfile(self._members[part.name])
            while source and (piece := source.read(_PIECE)):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != part.sha256:
            raise BackupError(f"This backup is damaged: {part.name} is not what was backed up.")

    def part(self, name: str) -> Part | None:
        """The part of this name."""
        return next((part for part in self.manifest.parts if part.name == name), None)

    def files(self) -> Sequence[Part]:
        """The parts that are evidence."""
        return [part for part in self.manifest.parts if part.name.startswith(FILES)]

    def _manifest_text(self) -> bytes:
        seal, member = self._members.get(_SEAL), self._members.get(_MANIFEST)
        if seal is None or member is None or member.size > _MOST_MANIFEST:
            raise BackupError("This is no whole backup: its end is missing.")
        text, digest = (file.read() for each in (member, seal) if (file := self._tar.extractfile(each)))
        if hashlib.sha256(text).hexdigest() != digest.decode("ascii", "replace").strip():
            raise BackupError("This backup is damaged: its manifest was altered.")
        return text

    def _require_parts(self, tar: tarfile.TarFile) -> None:
        named = {part.name: part.size for part in self.manifest.parts}
        there = {name: member.size for name, member in self._members.items() if name not in {_MANIFEST, _SEAL}}
        is_whole = named == there and len(tar.getmembers()) == len(named) + 2 and DATABASE in named
        if not is_whole or not all(map(_is_part, named)):
            raise BackupError("This backup is damaged: it does not hold what its manifest names.")


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open an archive; raises `BackupError` for what is none."""
    try:
        tar = tarfile.open(path, "r:")  # noqa: SIM115 - closed below
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    except tarfile.TarError as error:
        raise BackupError(f"{path} is no backup of Aftercare, or a damaged one.") from error
    with tar:
        yield Reader(tar)


def _is_part(name: str) -> bool:
    if not name.startswith(FILES):
        return _FIRST.fullmatch(name) is not None
    try:
        return bool(checked(name.removeprefix(FILES)))
    except ValueError:
        return False


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, _MODE
    return entry


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        raise BackupError("This backup is damaged: it cannot be read to its end.") from error
