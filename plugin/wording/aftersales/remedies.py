"""What is offered when goods come back or are faulty, in the order the shop offers it."""

from decimal import Decimal

from babel.numbers import format_percent

from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import BASIS_POINTS, Offer
from plugin.i18n import Catalogue


def remedies_text(rule: Rule | None, words: Catalogue) -> str:
    """The offers as alternatives; empty where the rule names none."""
    if rule is None or not rule.offers:
        return ""
    return words.either([_offer(offer, words) for offer in rule.offers])


def _offer(offer: Offer, words: Catalogue) -> str:
    name = words.text(f"page.remedy.{offer.remedy.value}")
    if not offer.bonus:
        return name
    rate = format_percent(Decimal(offer.bonus) / BASIS_POINTS, locale=words.locale, decimal_quantization=False)
    return words.text("page.remedy.with_bonus", remedy=name, rate=rate)
