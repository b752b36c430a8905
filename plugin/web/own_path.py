"""Where a browser may be sent by what an address says: to a page of ours, whatever it makes of odd characters."""

import re
from typing import Final

_OWN: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*", re.ASCII)


def is_own_path(text: str) -> bool:
    r"""Whether this is a path of ours: `/x`, and neither `//x`, `/\x` nor anything with a blank or control character.

    Browsers read `\` as `/` and drop tabs and line ends, so that each of those may name another host (WHATWG URL).
    """
    return _OWN.fullmatch(text) is not None
