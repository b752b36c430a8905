"""Which order a statement is about, as far as its words tell; a person finds out where they do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.declaration.declaration import Contract, Proof, Statement
from plugin.domain.stored import StoredOrder

_WORD = re.compile(r"[#\w][\w./-]*", re.UNICODE)
_EDGES = "./-"
_MOST = 5


@dataclass(frozen=True, slots=True)
class Match:
    """The order and, where its own address was typed, the proof; `stored` is never shown to the sender unproven."""

    contract: Contract
    stored: StoredOrder


def references(text: str) -> tuple[str, ...]:
    """What in a text may be an order number, the likeliest first: the whole of it, then words with a digit."""
    words = (word.strip(_EDGES) for word in _WORD.findall(text))
    numbers = (word for word in words if any(sign.isdigit() for sign in word))
    return tuple(dict.fromkeys((text.strip(), *numbers)))[:_MOST]


def matched(statement: Statement, found: Sequence[StoredOrder]) -> Match | None:
    """The order among those that were found by number.

    Of several the one with the typed address; several without it are for a person to tell apart.
    """
    theirs = [stored for stored in found if same_address(stored.order.shopper.email, statement.reply_to)]
    if len({stored.id for stored in theirs}) == 1:
        return Match(Contract(theirs[0].id, Proof.MAIL_EQUALS_ORDER), theirs[0])
    if not theirs and len({stored.id for stored in found}) == 1:
        return Match(Contract(found[0].id), found[0])
    return None


def same_address(one: str | None, other: str) -> bool:
    """Whether two e-mail addresses are the same, case aside."""
    return bool(one) and (one or "").strip().casefold() == other.strip().casefold()
