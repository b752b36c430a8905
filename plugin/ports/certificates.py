"""Files a merchant uploaded for shoppers to see, their contents sealed: documents of products, official artwork."""

from collections.abc import Sequence
from typing import Protocol

from plugin.domain.artwork import Artwork
from plugin.domain.certificates import Certificate


class Certificates(Protocol):
    """Documents of products."""

    def add(self, certificate: Certificate, content: bytes) -> None:
        """Record a document with its file."""
        ...

    def all(self) -> Sequence[Certificate]:
        """Every document, oldest first, without the files."""
        ...

    def content(self, certificate: str) -> bytes:
        """The file. Raises `NotFound`."""
        ...

    def remove(self, certificate: str) -> None:
        """Forget a document and its file. Raises `NotFound`."""
        ...


class Artworks(Protocol):
    """Official artwork."""

    def add(self, artwork: Artwork, content: bytes) -> None:
        """Record an artwork with its file."""
        ...

    def all(self) -> Sequence[Artwork]:
        """Every artwork, oldest first, without the files."""
        ...

    def content(self, artwork: str) -> bytes:
        """The file. Raises `NotFound`."""
        ...

    def remove(self, artwork: str) -> None:
        """Forget an artwork and its file. Raises `NotFound`."""
        ...
