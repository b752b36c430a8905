"""The remedy is chosen, carried out and comes to an end: what is sent instead, a repair, a part."""

from dataclasses import dataclass
from datetime import date

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.deciding import agreed
from plugin.domain.claim.errors import ChoiceNotShown, RemedyNotOffered
from plugin.domain.claim.events import ChoiceShown, GuaranteeExtended, PartMoved, RemedyMoved, RepairMoved, ReturnMoved
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import PartState, RepairState, ReturnState
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE, SHOPPER, Actor, RemedyPlan
from plugin.domain.money import Money, NotAnAmount
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy

_PUTS_RIGHT = frozenset({Remedy.REPAIR, Remedy.REPLACEMENT})
_COMES_TO_NOTHING = frozenset({RepairState.UNREPAIRABLE, RepairState.DECLINED})
REPAIR_EXTENDS = Basis("law", "eu-2024-1799-16", "Directive (EU) 2024/1799 art. 16")


@dataclass(frozen=True, slots=True)
class Made:
    """What a platform made instead of money.

    `name`: the number or code the shopper knows it by; `difference`: what an exchange came to, above zero for the
    shopper to pay, at `pay_at` where the platform says where.
    """

    name: str | None = None
    difference: Money | None = None
    pay_at: str | None = None


def show_choice(claim: Claim, no: int) -> tuple[Draft, ...]:
    """The shopper has seen what the law lets them choose; recorded once."""
    line = claim.line(no)
    if line.was_choice_shown:
        return ()
    judged = line.judged
    return (Draft(ChoiceShown(no, judged.legal_remedies, judged.extends_guarantee_months), SHOPPER),)


def offer(claim: Claim, no: int, plan: RemedyPlan, by: Actor) -> tuple[Draft, ...]:
    """Another remedy is offered for an approved line, which the shopper may take or leave."""
    return (Draft(RemedyMoved(_decided(claim, no).no, RemedyState.OFFERED, plan), by),)


def choose(claim: Claim, no: int, plan: RemedyPlan, by: Actor = SHOPPER) -> tuple[Draft, ...]:
    """The shopper takes what is offered, or what they are entitled to: what the law gives is always among it.

    Raises `RemedyNotOffered`; `ChoiceNotShown` for a defect whose choice was not shown before.
    """
    line = _decided(claim, no)
    is_offered = line.plan is not None and line.plan == plan
    if not is_offered and plan.remedy not in {*line.judged.remedies, *line.judged.legal_remedies}:
        raise RemedyNotOffered({"field": "remedy", "line": no})
    if line.judged.ground is Ground.LIABILITY and not line.was_choice_shown and _has_choice(line):
        raise ChoiceNotShown({"line": no})
    no_longer = line.leg is ReturnState.AWAITED and not plan.needs_goods
    back = (Draft(ReturnMoved(no, ReturnState.NOT_REQUIRED), by),) if no_longer else ()
    moves = agreed(no, plan, by)
    return (*back, *(moves if line.leg is ReturnState.NOT_REQUIRED else moves[:1]))


def waive(claim: Claim, no: int, by: Actor = SHOPPER) -> tuple[Draft, ...]:
    """The shopper gives the remedy up."""
    return (Draft(RemedyMoved(_decided(claim, no).no, RemedyState.WAIVED), by),)


def carry_out(claim: Claim, no: int, by: Actor) -> tuple[Draft, ...]:
    """What is sent or made instead is on its way to being so."""
    return (Draft(RemedyMoved(_decided(claim, no).no, RemedyState.EXECUTING), by),)


def succeed(claim: Claim, no: int, by: Actor, made: Made | None = None) -> tuple[Draft, ...]:
    """It is done; where a difference is paid is kept as the entry's sealed words, because it opens an order."""
    made = made or Made()
    done = RemedyMoved(no, RemedyState.SUCCEEDED, detail=made.name, difference=made.difference)
    return (*_executing(_decided(claim, no), by), Draft(done, by, made.pay_at))


def fail(claim: Claim, no: int, code: str, by: Actor) -> tuple[Draft, ...]:
    """It came to nothing, with the code that says why: tried again, or another remedy is offered."""
    return (*_executing(_decided(claim, no), by), Draft(RemedyMoved(no, RemedyState.FAILED, detail=code), by))


def move_repair(
    claim: Claim, no: int, to: RepairState, by: Actor, price: Money | None = None, words: str | None = None
) -> tuple[Draft, ...]:
    """A repair moves on. Delivered, it has put the goods right; what cannot be repaired needs another remedy.

    `price` with a quote, and only there (`commands.quoting`). Raises `NotAnAmount` for a quote without one.
    """
    line = _decided(claim, no)
    if to is RepairState.QUOTED and (price is None or price.minor <= 0):
        raise NotAnAmount({"field": "amount"})
    moved = (*_executing(line, by), Draft(RepairMoved(no, to, price), by, words))
    if to in _COMES_TO_NOTHING:
        return (*moved, Draft(RemedyMoved(no, RemedyState.FAILED, detail=to.value), by))
    if to is not RepairState.DELIVERED:
        return moved
    return (*moved, Draft(RemedyMoved(no, RemedyState.SUCCEEDED), by))


def extends_guarantee(line: ClaimLine) -> bool:
    """Whether a finished repair has to make the legal guarantee longer and has not done so yet."""
    is_repaired = line.repair is RepairState.DELIVERED and line.judged.ground is Ground.LIABILITY
    return is_repaired and line.judged.extends_guarantee_months > 0 and not line.is_guarantee_extended


def extend_guarantee(claim: Claim, no: int, until: date | None) -> tuple[Draft, ...]:
    """The guarantee lasts longer now; `until` is its new last day, where it is known."""
    months = claim.line(no).judged.extends_guarantee_months
    return (Draft(GuaranteeExtended(no, months, until, REPAIR_EXTENDS), ENGINE),)


def move_part(claim: Claim, no: int, to: PartState, by: Actor) -> tuple[Draft, ...]:
    """A part moves on: it has put the goods right, or it has not and another remedy is needed."""
    moved = (*_executing(_decided(claim, no), by), Draft(PartMoved(no, to), by))
    ends = {PartState.FIXED: RemedyState.SUCCEEDED, PartState.NOT_FIXED: RemedyState.FAILED}
    if to not in ends:
        return moved
    return (*moved, Draft(RemedyMoved(no, ends[to], detail=None if to is PartState.FIXED else to.value), by))


def _decided(claim: Claim, no: int) -> ClaimLine:
    """Nothing is done about a line that nobody approved."""
    line = claim.line(no)
    if not line.is_approved:
        raise NoSuchMove("decision", line.decision, DecisionState.APPROVED)
    return line


def _executing(line: ClaimLine, by: Actor) -> tuple[Draft, ...]:
    if line.remedy is RemedyState.EXECUTING:
        return ()
    return (Draft(RemedyMoved(line.no, RemedyState.EXECUTING), by),)


def _has_choice(line: ClaimLine) -> bool:
    return set(line.judged.legal_remedies) >= _PUTS_RIGHT
