"""In which order the remedies are offered, and what each costs the shop: a suggestion to an agent, with its numbers.

Bounded by law: it takes no remedy away that the shopper has a right to and adds none, it only says which to offer
first. On a declared withdrawal it suggests nothing: the refund comes first, and no number stands before a right. Where
somebody could be hurt it offers nothing that sells more (`safety.without_upsell`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.claim_engine.costs import Costs, Line, Row, Rows, keeps_item, rows_of, total, way_back
from plugin.domain.claim_engine.question import Question
from plugin.domain.claim_engine.safety import is_safety, without_upsell
from plugin.domain.money import Money
from plugin.domain.policy.decision import Decision, Ground
from plugin.domain.policy.terms import BASIS_POINTS, Offer, Rate
from plugin.domain.remedy import Remedy

TOO_DEAR: Rate = 4_000
"""Where the merchant has set nothing else: a way back that costs more than two fifths of the price is too dear."""


@dataclass(frozen=True, slots=True)
class Option:
    """One offer with its reckoning. `total` is None while an amount is not known. `is_legal`: the law gives it."""

    offer: Offer
    rows: Rows
    total: Money | None
    keeps_item: bool
    is_legal: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The options in the order to offer them.

    `landed` is what the way back costs row by row, `threshold` the part of the price above which it is too dear.
    `because` names the rule that ordered them: `engine.order.<because>`.
    """

    options: tuple[Option, ...]
    landed: Rows
    landed_total: Money | None
    threshold: Money
    because: str


@dataclass(frozen=True, slots=True)
class Offering:
    """What the order of offers rests on: what was decided about units of this price (shop's currency), why it is asked.

    `legal`: what the law gives. `reasons` from the leaf of the reason tree to its root. `is_withdrawal`: the refund
    comes first, whatever it costs.
    """

    decision: Decision
    price: Money
    legal: frozenset[Remedy]
    reasons: tuple[str, ...]
    is_withdrawal: bool


def suggest(question: Question, costs: Costs, too_dear: Rate = TOO_DEAR) -> Suggestion:
    """The suggestion for one line; `too_dear` in basis points of the price."""
    asked, legal = question.asked, legal_remedies(question)
    offering = Offering(question.decision, question.price, legal, asked.reasons, asked.is_withdrawal)
    return in_order(offering, costs, too_dear)


def in_order(offering: Offering, costs: Costs, too_dear: Rate = TOO_DEAR) -> Suggestion:
    """The offers in the order to make them."""
    decision, legal = offering.decision, offering.legal
    line = Line(offering.price, decision.payer, decision.fee)
    landed = way_back(line, costs)
    threshold = Money(max(line.price.minor, 0) * too_dear // BASIS_POINTS, line.price.currency)
    is_dear = _known(landed, line.price.currency).minor > threshold.minor
    offers, because = _ordered(offering, is_dear=is_dear)
    options = tuple(_option(offer, line, costs, legal) for offer in offers)
    if because == "keep_first":
        options = _keep_first(options)
    return Suggestion(options, landed, total(landed), threshold, because)


def legal_remedies(question: Question) -> frozenset[Remedy]:
    """What the law gives on the ground the line rests on."""
    match question.decision.ground:
        case Ground.WITHDRAWAL:
            return frozenset({Remedy.REFUND})
        case Ground.LIABILITY:
            return frozenset(question.clock.remedies) if question.clock else frozenset()
        case _:
            return frozenset()


def _ordered(offering: Offering, *, is_dear: bool) -> tuple[Sequence[Offer], str]:
    offers, legal = offering.decision.offers, offering.legal
    if offering.is_withdrawal:
        return sorted(offers, key=lambda offer: offer.remedy not in legal), "withdrawal"
    if is_safety(offering.reasons):
        return without_upsell(offers, legal), "safety"
    return offers, "keep_first" if is_dear else "as_the_policy_says"


def _option(offer: Offer, line: Line, costs: Costs, legal: frozenset[Remedy]) -> Option:
    rows = rows_of(offer, line, costs)
    return Option(offer, rows, total(rows), keeps_item(offer), offer.remedy in legal)


def _keep_first(options: Sequence[Option]) -> tuple[Option, ...]:
    """What leaves the goods where they are, the cheapest first; then credit; then the rest as the policy has it."""

    def rank(option: Option) -> tuple[int, int]:
        if option.keeps_item:
            return (0, option.total.minor) if option.total is not None else (1, 0)
        return (2 if option.offer.remedy is Remedy.STORE_CREDIT else 3), 0

    return tuple(sorted(options, key=rank))


def _known(rows: Sequence[Row], currency: str) -> Money:
    """What is known of a sum: too dear already, it only gets dearer, since no row of a way back brings anything."""
    return sum((row.amount for row in rows if row.amount is not None), Money.zero(currency))
