"""Where sealed objects are kept: a folder on this machine, or a store of objects elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Bucket:
    """A store of objects elsewhere that speaks Amazon's S3 API, and who we are there; no `endpoint`: Amazon's own."""

    name: str
    region: str
    endpoint: str | None
    access_key: str
    secret_key: str = field(repr=False)


class Files(Protocol):
    """Objects by name: lower-case letters, digits and dashes in up to four parts, joined by `/`.

    What is put is sealed already. An object is written once and never changed. Everything raises `Unavailable`.
    """

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Keep an object, all or nothing: when this returns it outlives a crash of this machine."""
        ...

    def get(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` on, in pieces: `length` of them, or all there are. Raises `Rejected` without object.

        The object is looked up at once, its bytes are read as they are asked for.
        """
        ...

    def delete(self, name: str) -> None:
        """Forget an object, or every object below a name; what is not there is no error."""
        ...
