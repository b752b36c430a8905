"""What can be said of one rule: what it promises in plain terms, what it is about, and everything else."""

from collections.abc import Mapping
from typing import Any

from plugin.domain.policy.terms import Condition, MethodKind, Payer, RefundMeans, RefundStart, Track
from plugin.domain.remedy import Remedy
from plugin.i18n import Catalogue
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.controls import Control, Kind
from plugin.web.admin.policy.places import listed, value_at
from plugin.web.admin.policy.section import Section, own_words

_COVERAGE = ("covers", "proof", "excludes", "serves")
_SCOPE = ("categories", "tags", "skus", "products", "collections", "groups", "channels")
_PAYERS = ("none", "buyer", "carrier", "seller")


def plain_controls(document: Mapping[str, object], path: str, words: Catalogue, also: str) -> tuple[Control, ...]:
    """What most shops say of a rule of its track."""
    track = value_at(document, f"{path}.track")
    payer = _payer(path, words)
    match track:
        case Track.WITHDRAWAL:
            return (payer, _methods(path, words), _address(document, path, words))
        case Track.RETURN:
            money = (*_fee(path, words), *_refund(path, words))
            return (_window(path, words), payer, *money, _conditions(path, words), _methods(path, words))
        case Track.EXCHANGE:
            return (_window(path, words), payer, _conditions(path, words))
        case _:
            return (_window(path, words), *_coverage(document, path, words, also))


def rule_sections(document: Mapping[str, object], path: str, words: Catalogue, also: str) -> tuple[Section, ...]:
    """Everything a form can say of a rule; what is left out here stays in the document."""
    track = value_at(document, f"{path}.track")
    sections = [
        Section("scope", words.text("policy.rule.scope"), _scope(path, words), words.text("policy.rule.scope_help")),
        Section("promise", words.text("policy.rule.promise"), _promise(document, path, words)),
        Section("money", words.text("policy.rule.money"), (*_payers(path, words), *_money(path, words))),
        Section("note", words.text("policy.term.rule.note"), own_words(document, f"{path}.note", words, also)),
    ]
    if track == Track.WARRANTY:
        sections.insert(
            2, Section("coverage", words.text("policy.term.rule.coverage"), _coverage(document, path, words, also))
        )
    return tuple(sections)


def is_plain(rule: Any) -> bool:  # noqa: ANN401 - a rule, as JSON has it
    """Whether the rule is for everything and no final sale: what the simple form is about."""
    return isinstance(rule, Mapping) and not rule.get("scope") and not rule.get("is_final_sale")


def _promise(document: Mapping[str, object], path: str, words: Catalogue) -> tuple[Control, ...]:
    track = value_at(document, f"{path}.track")
    by_law = track == Track.WITHDRAWAL
    promised = () if by_law else (_window(path, words), _clock(path, words), _final(path, words))
    handled = (_conditions(path, words), _offers(path, words), _methods(path, words), _address(document, path, words))
    damage = Control(
        f"{path}.report_damage_within_hours", Kind.NUMBER, words.text("policy.term.rule.report_damage_within_hours")
    )
    return (
        *promised,
        *handled,
        damage,
        Control(f"{path}.priority", Kind.NUMBER, words.text("policy.term.rule.priority")),
    )


def _scope(path: str, words: Catalogue) -> tuple[Control, ...]:
    at = f"{path}.scope"
    return (
        *(Control(f"{at}.{name}", Kind.LINES, words.text(f"policy.term.scope.{name}")) for name in _SCOPE),
        Control(f"{at}.price_from", Kind.MONEY, words.text("policy.term.scope.price_from")),
        Control(f"{at}.price_below", Kind.MONEY, words.text("policy.term.scope.price_below")),
        Control(f"{at}.season.first", Kind.DATE, words.text("policy.season.first")),
        Control(f"{at}.season.last", Kind.DATE, words.text("policy.season.last")),
    )


def _window(path: str, words: Catalogue) -> Control:
    return Control(f"{path}.window", Kind.WINDOW, words.text("policy.term.rule.window"), choices.units(words))


