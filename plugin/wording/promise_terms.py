"""The terms of a promise in sentences: how long and from when, at what cost, for which goods, when money is back."""

from decimal import Decimal

from babel.lists import format_list
from babel.numbers import format_currency, format_percent

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.entitlement import Right
from plugin.domain.policy.terms import (
    BASIS_POINTS,
    Anchor,
    Condition,
    Counting,
    Fee,
    RefundMeans,
    RefundPromise,
    Track,
    Window,
    WindowUnit,
)
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.names import title
from plugin.wording.trace import joined

_SAID = {
    Track.RETURN: ("badge.extra.return", Right.SHOP_RETURN),
    Track.EXCHANGE: ("badge.extra.exchange", Right.EXCHANGE),
    Track.WARRANTY: ("badge.warranty", Right.COMMERCIAL_WARRANTY),
}


def window_length(window: Window, words: Catalogue) -> str:
    """The length of a window that has an end, in the case that follows "for"."""
    number = window.length or 0
    if window.unit is WindowUnit.MONTHS:
        return lengths.months(number, words)
    return lengths.days(number, words, working=window.counting is Counting.WORKING)


def window_text(track: Track, window: Window, rights: MarketRights, words: Catalogue) -> str:
    """What the shop promises on a track, for how long and from when."""
    key, right = _SAID[track]
    anchor = rights.anchor(track)
    if window.length is None:
        return words.text(f"{key}_unlimited")
    if anchor is Anchor.DELIVERED:
        return words.text(key, length=window_length(window, words))
    said = words.text(f"step.promised_from_{anchor.value}", length=window_length(window, words))
    return words.text("badge.named", name=title(right, words), text=said)


def fee_text(fee: Fee | None, words: Catalogue) -> str:
    """What is kept back at most; empty where that is nothing."""
    if fee is None:
        return ""
    rate = format_percent(Decimal(fee.rate) / BASIS_POINTS, locale=words.locale, decimal_quantization=False)
    if fee.amount is None or not fee.amount.minor:
        return words.text("badge.fee.rate", rate=rate)
    amount = format_currency(fee.amount.decimal(), fee.amount.currency, locale=words.locale)
    if not fee.rate:
        return words.text("badge.fee.amount", amount=amount)
    return words.text("badge.fee.both", rate=rate, amount=amount)


def conditions_text(conditions: tuple[Condition, ...], words: Catalogue) -> str:
    """What goods have to be for the shop to take them back by its promise; empty where nothing is asked."""
    if not conditions:
        return ""
    named = [words.text(f"condition.{condition.value}") for condition in conditions]
    return words.text("badge.conditions", conditions=format_list(named, locale=words.locale))


def refund_text(refund: RefundPromise | None, words: Catalogue) -> str:
    """When the money of a promised return is back, and how where it is not the way it was paid."""
    if refund is None:
        return ""
    when = words.text(f"badge.refund.{refund.start.value}", length=lengths.days(refund.days, words))
    return joined((when, means_text(refund, words)), words)


def means_text(refund: RefundPromise | None, words: Catalogue) -> str:
    """How the money comes back; empty where it is the way it was paid."""
    if refund is None or refund.means is RefundMeans.ORIGINAL:
        return ""
    return words.text(f"badge.refund.{refund.means.value}")
