"""Makes pictures anew, so that nothing but the picture is left."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew: its bytes and what they are."""

    content: bytes
    media_type: str


class Images(Protocol):
    """Decodes and encodes."""

    def redraw(self, content: bytes) -> Picture:
        """The same picture, upright, without any metadata, at most so large.

        Raises `plugin.domain.evidence.sniff.Refused`: `BROKEN` when it cannot be decoded to its end, `TOO_LARGE` when
        it has more pixels than a picture may have, before they are decoded.
        """
        ...