def _clock(path: str, words: Catalogue) -> Control:
    label = words.text("policy.term.rule.clock")
    return Control(f"{path}.clock", Kind.CHAIN, label, choices.chains(words), means=["delivered"])


def _final(path: str, words: Catalogue) -> Control:
    return Control(
        f"{path}.is_final_sale",
        Kind.FLAG,
        words.text("policy.term.rule.is_final_sale"),
        help=words.text("policy.rule.final_sale_help"),
    )


def _payer(path: str, words: Catalogue) -> Control:
    """One answer for returns without a reason and for wrong choices, which hardly any shop tells apart."""
    return Control(
        f"{path}.payers.none",
        Kind.CHOICE,
        words.text("policy.rule.payer"),
        choices.options(Payer, "policy.value.payer", words),
        means=Payer.UNKNOWN.value,
        mirrors=(f"{path}.payers.buyer",),
    )


def _payers(path: str, words: Catalogue) -> tuple[Control, ...]:
    offered = choices.options(Payer, "policy.value.payer", words)
    means = {"none": Payer.UNKNOWN.value, "buyer": Payer.UNKNOWN.value}
    return tuple(
        Control(
            f"{path}.payers.{fault}",
            Kind.CHOICE,
            words.text(f"policy.term.payers.{fault}"),
            offered,
            means=means.get(fault, Payer.SHOP.value),
        )
        for fault in _PAYERS
    )


def _money(path: str, words: Catalogue) -> tuple[Control, ...]:
    return (*_fee(path, words), *_refund(path, words))


def _fee(path: str, words: Catalogue) -> tuple[Control, ...]:
    return (
        Control(f"{path}.fee.rate", Kind.PERCENT, words.text("policy.rule.fee_rate")),
        Control(f"{path}.fee.amount", Kind.MONEY, words.text("policy.rule.fee_amount")),
    )


def _refund(path: str, words: Catalogue) -> tuple[Control, ...]:
    starts, means = (
        choices.options(kinds, f"policy.value.{name}", words)
        for kinds, name in ((RefundStart, "refund_start"), (RefundMeans, "refund_means"))
    )
    return (
        Control(f"{path}.refund.days", Kind.NUMBER, words.text("policy.rule.refund_days")),
        Control(f"{path}.refund.start", Kind.CHOICE, words.text("policy.rule.refund_start"), starts, means="receipt"),
        Control(f"{path}.refund.means", Kind.CHOICE, words.text("policy.rule.refund_means"), means, means="original"),
    )


def _conditions(path: str, words: Catalogue) -> Control:
    offered = choices.options(Condition, "condition", words)
    return Control(f"{path}.conditions", Kind.CHECKS, words.text("policy.term.rule.conditions"), offered)


def _offers(path: str, words: Catalogue) -> Control:
    offered = choices.options(Remedy, "policy.value.remedy", words)
    return Control(f"{path}.offers", Kind.KINDS, words.text("policy.term.rule.offers"), offered, key="remedy")


def _methods(path: str, words: Catalogue) -> Control:
    offered = choices.options(MethodKind, "policy.value.method", words)
    return Control(f"{path}.methods", Kind.KINDS, words.text("policy.term.rule.methods"), offered)


def _address(document: Mapping[str, object], path: str, words: Catalogue) -> Control:
    """Where goods go back to, of the addresses the draft has."""
    known = [each for each in listed(document, "return_addresses") if isinstance(each, Mapping)]
    named = tuple((str(each.get("id", "")), str(each.get("name") or each.get("id", ""))) for each in known)
    offered = (("", words.text("policy.value.nothing")), *named)
    return Control(f"{path}.return_to", Kind.CHOICE, words.text("policy.term.rule.return_to"), offered)


def _coverage(document: Mapping[str, object], path: str, words: Catalogue, also: str) -> tuple[Control, ...]:
    return tuple(
        control
        for name in _COVERAGE
        for control in own_words(
            document, f"{path}.coverage.{name}", words, also, words.text(f"policy.term.coverage.{name}")
        )
    )
