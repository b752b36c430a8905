"""Values of a policy in a few words, as lists and comparisons at the desk show them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import reduce

from babel.numbers import format_currency, format_percent

from plugin.domain.money import Money
from plugin.domain.policy.identity import Address, Channel, ReturnAddress, Trader
from plugin.domain.policy.reasons import Reason
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Season
from plugin.domain.policy.terms import (
    BASIS_POINTS,
    Anchor,
    Condition,
    Fault,
    Fee,
    MethodKind,
    Offer,
    Payer,
    RefundMeans,
    RefundPromise,
    RefundStart,
    ReturnMethod,
    Track,
    Window,
)
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import InformedBy, MarketPolicy
from plugin.domain.remedy import Remedy
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.promise_terms import window_length

_NAMES: dict[type[StrEnum], str] = {
    Payer: "policy.value.payer",
    Track: "policy.value.track",
    Remedy: "policy.value.remedy",
    Anchor: "policy.value.anchor",
    MethodKind: "policy.value.method",
    RefundStart: "policy.value.refund_start",
    RefundMeans: "policy.value.refund_means",
    Trait: "policy.value.trait",
    Fault: "policy.value.fault",
    InformedBy: "policy.value.informed_by",
    Condition: "condition",
}
_COUNTRIES = frozenset({"market.countries", "coverage.countries", "policy.home_country"})


def value_text(value: object, term: str, words: Catalogue) -> str:  # noqa: PLR0911 - one line a type
    """The value of a term (`rule.window`) in a few words; empty where it takes more than a few."""
    match value:
        case None:
            return words.text("policy.value.nothing")
        case bool():
            return words.text("policy.value.yes" if value else "policy.value.no")
        case int():
            return words.number(value)
        case StrEnum():
            return name_text(value, words)
        case str():
            return _named_text(value, term, words)
        case date():
            return words.day(value)
        case tuple() | frozenset():
            return _several(value, term, words)
        case _:
            return _whole(value, words)


def _named_text(value: str, term: str, words: Catalogue) -> str:
    """A code by the name of what it stands for; any other text as it is."""
    if term in _COUNTRIES:
        return words.country(value)
    return words.language_name(value) if term == "market.language" else value


def name_text(value: StrEnum, words: Catalogue) -> str:
    """The name of one of a closed set; as it is where it is a name already."""
    return words.text(f"{_NAMES[type(value)]}.{value.value}") if type(value) in _NAMES else value.value


def list_text(said: Sequence[str], words: Catalogue) -> str:
    """Several after one another, at least one. CLDR's lists of this kind lack parts in some languages of the desk."""
    return reduce(lambda first, following: words.text("policy.value.list", first=first, next=following), said)


def _several(values: Iterable[object], term: str, words: Catalogue) -> str:
    said = [value_text(value, term, words) for value in values]
    if not said:
        return words.text("policy.value.nothing")
    return list_text(said, words) if all(said) else ""


def _whole(value: object, words: Catalogue) -> str:  # noqa: PLR0911 - one line a type
    match value:
        case Window():
            return words.text("policy.value.endless") if value.length is None else window_length(value, words)
        case Fee():
            parts = [_rate(value.rate, words)] if value.rate or value.amount is None else []
            return " + ".join([*parts, *([_money(value.amount, words)] if value.amount else [])])
        case Money():
            return _money(value, words)
        case Offer():
            more = [f"+ {_rate(value.bonus, words)}"] if value.bonus else []
            more += [_rate(value.share, words)] if value.share is not None else []
            return " ".join([name_text(value.remedy, words), *more])
        case ReturnMethod():
            return name_text(value.kind, words)
        case RefundPromise():
            said = lengths.days(value.days, words), name_text(value.start, words), name_text(value.means, words)
            return list_text(said, words)
        case Season():
            return f"{words.day(value.first)} – {words.day(value.last)}"
        case _:
            return _of_named(value, words)


def _of_named(value: object, words: Catalogue) -> str:  # noqa: PLR0911 - likewise
    match value:
        case Rule():
            return "" if value.window is None else _whole(value.window, words)
        case MarketPolicy():
            return _several(sorted(value.countries), "market.countries", words)
        case Trader() | ReturnAddress():
            return value.name
        case Address():
            return ", ".join([*value.lines, words.country(value.country)])
        case TraitRule():
            return name_text(value.trait, words)
        case Reason() | RepairInformation():
            return value.id
        case Channel():
            return value.contact
        case _:
            return ""


def _money(amount: Money, words: Catalogue) -> str:
    return format_currency(amount.decimal(), amount.currency, locale=words.locale)


def _rate(basis_points: int, words: Catalogue) -> str:
    return format_percent(Decimal(basis_points) / BASIS_POINTS, locale=words.locale, decimal_quantization=False)
