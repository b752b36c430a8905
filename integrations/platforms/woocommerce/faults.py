"""Why a body cannot be read, in two words: a code, and the field as `line_items[].total`."""

import re
from typing import Final

import msgspec

from plugin.ports.errors import Unreadable

_PATH: Final = re.compile(r" - at `(?:key` in `)?\$\.?([^`]*)`$")
_MISSING: Final = re.compile(r"missing required field `([^`]*)`")
_POSITION: Final = re.compile(r"\[[^\[\]]*\]")
BODY: Final = "body"


def unreadable(error: Exception) -> Unreadable:
    """The fault of a decoding error."""
    if isinstance(error, msgspec.ValidationError):
        return _of_type(str(error))
    return Unreadable("too_deep" if isinstance(error, RecursionError) else "not_json", BODY)


def _of_type(message: str) -> Unreadable:
    """The fault that msgspec 0.22 words with the place at its end: "... - at `$.line_items[0].total`"."""
    place = _PATH.search(message)
    path = _POSITION.sub("[]", place.group(1)) if place else ""
    missing = _MISSING.search(message)
    if missing:
        path = f"{path}.{missing.group(1)}" if path else missing.group(1)
    is_missing = missing is not None or message.partition(" - at ")[0].endswith("got `null`")
    return Unreadable("missing_field" if is_missing else "wrong_type", path or BODY)
