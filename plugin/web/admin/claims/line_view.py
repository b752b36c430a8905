"""One line of a claim as the case page shows it: what can be done next, and what there is to choose from."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.undoing import can_take_inspection_back, can_take_receipt_back
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import (
    PART,
    REPAIR,
    RETURN_LEG,
    Disposition,
    InspectionState,
    PartState,
    RepairState,
    ReturnState,
)
from plugin.domain.claim.machines.machine import Machine, S
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.order import OrderLine
from plugin.domain.remedy import Remedy
from plugin.domain.shop import StaffMember
from plugin.i18n import Catalogue
from plugin.web.admin.claims.exchanged import exchange_parts, failed_because
from plugin.wording.clause import NamedClause
from plugin.wording.policy_values import name_text

Options = list[tuple[str, str]]

_BEFORE_THE_END = frozenset({RemedyState.ACCEPTED, RemedyState.EXECUTING, RemedyState.FAILED})
_NEGOTIABLE = frozenset(
    {RemedyState.OFFERED, RemedyState.ACCEPTED, RemedyState.FAILED, RemedyState.REVERSED, RemedyState.NONE}
)
_UNTOUCHED = frozenset({RemedyState.NONE, RemedyState.OFFERED, RemedyState.ACCEPTED})
_BY_HAND = frozenset({ReturnState.RECEIVED, ReturnState.NOT_REQUIRED, ReturnState.LABEL_ISSUED, ReturnState.AT_HUB})
"""Moves of the goods that have a form, or a step, of their own."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line and its item. `may` names the forms to show, the likely one first; `by_law` what the law gives."""

    line: ClaimLine
    item: OrderLine | None
    title: str
    may: tuple[str, ...]
    remedies: Options
    by_law: str
    clauses: Options
    moves: Options
    repairs: Options
    parts: Options
    dispositions: Options
    findings: Options
    exchange: tuple[str, ...]
    failed_because: str

    @property
    def first(self) -> str | None:
        """The form that is open when the page comes."""
        return self.may[0] if self.may else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads the case, in whose words, and how they call a clause."""

    reader: StaffMember
    words: Catalogue
    name_of: Callable[[Basis], NamedClause]


def line_view(
    claim: Claim,
    line: ClaimLine,
    item: OrderLine | None,
    rights: LineEntitlements | None,
    reading: Reading,
) -> LineView:
    """The line as this reader may work on it."""
    said = reading.words
    return LineView(
        line=line,
        item=item,
        title=item.title if item else line.order_line,
        may=tuple(_may(claim, line, reading.reader)),
        remedies=_remedies(line, said),
        by_law=", ".join(name_text(remedy, said) for remedy in line.judged.legal_remedies),
        clauses=_clauses(line, rights, reading.name_of),
        moves=_next(RETURN_LEG, line.leg, "leg", said, apart=_BY_HAND),
        repairs=_next(REPAIR, line.repair, "repair", said),
        parts=_next(PART, line.part, "part", said),
        dispositions=_all((each for each in Disposition if each is not Disposition.UNDECIDED), "disposition", said),
        findings=_all((each for each in InspectionState if each is not InspectionState.NOT_LOOKED_AT), "found", said),
        exchange=exchange_parts(line, said),
        failed_because=failed_because(line, said),
    )


def _may(claim: Claim, line: ClaimLine, reader: StaffMember) -> Iterable[str]:
    """The forms that have a move to make; whether the reader may is judged again when one is sent."""
    if status_of(claim) in OVER:
        return
    if line.decision in {DecisionState.PENDING, DecisionState.REJECTED}:
        if line.proposed is not None and line.decision is DecisionState.PENDING and line.proposed.by != reader.id:
            yield "agree"
        yield "approve"
        if line.decision is DecisionState.PENDING and claim.track is ClaimTrack.CLAIM:
            yield "refuse"
    elif line.is_approved:
        yield from _approved(claim, line)


def _approved(claim: Claim, line: ClaimLine) -> Iterable[str]:
    plan, remedy = line.plan, line.plan.remedy if line.plan else None
    is_back = line.leg is ReturnState.RECEIVED
    if plan is not None and plan.needs_goods and not is_back and line.leg is not ReturnState.NOT_REQUIRED:
        can_reach_hub = RETURN_LEG.allows(line.leg, ReturnState.AT_HUB)
        yield from ("receive", "hub", "move") if can_reach_hub else ("receive", "move")
    if is_back:
        yield "inspect"
        if not line.is_disposition_final:
            yield "dispose"
    if line.remedy in _BEFORE_THE_END:
        if remedy is Remedy.REPAIR and line.repair not in {RepairState.DELIVERED, RepairState.UNREPAIRABLE}:
            yield "repair"
        if remedy is Remedy.SPARE_PART and line.part not in {PartState.FIXED, PartState.NOT_FIXED}:
            yield "part"
        if remedy and remedy.traits.is_made_by_platform:
            yield "send"
    if line.remedy in _NEGOTIABLE:
        yield from ("choose", "offer", "give-up")
    yield from _mistaken(claim, line)
    is_still_here = line.leg in {ReturnState.NOT_REQUIRED, ReturnState.AWAITED}
    if claim.track is ClaimTrack.CLAIM and line.remedy in _UNTOUCHED and is_still_here:
        yield "undo"


def _mistaken(claim: Claim, line: ClaimLine) -> Iterable[str]:
    """What was recorded of the goods and can still be taken back."""
    if can_take_receipt_back(claim, line.no):
        yield "not-received"
    if can_take_inspection_back(claim, line.no):
        yield "not-inspected"


def _remedies(line: ClaimLine, said: Catalogue) -> Options:
    """What was asked for first, then what the engine found, then everything else an agent may agree on."""
    order = dict.fromkeys((line.wanted, *line.judged.remedies, *line.judged.legal_remedies, *Remedy))
    return [(remedy.value, name_text(remedy, said)) for remedy in order]


def _clauses(line: ClaimLine, rights: LineEntitlements | None, name_of: Callable[[Basis], NamedClause]) -> Options:
    """What the line was judged by, and what its clocks rest on."""
    of_clocks = (basis for clock in (rights.clocks if rights else ()) for basis in clock.basis)
    known = dict.fromkeys((*line.judged.basis, *of_clocks))
    return [(_value(basis), name_of(basis).text) for basis in known]


def _value(basis: Basis) -> str:
    return f"{basis.kind}|{basis.id}|{basis.citation}"


def _next(machine: Machine[S], at: S, name: str, said: Catalogue, apart: Collection[S] = ()) -> Options:
    return _all((to for to in type(at) if machine.allows(at, to) and to not in apart), name, said)


def _all(states: Iterable[StrEnum], name: str, said: Catalogue) -> Options:
    return [(state.value, said.text(f"desk.{name}.{state.value}")) for state in states]
