"""What a remedy comes to, in sentences: what goes back, what is kept, who pays for the way."""

from collections.abc import Iterator

from babel.numbers import format_currency

from plugin.domain.claim.vocabulary import Judged
from plugin.domain.claim_quote import Worth
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.i18n import Catalogue


def amount_text(amount: Money, words: Catalogue) -> str:
    """An amount with its currency, as the language writes it."""
    return str(format_currency(amount.decimal(), amount.currency, locale=words.locale))


def worth_sentences(worth: Worth, remedy: Remedy, judged: Judged, words: Catalogue) -> tuple[str, ...]:
    """What one remedy comes to; of a remedy that nobody owes no amount is promised."""
    if remedy not in judged.remedies:
        return (words.text("claim.money.open"),)
    said = tuple(_sentences(worth, remedy, words))
    if said:
        return said
    return (words.text("claim.money.free" if remedy.traits.costs_nothing else "claim.money.open"),)


def difference_sentence(difference: Money | None, words: Catalogue) -> str:
    """What an exchange costs more or less than the goods that come back; empty while nobody knows."""
    if difference is None:
        return ""
    if not difference.minor:
        return words.text("claim.exchange.same")
    amount = amount_text(difference if difference.minor > 0 else -difference, words)
    return words.text(f"claim.exchange.{'pay' if difference.minor > 0 else 'back'}", amount=amount)


def payer_sentence(judged: Judged, words: Catalogue) -> str:
    """Who pays for sending it back; empty where nothing goes back by any right."""
    return words.text(f"payer.{judged.payer.value}") if judged.remedies else ""


def _sentences(worth: Worth, remedy: Remedy, words: Catalogue) -> Iterator[str]:
    if worth.refund:
        key = "keep" if remedy is Remedy.PRICE_REDUCTION else "refund"
        yield words.text(f"claim.money.{key}", amount=amount_text(worth.refund, words))
    if worth.delivery:
        yield words.text("claim.money.delivery", amount=amount_text(worth.delivery, words))
    if worth.credit and worth.bonus:
        amounts = {"amount": amount_text(worth.credit, words), "bonus": amount_text(worth.bonus, words)}
        yield words.text("claim.money.credit_bonus", **amounts)
    elif worth.credit:
        yield words.text("claim.money.credit", amount=amount_text(worth.credit, words))
    if worth.exchange:
        yield words.text("claim.money.exchange", amount=amount_text(worth.exchange, words))
    if worth.fee:
        yield words.text("claim.money.fee", amount=amount_text(worth.fee, words))
