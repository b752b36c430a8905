"""Everything that people, platforms and clocks may try on a claim, with arguments drawn at random, sensible or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import StrEnum
from random import Random
from typing import TypeVar

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands import (
    conversing,
    deciding,
    disposing,
    ending,
    quoting,
    remedying,
    returning,
    sending,
    surveying,
    undoing,
    withdrawing,
)
from plugin.domain.claim.machines.goods import (
    PART,
    REPAIR,
    RESTOCKED,
    RETURN_LEG,
    Disposition,
    InspectionState,
    PartState,
    RepairState,
    ReturnState,
)
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import kept_item, usual_plan
from plugin.domain.claim.vocabulary import ENGINE, PLATFORM, SHOPPER
from plugin.domain.claim.wakes import wakes_at
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from tests.support.claims import AGENT, CLAUSE, OTHER_AGENT, REFUSAL, Command

S = TypeVar("S", bound=StrEnum)
Make = Callable[[Random, Claim, ClaimLine], Command]


def _likely(rnd: Random, moves: Iterable[S], states: type[S]) -> S:
    """Mostly a move that there is, now and then any at all."""
    known = sorted(moves)
    return rnd.choice(known if known and rnd.random() < 0.8 else list(states))


def _approve(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    by, units = rnd.choice([AGENT, OTHER_AGENT, ENGINE]), rnd.choice([line.quantity, rnd.randint(0, line.quantity + 1)])
    remedy = rnd.choice([line.wanted, rnd.choice(list(Remedy))])
    second = rnd.random() < 0.2
    plan = usual_plan(remedy, line.judged, goods_exist=rnd.random() < 0.5)
    return lambda known: deciding.approve(known, line.no, units, plan, by, needs_second=second)


def _keep(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    plan = kept_item(line.judged, Money(rnd.randint(1, max(line.judged.price.minor, 1)), "EUR"))
    return lambda known: deciding.approve(known, line.no, line.quantity, plan, AGENT)


def _reject(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    by, words = rnd.choice([AGENT, OTHER_AGENT, ENGINE]), rnd.choice(["", "Getragen."])
    units = rnd.randint(1, line.quantity)
    return lambda known: deciding.reject(known, line.no, units, REFUSAL, words, by)


def _choose(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    plan = usual_plan(rnd.choice(list(Remedy)), line.judged)
    return lambda known: remedying.choose(known, line.no, plan)


def _undo(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    return lambda known: deciding.undo_decision(known, line.no, AGENT)


def _show(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    return lambda known: remedying.show_choice(known, line.no)


def _goods(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    to = _likely(rnd, RETURN_LEG.moves.get(line.leg, ()), ReturnState)
    return lambda known: returning.move_return(known, line.no, to, PLATFORM)


def _receive(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    units = rnd.randint(0, line.quantity + 1)
    return lambda known: returning.receive(known, line.no, units, AGENT)


def _inspect(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    found, less = rnd.choice(list(InspectionState)), rnd.choice([None, rnd.randint(0, 3000)])
    diminished = None if less is None else Money(less, "EUR")
    return lambda known: returning.inspect(known, line.no, found, AGENT, "B", diminished)


def _mistaken(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    back = rnd.choice([undoing.take_receipt_back, undoing.take_inspection_back])
    return lambda known: back(known, line.no, AGENT)


def _dispose(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    to, is_final = rnd.choice(list(Disposition)), rnd.random() < 0.5
    return lambda known: disposing.dispose(known, line.no, to, AGENT, is_final=is_final)


def _restock(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    outcome = rnd.choice([RESTOCKED, "unavailable"])
    return lambda known: disposing.restock(known, line.no, outcome)


def _send(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    """Some of the lines, on a day by, before or after the claim's, with a number, a photo, or nothing at all."""
    nos = rnd.sample([each.no for each in claim.lines], rnd.randint(1, len(claim.lines)))
    today = claim.changed_at.date()
    day, number = today + timedelta(days=rnd.choice([-3, 0, 1])), rnd.choice([None, "RM123456785GB"])
    has_proof = rnd.random() < 0.5
    return lambda known: sending.tell_sending(known, nos, (day, number), "Bote", today, has_proof=has_proof)


def _repair(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    to = _likely(rnd, REPAIR.moves.get(line.repair, ()), RepairState)
    return lambda known: remedying.move_repair(known, line.no, to, AGENT)


def _quote(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    price = Money(rnd.randint(0, 3000), "EUR")
    act = rnd.choice([quoting.order_repair, quoting.decline_repair])
    if line.quote is None or rnd.random() < 0.4:
        return lambda known: quoting.quote_repair(known, line.no, price, "Neue Düse.", AGENT)
    return lambda known: act(known, line.no, line.quote or price)


def _survey(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    is_wanted, answer = rnd.random() < 0.8, rnd.choice(list(SurveyAnswer))
    later = claim.survey.due_at or claim.changed_at
    return rnd.choice(
        [
            lambda known: surveying.plan_survey(known, known.changed_at),
            lambda known: surveying.ask_survey(known, later, None, is_wanted=is_wanted),
            lambda known: surveying.answer_survey(known, answer, "Tropft noch."),
        ]
    )


def _part(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    to = _likely(rnd, PART.moves.get(line.part, ()), PartState)
    return lambda known: remedying.move_part(known, line.no, to, AGENT)


def _finish(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    end = rnd.choice([remedying.succeed, remedying.waive, remedying.carry_out])
    return lambda known: end(known, line.no, PLATFORM)


def _appeal(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    return lambda known: ending.appeal(known, line.no, "Stimmt nicht.", claim.changed_at, claim.changed_at)


def _talk(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    return rnd.choice(
        [
            lambda known: conversing.ask(known, "Welche Farbe?", AGENT, 60),
            lambda known: conversing.answer(known, "Blau."),
            lambda known: conversing.write(known, "Danke.", AGENT),
            lambda known: conversing.note("Prüfen.", AGENT),
            lambda known: conversing.assign(known, "staff-1", AGENT),
        ]
    )


def _end(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    later = wakes_at(claim) or claim.changed_at
    return rnd.choice(
        [
            *([ending.cancel] if rnd.random() < 0.2 else []),
            lambda known: ending.close(known, later),
            lambda known: ending.expire(known, later),
            lambda known: ending.reopen(known, "again", SHOPPER),
        ]
    )


def _withdrawal(rnd: Random, claim: Claim, line: ClaimLine) -> Command:
    was_sent, by = rnd.random() < 0.5, rnd.choice([AGENT, ENGINE])
    if claim.withdrawal is WithdrawalState.DECLARED:
        return lambda known: withdrawing.acknowledge("mail-1")
    if rnd.random() < 0.6:
        return lambda known: withdrawing.settle(known, was_sent=was_sent)
    return rnd.choice(
        [
            lambda known: withdrawing.contest(known, CLAUSE, "Versiegelt.", by),
            lambda known: withdrawing.object_to_contest(known, "Nein.", was_sent=was_sent),
            lambda known: withdrawing.mark_late("after_the_window"),
        ]
    )


ACTS: list[Make] = [
    _approve, _approve, _approve, _keep, _reject, _choose, _undo, _show, _goods, _goods, _receive, _receive, _inspect,
    _mistaken, _dispose, _restock, _send, _repair, _repair, _quote, _survey, _part, _finish, _appeal, _talk,
    _talk, _end, _withdrawal, _withdrawal, _withdrawal,
]  # fmt: skip
