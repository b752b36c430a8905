"""What a message may say, in whichever way its sender escaped it, and whether an e-mail address stands in it.

Content need not be whole, or of any format: whoever could not read it parked it as it came.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_SPACE = re.compile(r"\\[nrtbf]")


def stands_in(text: str, email: str) -> bool:
    """Whether the address is there (both casefolded), and not as the end or the beginning of another one."""
    return email in text and bool(re.search(rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)", text))


def spellings(content: bytes) -> Iterator[str]:
    """The text as it came, with JSON's escapes undone, and with those of a form."""
    text = content.decode("utf-8", errors="replace")
    yield text
    yield _SPACE.sub(" ", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)).replace("\\/", "/")
    yield unquote_plus(text)
