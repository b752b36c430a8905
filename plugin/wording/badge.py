"""The badge and the banner: what a market may count on before buying, law and extra in lines of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.clocks.free_returns import free_window
from plugin.domain.entitlement import Right
from plugin.domain.law.answers import Certainty
from plugin.domain.policy import Payer
from plugin.domain.policy.terms import Track, Window
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.names import label, label_of_promise, title
from plugin.wording.promise_terms import conditions_text, fee_text, means_text, window_length, window_text
from plugin.wording.trace import joined

Kind = Literal["right", "extra", "payer", "warranty"]


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """One promise in a sentence under its label."""

    kind: Kind
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """The badge: `summary` is the compact one, a whole sentence that names the delivery country; `lines` expand it."""

    summary: str
    lines: tuple[BadgeLine, ...]


def badge(rights: MarketRights, words: Catalogue) -> Badge:
    """The badge for a market; an extra is only what goes beyond the law."""
    is_extra = rights.is_beyond_law and not rights.is_final_sale
    return Badge(
        summary=summary_text(rights, words),
        lines=(
            BadgeLine("right", label(words, is_statutory=True), _right(rights, words)),
            *_row("extra", label_of_promise(words, is_extra=is_extra), _extra(rights, words)),
            BadgeLine("payer", words.text("badge.label.payer"), payer_text(rights, words)),
            BadgeLine("warranty", title(Right.LEGAL_GUARANTEE, words), guarantee_text(rights, words)),
            *_row("warranty", title(Right.COMMERCIAL_WARRANTY, words), warranty_text(rights, words)),
        ),
    )


def banner(rights: MarketRights, words: Catalogue) -> str | None:
    """One line for the cart, only when free returns are proven for the delivery country, else None."""
    return cart_banner((rights,), words)


def cart_banner(cart: Sequence[MarketRights], words: Catalogue) -> str | None:
    """One line for a cart of goods that go to one country, only when free returns are proven for each of them.

    Where the statute makes every seller pay and the shop gives no more, the line states the law: presenting a legal
    right as a feature of the offer is unfair (Directive 2005/29/EC Annex I no. 10, and the like elsewhere).
    """
    window = free_window(cart)
    if window is None:
        return None
    country = words.country(cart[0].country)
    if any(rights.is_free_by_law_alone for rights in cart):
        return words.text("badge.summary.law_free", country=country, length=window_length(window, words))
    if window.length is None:
        return words.text("banner.free_unlimited", country=country)
    return words.text("banner.free", country=country, length=window_length(window, words))


def summary_text(rights: MarketRights, words: Catalogue) -> str:
    """The promise in one line that names the delivery country."""
    country = words.country(rights.country)
    if rights.extra_return is not None:
        return _summary_of_extra(rights, rights.extra_return, words)
    if rights.withdrawal_days is None:
        return words.text("badge.summary.none", country=country)
    length = _withdrawal_length(rights, words)
    return words.text(f"badge.summary.{_summary_of_law(rights)}", country=country, length=length)


def payer_text(rights: MarketRights, words: Catalogue) -> str:
    """Who pays for sending goods back without a reason."""
    return words.text(f"badge.payer.{_payer(rights)}")


def guarantee_text(rights: MarketRights, words: Catalogue) -> str:
    """How long the law protects whoever gets faulty goods; of a country whose law we do not know, just that."""
    if rights.region is None:
        return words.text("badge.right.unknown", country=words.country(rights.country))
    if rights.guarantee_months is not None and rights.guarantee_certainty is Certainty.VERIFIED:
        return words.text("badge.guarantee.for", length=lengths.months(rights.guarantee_months, words))
    least = rights.guarantee_months or rights.guarantee_min_months
    if least is None:
        return words.text(f"badge.guarantee.{'complaint' if rights.has_complaint_period else 'open'}")
    return words.text("badge.guarantee.at_least", length=lengths.months(least, words))


def warranty_text(rights: MarketRights, words: Catalogue) -> str:
    """The shop's own warranty; empty unless it gives more than the law."""
    window = rights.extra_warranty
    return window_text(Track.WARRANTY, window, rights, words) if window else ""


def _row(kind: Kind, name: str, text: str) -> tuple[BadgeLine, ...]:
    return (BadgeLine(kind, name, text),) if text else ()


def _withdrawal_length(rights: MarketRights, words: Catalogue) -> str:
    return lengths.days(rights.withdrawal_days or 0, words, working=rights.is_in_working_days)


def _summary_of_extra(rights: MarketRights, window: Window, words: Catalogue) -> str:
    country = words.country(rights.country)
    is_paid_by_shopper = _payer(rights) == "shopper"
    if window.length is None:
        key = "unlimited_free" if rights.is_return_free else "unlimited_shopper" if is_paid_by_shopper else "unlimited"
        return words.text(f"badge.summary.{key}", country=country)
    key = "free_extra" if rights.is_return_free else "extra_shopper" if is_paid_by_shopper else "extra"
    return words.text(f"badge.summary.{key}", country=country, length=window_length(window, words))


def _summary_of_law(rights: MarketRights) -> str:
    if rights.withdrawal_certainty is not Certainty.VERIFIED:
        return "law_at_least"
    return {"shop": "law_free", "shopper": "law_shopper"}.get(_payer(rights), "law")


def _right(rights: MarketRights, words: Catalogue) -> str:
    if rights.exception is not None:
        return words.text(f"absent.excepted.{rights.exception.value}")
    if rights.withdrawal_days is None:
        is_known = rights.withdrawal_certainty is not Certainty.UNVERIFIED
        return words.text(f"badge.right.{'none' if is_known else 'unknown'}", country=words.country(rights.country))
    is_certain = rights.withdrawal_certainty is Certainty.VERIFIED
    key = "badge.right.withdraw" if is_certain else "badge.right.withdraw_at_least"
    right = words.text(key, length=_withdrawal_length(rights, words))
    return joined((right, _exceptions(rights, words), fee_text(rights.withdrawal_fee, words)), words)


def _exceptions(rights: MarketRights, words: Catalogue) -> str:
    """That a broken seal may end the right, or that it may not exist for some of what was asked for."""
    if rights.seal is not None:
        return words.text("step.seal_judged_on_return")
    return words.text("badge.right.some_excepted") if rights.may_be_excepted else ""


def _extra(rights: MarketRights, words: Catalogue) -> str:
    promises = ((Track.RETURN, rights.shown_return), (Track.EXCHANGE, rights.exchange_window))
    said = [window_text(track, window, rights, words) for track, window in promises if window]
    if rights.is_final_sale:
        return joined((words.text("badge.final_sale"), *said), words)
    return joined((*said, *_terms(rights, words)), words)


def _terms(rights: MarketRights, words: Catalogue) -> tuple[str, ...]:
    """What goes with the promised return, as far as there is one to speak of."""
    if rights.shown_return is None:
        return ()
    terms = (fee_text(rights.fee, words), conditions_text(rights.conditions, words), means_text(rights.refund, words))
    return tuple(filter(None, terms))


def _payer(rights: MarketRights) -> str:
    """Who pays, as a key: by law, by promise, or one after the other."""
    if rights.withdrawal_days is None:
        return rights.promised_payer.value
    if rights.depends_on_notice:
        return "depends"
    beyond = rights.promised_payer if rights.shown_return is not None else rights.legal_payer
    if rights.legal_payer is Payer.SHOP and beyond is Payer.SHOPPER:
        return "law_shop_then_shopper"
    return rights.legal_payer.value
