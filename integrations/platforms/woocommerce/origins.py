"""Orders of ours, told from those that shoppers placed: by what our own commands left in `meta_data`."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Raw

from integrations.platforms.woocommerce.actions.marks import AGREED, FOR, KEY
from integrations.platforms.woocommerce.fields import raw_words
from plugin.domain.ids import ClaimId
from plugin.domain.origin import MadeAs, Origin

ORIGIN_KEYS: Final = (FOR, KEY, AGREED)
_NUMBER: Final = re.compile(r"[0-9]{1,20}")
_CLAIM_LINE: Final = re.compile(r"([A-Za-z0-9_-]{1,64}):[0-9]{1,6}")
"""The key of a remedy: the claim, and the number of its line."""


def origin(metas: Mapping[str, Sequence[Raw]]) -> Origin | None:
    """Which order this one was made for; None: nobody of ours made it."""
    order = _first(metas, FOR)
    if not _NUMBER.fullmatch(order):
        return None
    line = _CLAIM_LINE.fullmatch(_first(metas, KEY))
    made = MadeAs.EXCHANGE if AGREED in metas else MadeAs.REPLACEMENT
    return Origin(order, made, ClaimId(line[1]) if line else None)


def _first(metas: Mapping[str, Sequence[Raw]], key: str) -> str:
    return next((raw_words(value) for value in metas.get(key, ())), "")
