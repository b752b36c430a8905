"""What a shopper chose in exchange, and the difference: as they were told, and as the platform made it."""

from collections.abc import Sequence

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.events import RemedyMoved
from plugin.domain.claim.exchange import difference_told, difference_wanted
from plugin.domain.claim.record import Entry
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.i18n import Catalogue
from plugin.wording.claim.money import difference_sentence


def chosen_title(line: ClaimLine) -> str:
    """The variant by its title; empty where nothing is exchanged, or another one was agreed on since."""
    plan, choice = line.plan, line.choice
    if choice is None or (plan is not None and (plan.remedy, plan.variant) != (Remedy.EXCHANGE, choice.variant)):
        return ""
    return choice.title


def exchange_sentence(line: ClaimLine, words: Catalogue) -> str:
    """The difference of an exchange; empty where there is none or nobody knows it."""
    return difference_sentence(known_difference(line), words)


def pay_address(no: int, entries: Sequence[Entry]) -> str | None:
    """Where the difference of a line's exchange is paid, by its latest entry; None: the platform did not say."""
    for entry in reversed(entries):
        event = entry.event
        if isinstance(event, RemedyMoved) and event.line == no and event.difference is not None:
            return entry.words
    return None


def known_difference(line: ClaimLine) -> Money | None:
    """The difference as it was made, else as it was agreed, else as it stood when the shopper chose."""
    if line.difference is not None:
        return line.difference
    if line.plan is None:
        return difference_wanted(line)
    return difference_told(line) if line.plan.remedy is Remedy.EXCHANGE else None
