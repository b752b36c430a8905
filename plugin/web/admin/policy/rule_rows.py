"""What a rule lists, a row for each: the remedies it leads to, the ways to send back, what is asked for by reason."""

from plugin.domain.policy.terms import Evidence, MethodKind
from plugin.domain.remedy import Remedy
from plugin.i18n import Catalogue
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.choices import Options
from plugin.web.admin.policy.controls import Control, Kind
from plugin.web.admin.policy.section import Desk


def offers(path: str, words: Catalogue) -> Control:
    """The remedies in order, each with the bonus on top or the part of the price."""
    offered = _or_none(choices.options(Remedy, "policy.value.remedy", words), words)
    cells = (
        Control("remedy", Kind.CHOICE, words.text("policy.offer.remedy"), offered),
        Control("bonus", Kind.PERCENT, words.text("policy.offer.bonus"), help=words.text("policy.offer.bonus_help")),
        Control("share", Kind.PERCENT, words.text("policy.offer.share"), help=words.text("policy.offer.share_help")),
    )
    return _rows(f"{path}.offers", words.text("policy.term.rule.offers"), words.text("policy.offers.help"), cells)


def methods(path: str, desk: Desk) -> Control:
    """The ways to send back, each with the weight it takes and its countries."""
    words = desk.words
    offered = _or_none(choices.options(MethodKind, "policy.value.method", words), words)
    any_weight = words.text("policy.method.max_help")
    cells = (
        Control("kind", Kind.CHOICE, words.text("policy.method.kind"), offered),
        Control("max_grams", Kind.KILOGRAMS, words.text("policy.method.max"), help=any_weight),
        countries("countries", words.text("policy.term.market.countries"), desk),
    )
    return _rows(f"{path}.methods", words.text("policy.term.rule.methods"), words.text("policy.rows.help"), cells)


def evidence(path: str, desk: Desk) -> Control:
    """What a shopper is asked to show, reason by reason, those of the merchant's own included."""
    words = desk.words
    asked = _or_none((*choices.reasons(words), *choices.own_reasons(desk.document, words)), words)
    kinds = choices.options(Evidence, "page.evidence", words)
    cells = (
        Control("reason", Kind.CHOICE, words.text("policy.term.reason"), asked),
        Control("kinds", Kind.CHECKS, words.text("policy.evidence.kinds"), kinds),
    )
    return _rows(f"{path}.evidence", words.text("policy.term.rule.evidence"), words.text("policy.evidence.help"), cells)


def countries(path: str, label: str, desk: Desk) -> Control:
    """Some of the market's countries, typed by name."""
    known = choices.countries(desk.rulebook, desk.words)
    return Control(path, Kind.COUNTRIES, label, known, desk.words.text("policy.countries_typed.help"))


def _rows(path: str, label: str, help_: str, cells: tuple[Control, ...]) -> Control:
    return Control(path, Kind.ROWS, label, help=help_, cells=cells)


def _or_none(offered: Options, words: Catalogue) -> Options:
    return (("", words.text("policy.value.nothing")), *offered)
