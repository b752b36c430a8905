"""One-line promises: the window, who pays, the guarantee and the refund; for trust sections and carts."""

from dataclasses import dataclass
from typing import Literal

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.badge import guarantee_text, payer_text, summary_text, warranty_text
from plugin.wording.promise_terms import refund_text

Kind = Literal["window", "payer", "warranty", "refund"]


@dataclass(frozen=True, slots=True)
class OneLine:
    """One promise in one line."""

    kind: Kind
    text: str


def one_line_promises(rights: MarketRights, words: Catalogue) -> tuple[OneLine, ...]:
    """The promises of a market, each in a line; what nobody promises and no law gives has none."""
    lines = (
        OneLine("window", summary_text(rights, words)),
        OneLine("payer", payer_text(rights, words)),
        OneLine("warranty", warranty_text(rights, words) or guarantee_text(rights, words)),
        OneLine("refund", _refund(rights, words)),
    )
    return tuple(line for line in lines if line.text)


def trust_heading(words: Catalogue) -> str:
    """What a section of such lines is called."""
    return words.text("trust.heading")


def _refund(rights: MarketRights, words: Catalogue) -> str:
    """By the shop's promise where its return is what counts, else by the law of withdrawals.

    Where the law wants the money back at once (0 days), "at most 0 days" would be no sentence: nothing is said.
    """
    if rights.extra_return is not None and rights.refund is not None:
        return refund_text(rights.refund, words)
    if rights.withdrawal_days is None or not rights.refund_days_by_law:
        return ""
    return words.text("badge.refund.by_law", length=lengths.days(rights.refund_days_by_law, words))
