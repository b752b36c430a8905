"""Whether a message names an e-mail address, in whichever way its sender escaped it."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def mentions(content: bytes, email: str) -> bool:
    """Case aside. Content need not be whole, or of any format: whoever could not read it parked it as it came."""
    wanted = email.strip().casefold()
    return any(wanted in text.casefold() for text in spellings(content))


def spellings(content: bytes) -> Iterator[str]:
    """The text as it came, with JSON's escapes undone, and with those of a form."""
    text = content.decode("utf-8", errors="replace")
    yield text
    yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\\/", "/")
    yield unquote_plus(text)
