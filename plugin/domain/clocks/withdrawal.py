"""The withdrawal clock: out of the contract without giving a reason, by law (Directive 2011/83/EU arts 9-16).

One answer for the whole order: its period runs from the last good. An order without any goods runs from the contract.
"""

from dataclasses import replace
from datetime import date

from plugin.domain.clocks.displayed_terms import replace_right
from plugin.domain.clocks.inputs import LineFacts, OrderFacts
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.payer import payer_by_law
from plugin.domain.clocks.promise import won
from plugin.domain.clocks.steps import end_step, law_steps, step
from plugin.domain.entitlement import Absent, Clock, Right, TraceStep
from plugin.domain.law.answers import Certainty, ClockState, LegalWindow
from plugin.domain.law.exceptions import exception_of
from plugin.domain.law.facts import Informed, OrderType, Place, WithdrawalFacts
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import Jurisdiction, WithdrawalLaw
from plugin.domain.law.withdrawal import withdrawal_window
from plugin.domain.policy.goods import Goods
from plugin.domain.policy.terms import Payer, Track
from plugin.domain.remedy import Remedy
from plugin.domain.times import Moment


def withdrawal_clock(facts: OrderFacts, law: Law) -> Clock:
    """The clock every line of the order shares, as if no rule were about it; `for_line` adds what is special to one.

    What a claim had sent free of charge is no contract of its own: nobody pays a price for it (Directive 2011/83/EU
    art. 2(5)), and goods are brought into conformity under the contract there is (Directive (EU) 2019/771 art. 13).
    """
    if facts.place is None:
        return no_clock(Right.WITHDRAWAL, Absent.COUNTRY_UNKNOWN)
    if facts.jurisdiction is None:
        return no_clock(Right.WITHDRAWAL, Absent.LAW_UNKNOWN)
    if facts.is_business:
        return no_clock(Right.WITHDRAWAL, Absent.BUSINESS_ORDER)
    if facts.is_free_replacement:
        return no_clock(Right.WITHDRAWAL, Absent.FREE_REPLACEMENT)
    window = withdrawal_window(_asked(facts, facts.place, facts.goods.delivered), law.rulebook, law.calendar)
    if window.state is ClockState.NO_STATUTORY_RIGHT:
        return no_clock(Right.WITHDRAWAL, Absent.NO_STATUTORY_RIGHT, window.certainty)
    return _clock(facts, facts.place, window, law)


def for_line(shared: Clock, line: LineFacts, facts: OrderFacts, law: Law) -> Clock:
    """The clock of one line: whether its goods are excepted (Directive 2011/83/EU art. 16), and who pays by its rule.

    What was typed in may personalise it; until the merchant says so the right exists. It exists too where nobody has
    read the law that excepts such goods, and where an exception hangs on a seal: that is seen when they are back.
    Where the law gives way to terms on display, the line's own rule of returns is what it gives way to.
    """
    if shared.absent is not None or facts.jurisdiction is None:
        return shared
    if replace_right(facts.jurisdiction.withdrawal, line.meant.terms[Track.RETURN].rule, facts.market):
        return _replaced(facts.jurisdiction.withdrawal, law)
    goods = line.meant.goods
    exception = exception_of(goods.traits, facts.jurisdiction)
    if exception is not None and _is_confirmed(facts.jurisdiction):
        return _excepted(exception, facts.jurisdiction.withdrawal, law)
    found = line.meant.terms[Track.WITHDRAWAL]
    payer, paid = payer_by_law(facts.jurisdiction.withdrawal.who_pays_return, found.rule, facts.market)
    prevails = won(found.rule, found.overruled) if found.rule else ()
    visible = [name for name in line.line.property_names if not name.startswith("_")]
    typed = (step("may_be_personalised", property=", ".join(visible)),) if visible else ()
    kept = (step("exception_not_confirmed", exception=exception),) if exception else _sealed(goods, facts.jurisdiction)
    return replace(shared, payer=payer, trace=(*shared.trace, *prevails, paid, *typed, *kept))


def _is_confirmed(place: Jurisdiction) -> bool:
    """Whether a source for the country's exceptions was read: what is unverified refuses nobody."""
    return place.withdrawal.block.certainty("exceptions") is not Certainty.UNVERIFIED


def _sealed(goods: Goods, place: Jurisdiction) -> tuple[TraceStep, ...]:
    """That breaking the seal may end the right, where the country's law says so of such goods."""
    if goods.seal is None or not _is_confirmed(place):
        return ()
    opened = exception_of(replace(goods.traits, is_unsealed_after_delivery=True), place)
    return (step("seal_judged_on_return", exception=opened),) if opened else ()


def _excepted(code: str, rule: WithdrawalLaw, law: Law) -> Clock:
    """No right of withdrawal: the law excepts such goods."""
    block = rule.block
    nothing = no_clock(Right.WITHDRAWAL, Absent.EXCEPTED, block.certainty("exceptions"))
    return replace(nothing, trace=(step("excepted", exception=code),), basis=law.basis(block.sources("exceptions")))


def _replaced(rule: WithdrawalLaw, law: Law) -> Clock:
    """No right of withdrawal: the shop's own terms of return stand in its place."""
    block = rule.block
    nothing = no_clock(Right.WITHDRAWAL, Absent.NO_STATUTORY_RIGHT, block.certainty("exists", "condition"))
    return replace(nothing, basis=law.basis(block.sources("exists", "condition")))


def _clock(facts: OrderFacts, place: Place, window: LegalWindow, law: Law) -> Clock:
    return Clock(
        right=Right.WITHDRAWAL,
        starts=(facts.contract or facts.goods.delivered) if window.state is ClockState.RUNNING else None,
        event_day=window.event_day,
        nominal_last_day=window.nominal_last_day,
        last_day=window.last_day,
        closes_at=window.accept_until or window.expires_at,
        payer=Payer.UNKNOWN,
        remedies=(Remedy.REFUND,),
        basis=law.basis(window.sources),
        trace=_trace(facts, place, window),
        certainty=window.certainty,
        is_statutory=True,
        estimated_last_day=_estimated(facts, place, law) if window.last_day is None else None,
        display=window.display,
    )


def _trace(facts: OrderFacts, place: Place, window: LegalWindow) -> tuple[TraceStep, ...]:
    assumed = (step("information_not_declared"),) if _is_told(facts) is None and window.last_day else ()
    return (*facts.begun, *law_steps(window.reasons), *assumed, *end_step(window.last_day, place))


def _asked(facts: OrderFacts, place: Place, delivered: Moment | None) -> WithdrawalFacts:
    is_told = _is_told(facts)
    return WithdrawalFacts(
        place=place,
        order_type=OrderType.SERVICES_AND_DIGITAL_CONTENT if facts.contract else OrderType.MULTIPLE_GOODS,
        deliveries=() if facts.contract else (delivered.at if delivered else None,),
        contract_concluded_on=facts.contract_day,
        informed=None if is_told is None else (Informed.BEFORE_CONTRACT if is_told else Informed.NEVER),
    )


def _is_told(facts: OrderFacts) -> bool | None:
    """Whether the merchant declares that shoppers were told of the right when this order was placed."""
    if facts.market is None or facts.contract_day is None:
        return None
    return facts.market.disclosure.is_informed_on(facts.contract_day)


def _estimated(facts: OrderFacts, place: Place, law: Law) -> date | None:
    if facts.contract or facts.goods.estimated is None:
        return None
    return withdrawal_window(_asked(facts, place, facts.goods.estimated), law.rulebook, law.calendar).last_day
