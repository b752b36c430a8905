"""What an agent sees of an exchange: what the shopper chose, the difference, and why the platform did not make it."""

from collections.abc import Iterator

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.machines.decision import RemedyState
from plugin.i18n import Catalogue
from plugin.wording.claim.exchange import chosen_title, known_difference
from plugin.wording.claim.money import amount_text


def exchange_parts(line: ClaimLine, words: Catalogue) -> tuple[str, ...]:
    """The variant with the platform's id, and what the shopper pays more or gets back, as far as they are known."""
    return tuple(_parts(line, words))


def failed_because(line: ClaimLine, words: Catalogue) -> str:
    """Why what was to be sent instead came to nothing, where there is something to do about it."""
    key = f"desk.remedy_why.{line.remedy_detail}"
    return words.text(key) if line.remedy is RemedyState.FAILED and words.has(key) else ""


def _parts(line: ClaimLine, words: Catalogue) -> Iterator[str]:
    title, difference = chosen_title(line), known_difference(line)
    if title and line.choice:
        yield f"{title} ({line.choice.variant})"
    if difference is None:
        return
    if not difference.minor:
        yield words.text("desk.exchange.same")
    elif difference.minor > 0:
        yield words.text("desk.exchange.pays", amount=amount_text(difference, words))
    else:
        yield words.text("desk.exchange.gets", amount=amount_text(-difference, words))
