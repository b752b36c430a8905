"""The answers of worked cases that are days and instants."""

from dataclasses import replace
from datetime import date, datetime, time

from plugin.domain.law.answers import ClockState, LegalWindow
from plugin.domain.law.case_answers import (
    Answer,
    guarantee_answer,
    iso,
    not_informed_answer,
    refund_answer,
    timely_answer,
    window_answer,
)
from plugin.domain.law.case_question import Question
from plugin.domain.law.case_reading import guarantee_facts, refund_facts, withdrawal_facts
from plugin.domain.law.case_repeats import guarantee_says, withdrawal_says
from plugin.domain.law.facts import GuaranteeFacts
from plugin.domain.law.guarantee import legal_guarantee, restarts_with_replacement
from plugin.domain.law.jurisdiction import GuaranteeLaw
from plugin.domain.law.mandatory_guarantee import has_tiers, mandatory_guarantee
from plugin.domain.law.refund import refund_deadline
from plugin.domain.law.withdrawal import withdrawal_window

_ASKS_FOR_REFUND = ("cancelled_on", "trader_informed_at", "goods_back_at")


def window_of(question: Question) -> Answer:
    """The withdrawal period."""
    return window_answer(_window(question), question.place.zone, with_nominal=True)


def undelivered_window_of(question: Question) -> Answer:
    """The withdrawal period of goods that may not have arrived: carrier facts alone never start it."""
    return window_answer(_window(question, asks_for_delivery=False), question.place.zone, with_nominal=True)


def not_informed_window_of(question: Question) -> Answer:
    """The withdrawal period with what missing information did to it; the case must say what was told."""
    if question.facts.text("informed") is None:
        raise question.facts.missing("informed")
    return not_informed_answer(_window(question), question.place.zone)


def timely_of(question: Question) -> Answer:
    """Whether the statement was sent in time."""
    submitted = question.facts.instant("statement_submitted_at")
    if submitted is None:
        raise question.facts.missing("statement_submitted_at")
    return timely_answer(_window(question), question.place.zone, submitted)


def world_of(question: Question) -> Answer:
    """A period or refund outside the Union; a protected group's months are answered by their last day alone."""
    if any(question.facts.raw(name) is not None for name in _ASKS_FOR_REFUND):
        return {"refund_latest": iso(_refund_latest(question))}
    window = _window(question, asks_for_delivery=question.jurisdiction.withdrawal.exists)
    if window.state is ClockState.RUNNING and any(reason.code == "protected_group_months" for reason in window.reasons):
        return {"last_day": iso(window.last_day)}
    return window_answer(window, question.place.zone, with_nominal=False)


def _refund_latest(question: Question) -> date | None:
    """The day the money must be back, from the day the contract was cancelled or what else starts the clock."""
    asked, cancelled = refund_facts(question.facts, question.place), question.facts.day("cancelled_on")
    if cancelled is not None:
        asked = replace(asked, trader_informed_at=datetime.combine(cancelled, time(12), question.place.zone))
    return refund_deadline(asked, question.rulebook, question.calendar).latest


def refund_of(question: Question) -> Answer:
    """The refund clock."""
    if not question.facts.states("trader_informed_at"):
        raise question.facts.missing("trader_informed_at")
    asked = refund_facts(question.facts, question.place)
    return refund_answer(refund_deadline(asked, question.rulebook, question.calendar))


def guarantee_of(question: Question) -> Answer:
    """The guarantee; some countries' special ones are answered by their own few keys."""
    law = question.jurisdiction.guarantee
    facts = guarantee_facts(question.facts, question.place, law)
    if not _states_delivery(question):
        raise question.facts.missing("delivered_at")
    if facts.is_listed_durable and has_tiers(law):
        mandatory = _mandatory(question, facts)
        if mandatory is not None:
            return mandatory
    guarantee = legal_guarantee(facts, question.rulebook, question.calendar)
    question.compare(guarantee_says(law, guarantee, len(facts.repairs_completed_on)))
    if restarts_with_replacement(facts, law) or _is_in_days(law):
        return {"last_day": iso(guarantee.last_day)}
    return guarantee_answer(guarantee)


def _mandatory(question: Question, facts: GuaranteeFacts) -> Answer | None:
    if facts.price_huf is None:
        raise question.facts.missing("price_huf")
    guarantee = mandatory_guarantee(facts, question.rulebook, question.calendar)
    if guarantee is None:
        return None
    return {"months": guarantee.months, "last_day": iso(guarantee.last_day)}


def _is_in_days(law: GuaranteeLaw) -> bool:
    return law.particular("durable_days") > 0


def _window(question: Question, *, asks_for_delivery: bool = True) -> LegalWindow:
    if asks_for_delivery and not _states_delivery(question):
        raise question.facts.missing("delivered_at")
    question.compare(withdrawal_says(question.jurisdiction.withdrawal))
    return withdrawal_window(withdrawal_facts(question.facts, question.place), question.rulebook, question.calendar)


def _states_delivery(question: Question) -> bool:
    return question.facts.states("delivered_at") or question.facts.states("deliveries")
