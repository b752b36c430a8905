"""The badge and the banner: what a market may count on before buying, law and extra in lines of their own."""

from dataclasses import dataclass
from typing import Literal

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.entitlement import Right
from plugin.domain.law.answers import Certainty
from plugin.domain.policy import Payer
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.names import label, label_of_promise, title
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
    guarantee = BadgeLine("warranty", title(Right.LEGAL_GUARANTEE, words), _guarantee(rights, words))
    own = rights.extra_warranty_months
    warranty = words.text("badge.warranty", length=lengths.months(own, words)) if own else ""
    return Badge(
        summary=_summary(rights, words),
        lines=(
            BadgeLine("right", label(words, is_statutory=True), _right(rights, words)),
            *_row("extra", label_of_promise(words, is_extra=rights.is_beyond_law), _extra(rights, words)),
            BadgeLine("payer", words.text("badge.label.payer"), words.text(f"badge.payer.{_payer(rights)}")),
            guarantee,
            *_row("warranty", title(Right.COMMERCIAL_WARRANTY, words), warranty),
        ),
    )


def banner(rights: MarketRights, words: Catalogue) -> str | None:
    """One line for the cart, only when free returns are proven for the delivery country, else None."""
    if not rights.is_return_free:
        return None
    country = words.country(rights.country)
    if rights.extra_days is not None:
        return words.text("banner.free", country=country, length=lengths.days(rights.extra_days, words))
    if rights.withdrawal_days is None or rights.withdrawal_certainty is not Certainty.VERIFIED:
        return None
    return words.text("banner.free", country=country, length=_withdrawal_length(rights, words))


def _row(kind: Kind, name: str, text: str) -> tuple[BadgeLine, ...]:
    return (BadgeLine(kind, name, text),) if text else ()


def _withdrawal_length(rights: MarketRights, words: Catalogue) -> str:
    return lengths.days(rights.withdrawal_days or 0, words, working=rights.is_in_working_days)


def _summary(rights: MarketRights, words: Catalogue) -> str:
    country = words.country(rights.country)
    if rights.extra_days is not None:
        length = lengths.days(rights.extra_days, words)
        return words.text(f"badge.summary.{_summary_of_extra(rights)}", country=country, length=length)
    if rights.withdrawal_days is None:
        return words.text("badge.summary.none", country=country)
    length = _withdrawal_length(rights, words)
    return words.text(f"badge.summary.{_summary_of_law(rights)}", country=country, length=length)


def _summary_of_extra(rights: MarketRights) -> str:
    if rights.is_return_free:
        return "free_extra"
    return "extra_shopper" if _payer(rights) == "shopper" else "extra"


def _summary_of_law(rights: MarketRights) -> str:
    if rights.withdrawal_certainty is not Certainty.VERIFIED:
        return "law_at_least"
    return {"shop": "law_free", "shopper": "law_shopper"}.get(_payer(rights), "law")


def _right(rights: MarketRights, words: Catalogue) -> str:
    if rights.withdrawal_days is None:
        is_known = rights.withdrawal_certainty is not Certainty.UNVERIFIED
        return words.text(f"badge.right.{'none' if is_known else 'unknown'}", country=words.country(rights.country))
    is_certain = rights.withdrawal_certainty is Certainty.VERIFIED
    key = "badge.right.withdraw" if is_certain else "badge.right.withdraw_at_least"
    return words.text(key, length=_withdrawal_length(rights, words))


def _extra(rights: MarketRights, words: Catalogue) -> str:
    promises = (("return", rights.extra_days), ("exchange", rights.exchange_days))
    said = (words.text(f"badge.extra.{name}", length=lengths.days(days, words)) for name, days in promises if days)
    return joined(said, words)


def _payer(rights: MarketRights) -> str:
    """Who pays, as a key: by law, by promise, or one after the other."""
    if rights.withdrawal_days is None:
        return rights.promised_payer.value
    if rights.depends_on_notice:
        return "depends"
    beyond = rights.promised_payer if rights.extra_days is not None else rights.legal_payer
    if rights.legal_payer is Payer.SHOP and beyond is Payer.SHOPPER:
        return "law_shop_then_shopper"
    return rights.legal_payer.value


def _guarantee(rights: MarketRights, words: Catalogue) -> str:
    if rights.guarantee_months is not None and rights.guarantee_certainty is Certainty.VERIFIED:
        return words.text("badge.guarantee.for", length=lengths.months(rights.guarantee_months, words))
    least = rights.guarantee_months or rights.guarantee_min_months
    if least is None:
        return words.text(f"badge.guarantee.{'complaint' if rights.has_complaint_period else 'open'}")
    return words.text("badge.guarantee.at_least", length=lengths.months(least, words))
