"""All that is kept about somebody, as one archive to hand over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from plugin.domain.person_file import PersonFile


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along: its place in the archive, and its plain bytes as they are asked for."""

    path: str
    content: Callable[[], Iterator[bytes]]


class PackPerson(Protocol):
    """Makes the archive: the data for programs, the same to read, and the files."""

    def __call__(self, file: PersonFile, language: str, attached: Iterable[Attached]) -> Iterator[bytes]:
        """The archive's bytes, piece by piece; nothing is held whole but what is written down."""
        ...
