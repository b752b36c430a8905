"""What can be said of one rule: what it promises in plain terms, what it is about, and everything else."""

from collections.abc import Mapping
from typing import Any

from plugin.domain.policy.terms import Condition, Payer, RefundMeans, RefundStart, Track
from plugin.i18n import Catalogue
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.controls import Control, Kind
from plugin.web.admin.policy.places import entries_of, value_at
from plugin.web.admin.policy.rule_rows import countries, evidence, methods, offers
from plugin.web.admin.policy.section import Desk, Section, own_words

_COVERAGE = ("covers", "proof", "excludes", "serves")
_SCOPE = ("categories", "tags", "skus", "products", "collections", "groups", "channels")
_PAYERS = ("none", "buyer", "carrier", "seller")


def plain_controls(path: str, desk: Desk) -> tuple[Control, ...]:
    """What most shops say of a rule of its track."""
    words, track = desk.words, value_at(desk.document, f"{path}.track")
    payer = _payer(path, words)
    match track:
        case Track.WITHDRAWAL:
            return (payer, methods(path, desk), _address(path, desk))
        case Track.RETURN:
            money = (*_fee(path, words), *_refund(path, words))
            return (_window(path, words), payer, *money, _conditions(path, words), methods(path, desk))
        case Track.EXCHANGE:
            return (_window(path, words), payer, _conditions(path, words))
        case _:
            return (_window(path, words), *_coverage(path, desk))


def rule_sections(path: str, desk: Desk) -> tuple[Section, ...]:
    """Everything that can be said of a rule."""
    words, track = desk.words, value_at(desk.document, f"{path}.track")
    note = own_words(desk.document, f"{path}.note", words, desk.also)
    sections = [
        Section("scope", words.text("policy.rule.scope"), _scope(path, words), words.text("policy.rule.scope_help")),
        Section("promise", words.text("policy.rule.promise"), _promise(path, desk)),
        Section("back", words.text("policy.rule.back"), (methods(path, desk), _address(path, desk))),
        Section("money", words.text("policy.rule.money"), (*_payers(path, words), *_money(path, words))),
        Section("evidence", words.text("policy.rule.evidence"), (evidence(path, desk), _damage(path, words))),
        Section("note", words.text("policy.term.rule.note"), note),
    ]
    if track == Track.WARRANTY:
        sections.insert(2, Section("coverage", words.text("policy.term.rule.coverage"), _coverage(path, desk)))
    return tuple(sections)


def is_plain(rule: Any) -> bool:  # noqa: ANN401 - a rule, as JSON has it
    """Whether the rule is for everything and no final sale: what the simple form is about."""
    return isinstance(rule, Mapping) and not rule.get("scope") and not rule.get("is_final_sale")


def _promise(path: str, desk: Desk) -> tuple[Control, ...]:
    words = desk.words
    by_law = value_at(desk.document, f"{path}.track") == Track.WITHDRAWAL
    promised = () if by_law else (_window(path, words), _clock(path, words), _final(path, words))
    priority = Control(f"{path}.priority", Kind.NUMBER, words.text("policy.term.rule.priority"))
    return (*promised, _conditions(path, words), offers(path, words), priority)


def _damage(path: str, words: Catalogue) -> Control:
    label = words.text("policy.term.rule.report_damage_within_hours")
    return Control(f"{path}.report_damage_within_hours", Kind.NUMBER, label)


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


def _address(path: str, desk: Desk) -> Control:
    """Where goods go back to, of the addresses the draft has."""
    known = entries_of(desk.document, "return_addresses")
    named = tuple((str(each.get("id", "")), str(each.get("name") or each.get("id", ""))) for each in known)
    offered = (("", desk.words.text("policy.value.nothing")), *named)
    return Control(f"{path}.return_to", Kind.CHOICE, desk.words.text("policy.term.rule.return_to"), offered)


def _coverage(path: str, desk: Desk) -> tuple[Control, ...]:
    at, words = f"{path}.coverage", desk.words
    labels = ((name, words.text(f"policy.term.coverage.{name}")) for name in _COVERAGE)
    told = (
        control
        for name, label in labels
        for control in own_words(desk.document, f"{at}.{name}", words, desk.also, label)
    )
    return (*told, countries(f"{at}.countries", words.text("policy.term.coverage.countries"), desk))
