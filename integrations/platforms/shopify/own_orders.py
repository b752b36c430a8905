"""Orders of ours, told from those that shoppers placed: by the tags that our own commands gave them."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from plugin.domain.ids import ClaimId
from plugin.domain.origin import MadeAs, Origin

REPLACEMENT: Final = "aftercare-replacement"
"""What such an order is: for merchants, who may filter by it, and for us."""
CLAIM_LINE: Final = "Aftercare claim"
"""The additional detail that holds the key of the command: the claim, and the number of its line."""
_FOR: Final = re.compile(r"aftercare-for-([0-9]{1,20})", re.IGNORECASE)
_LINE: Final = re.compile(r"([A-Za-z0-9_-]{1,64}):[0-9]{1,6}")


def key_tag(key: str) -> str:
    """The tag that one command leaves; a tag has 40 characters at most (recorded 2026-04)."""
    return f"aftercare-{sha256(key.encode()).hexdigest()[:16]}"


def tag_for(order: str) -> str:
    """The tag that says which order it is for, by external id."""
    return f"aftercare-for-{order}"


def origin(tags: Iterable[str], details: Mapping[str, str]) -> Origin | None:
    """Which order this one was made for; None: nobody of ours made it."""
    known = [tag.strip() for tag in tags]
    order = next((found[1] for tag in known if (found := _FOR.fullmatch(tag))), None)
    if order is None or REPLACEMENT not in {tag.lower() for tag in known}:
        return None
    line = _LINE.fullmatch(details.get(CLAIM_LINE, ""))
    return Origin(order, MadeAs.REPLACEMENT, ClaimId(line[1]) if line else None)
