"""The variants to choose from in exchange, each with its difference; shown and read back on the page of the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugin.domain.claim.exchange import difference
from plugin.domain.claim.vocabulary import VariantChoice
from plugin.domain.claim_draft import DraftLine
from plugin.domain.money import Money
from plugin.domain.variants import Variant
from plugin.i18n import Catalogue
from plugin.wording.claim.money import difference_sentence


@dataclass(frozen=True, slots=True)
class Shown:
    """A variant as the page lists it; `text` is empty where its difference is not known."""

    id: str
    title: str
    text: str
    is_chosen: bool


def shown(variants: Iterable[Variant], said: DraftLine, credit: Money, words: Catalogue) -> tuple[Shown, ...]:
    """What there is to choose from; `credit` is what the goods that come back count for."""
    chosen = said.choice.variant if said.choice else None
    return tuple(
        Shown(
            each.id,
            each.title,
            difference_sentence(difference(each.price, said.quantity, credit), words),
            is_chosen=each.id == chosen,
        )
        for each in variants
    )


def chosen(given: str, variants: Iterable[Variant]) -> VariantChoice | None:
    """The variant a form names, at the price that stands there; None for one that is not offered."""
    return next((VariantChoice(each.id, each.title, each.price) for each in variants if each.id == given), None)


def told(said: DraftLine, credit: Money, words: Catalogue) -> str:
    """The difference the shopper saw when they chose; empty where there was none to see."""
    return difference_sentence(difference(said.choice.price, said.quantity, credit), words) if said.choice else ""
