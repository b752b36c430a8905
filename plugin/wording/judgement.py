"""What the rules found and suggest, for whoever decides: findings, signs and reckonings as sentences of the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_currency

from plugin.domain.basis import Basis
from plugin.domain.claim_engine.finding import Finding, Outcome
from plugin.domain.claim_engine.suggestion import Option, Suggestion
from plugin.domain.entitlement import TraceStep
from plugin.domain.money import Money
from plugin.domain.policy.terms import Evidence
from plugin.i18n import Catalogue, Fact

_Facts = Mapping[str, str]
_Named = Callable[[str, _Facts, Catalogue], Fact]


@dataclass(frozen=True, slots=True)
class WordedFinding:
    """One finding: `clause` is what it rests on, None for nothing; `signs` are the steps that led to it."""

    outcome: Outcome
    outcome_text: str
    text: str
    clause: Basis | None
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordedOption:
    """One offer: its name, what it costs the shop as (what, how much) rows, and the sum."""

    remedy: str
    text: str
    rows: tuple[tuple[str, str], ...]
    total: str
    is_legal: bool


@dataclass(frozen=True, slots=True)
class WordedSuggestion:
    """What to offer, first things first, the reason for the order, and what the way back costs row by row."""

    because: str
    options: tuple[WordedOption, ...]
    landed: tuple[tuple[str, str], ...]
    landed_total: str


def word_finding(finding: Finding, words: Catalogue) -> WordedFinding:
    """A finding in the reader's language."""
    return WordedFinding(
        outcome=finding.outcome,
        outcome_text=words.text(f"engine.outcome.{finding.outcome.value}"),
        text=finding_text(finding, words),
        clause=finding.basis[0] if finding.basis else None,
        signs=tuple(sign_text(sign, words) for sign in finding.because),
    )


def finding_text(finding: Finding, words: Catalogue) -> str:
    """The sentence of a finding."""
    facts = dict(finding.facts)
    return words.text(f"engine.finding.{finding.code}", **_named(facts, words))


def sign_text(sign: TraceStep, words: Catalogue) -> str:
    """One sign of a score, with its numbers."""
    return words.text(f"engine.sign.{sign.code}", **_named(dict(sign.facts), words))


def word_suggestion(suggestion: Suggestion, words: Catalogue) -> WordedSuggestion:
    """A suggestion with its numbers in the reader's language."""
    threshold = _money(suggestion.threshold, words)
    return WordedSuggestion(
        because=words.text(f"engine.order.{suggestion.because}", threshold=threshold),
        options=tuple(_option(option, words) for option in suggestion.options),
        landed=tuple((words.text(f"engine.row.{row.code}"), _amount(row.amount, words)) for row in suggestion.landed),
        landed_total=_amount(suggestion.landed_total, words),
    )


def _option(option: Option, words: Catalogue) -> WordedOption:
    return WordedOption(
        remedy=option.offer.remedy.value,
        text=words.text(f"page.remedy.{option.offer.remedy.value}"),
        rows=tuple((words.text(f"engine.row.{row.code}"), _amount(row.amount, words)) for row in option.rows),
        total=_amount(option.total, words),
        is_legal=option.is_legal,
    )


def _amount(amount: Money | None, words: Catalogue) -> str:
    return words.text("engine.amount.unknown") if amount is None else _money(amount, words)


def _money(amount: Money, words: Catalogue) -> str:
    return str(format_currency(amount.decimal(), amount.currency, locale=words.locale))


def _named(facts: _Facts, words: Catalogue) -> dict[str, Fact]:
    named = {name: (_NAMED.get(name, _plain), value) for name, value in facts.items()}
    return {name: say(value, facts, words) for name, (say, value) in named.items()}


def _plain(value: str, _facts: _Facts, _words: Catalogue) -> Fact:
    return int(value) if value.isdecimal() else value


def _several(value: str, _facts: _Facts, words: Catalogue) -> str:
    return ", ".join(_thing(name, words) for name in value.split(","))


def _thing(name: str, words: Catalogue) -> str:
    """A kind of evidence or a state of goods, by the name shoppers read; `receipt` is both, and reads the same."""
    kind = "page.evidence" if name in set(Evidence) else "condition"
    return words.text(f"{kind}.{name}")


_NAMED: Mapping[str, _Named] = {
    "day": lambda value, _facts, _words: date.fromisoformat(value),
    "amount": lambda value, facts, words: _money(Money(int(value), facts["currency"]), words),
    "country": lambda value, _facts, words: words.country(value),
    "wanted": lambda value, _facts, words: words.text(f"page.remedy.{value}"),
    "payment": lambda value, _facts, words: words.text(f"engine.payment.{value}"),
    "missing": _several,
    "unmet": _several,
}
