"""JSON as others send it, made fit to be kept."""

import re
from typing import Final

_NUL: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def storable(body: bytes) -> bytes:
    """The body without U+0000, which databases refuse in a text: the replacement character stands for it."""
    return _NUL.sub(rb"\1\\ufffd", body) if b"\\u0000" in body else body
