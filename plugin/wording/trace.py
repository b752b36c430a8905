"""The why, readable: each step of a clock's trace as a sentence, and the sources at the end."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from plugin.domain.basis import LATER_POLICY, Basis
from plugin.domain.entitlement import Absent, Clock, TraceStep
from plugin.i18n import Catalogue, Fact
from plugin.wording import lengths

_TOLD_ELSEWHERE = (
    *("ends_with_the_day", "payer_", "no_end_date", "information_not_declared", "delivery_estimated"),
    *("promised_without_end", "rule_prevails"),
)
"""What a clock's sentence or its payer line says already, and what only the whole reasoning needs."""
_ABSENT = frozenset(absent.value for absent in Absent)
_PROMISED = frozenset({"promised_days", "promised_months"})

_EXCEPTIONS = {
    "CRD16c_custom_made_or_personalised": "personalised",
    "custom_made": "personalised",
    "CRD16d_perishable": "perishable",
    "perishable": "perishable",
    "CRD16j_newspaper_periodical_not_subscription": "newspaper",
    "newspaper": "newspaper",
    "CRD16m_digital_content_started_with_consent": "digital",
    "digital_content_with_consent": "digital",
}
"""The rulebook's exceptions by what they are about; any other is said without naming the goods."""

_Facts = Mapping[str, str]
_Wording = Callable[[_Facts, Catalogue], Mapping[str, Fact]]
_FACTS: Mapping[str, _Wording] = {
    "delivered": lambda facts, words: {"reporter": words.text(f"reporter.{facts['source']}")},
    "last_of_several_delivered": lambda facts, words: {"reporter": words.text(f"reporter.{facts['source']}")},
    "counted_from_shipped": lambda facts, words: {"reporter": words.text(f"reporter.{facts['source']}")},
    "promised_days": lambda facts, words: {
        "length": lengths.days(int(facts["days"]), words, working="counting" in facts)
    },
    "promised_months": lambda facts, words: {"length": lengths.months(int(facts["months"]), words)},
    "ends_with_the_day": lambda facts, words: {"city": words.city(facts["zone"])},
}


def trace_text(clock: Clock, words: Catalogue) -> tuple[str, ...]:
    """Every step of the reasoning, one sentence each; the last line names the sources."""
    steps = tuple(filter(None, (step_text(step, words) for step in clock.trace)))
    cited = "; ".join(dict.fromkeys(source_text(basis, words) for basis in clock.basis))
    return (*steps, words.text("trace.sources", sources=cited)) if cited else steps


def source_text(basis: Basis, words: Catalogue) -> str:
    """A source for a shopper: the law as it is cited, the shop's policy by what it is, not by its number."""
    if basis.kind == "law":
        return basis.citation
    return words.text("source.policy_later" if basis.kind == LATER_POLICY else "source.policy")


def reason_text(clock: Clock, words: Catalogue) -> str:
    """The reason beside a clock's sentence: what happened and what the rule made of it, without repeating the end."""
    told = (step for step in clock.trace if not step.code.startswith(_TOLD_ELSEWHERE) and step.code not in _ABSENT)
    return joined((step_text(step, words) for step in told), words)


def joined(sentences: Iterable[str], words: Catalogue) -> str:
    """Sentences one after the other, as the language sets them; empty ones leave no gap."""
    return words.text("format.space").join(filter(None, sentences))


def step_text(step: TraceStep, words: Catalogue) -> str:
    """One step as a sentence; empty for a step nobody has worded, because no page fails over an explanation."""
    facts = dict(step.facts)
    key = _key(step.code, facts)
    if not words.has(key):
        return ""
    more = _FACTS[step.code](facts, words) if step.code in _FACTS else {}
    return words.text(key, **{name: _typed(name, value) for name, value in facts.items()}, **more)


def excepted_key(facts: _Facts) -> str:
    """The words for goods the law excepts, by what they are."""
    kind = _EXCEPTIONS.get(facts.get("exception", ""))
    return f"absent.excepted.{kind}" if kind else "absent.excepted"


def _key(code: str, facts: _Facts) -> str:
    if code == Absent.EXCEPTED:
        return excepted_key(facts)
    if code in _PROMISED and "anchor" in facts:
        return f"step.promised_from_{facts['anchor']}"
    if code in _ABSENT:
        return f"absent.{code}"
    if code == "awaiting_delivery" and int(facts.get("arrived", 0)) > 0:
        return "step.awaiting_delivery_of_some"
    return f"step.{code}"


def _typed(name: str, value: str) -> Fact:
    if name == "day":
        return date.fromisoformat(value)
    return int(value) if value.isdecimal() else value
