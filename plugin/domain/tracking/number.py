"""A parcel's number as people copy it: with spaces, hyphens, brackets, small or full-width letters."""

import re
import unicodedata
from typing import Final

from plugin.domain.errors import Invalid

_BETWEEN: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff().\-\u2010-\u2015_/%*#]+")
_NUMBER: Final = re.compile(r"(?=[A-Z0-9]*[0-9])[A-Z0-9]{6,40}")


class NotATrackingNumber(Invalid):
    """A text is no parcel's number: too short, too long, without a digit, or with characters no carrier prints."""

    code = "not_a_tracking_number"


def tracking_number(text: str) -> str:
    """The number in capitals without what people put between its characters. Raises `NotATrackingNumber`."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not _NUMBER.fullmatch(bare):
        raise NotATrackingNumber({"field": "number", "value": text[:40]})
    return bare
