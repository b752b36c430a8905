"""Where a keyset page begins, as the opaque text that travels in addresses."""

import base64
import binascii
from dataclasses import dataclass
from typing import Self

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row next to the page: its id, the instant it is sorted by (microseconds since 1970), which way to read."""

    at: int
    id: str
    is_backward: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `Invalid` on a text that is not ours."""
        try:
            return decoder(cls).decode(base64.b64decode(text, altchars=b"-_", validate=True))
        except (msgspec.DecodeError, binascii.Error, ValueError, RecursionError) as error:
            raise Invalid({"field": "cursor"}) from error

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode()
