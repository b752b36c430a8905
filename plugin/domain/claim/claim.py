"""A claim as its record tells it. Nothing here is stored: it is folded from the entries (`replay`)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from plugin.domain.claim.events import Proposed, SendingTold
from plugin.domain.claim.goodwill import Goodwill
from plugin.domain.claim.machines.conversation import STAGE, TIMER, Stage, TimerState
from plugin.domain.claim.machines.decision import DECISION, REMEDY, DecisionState, RemedyState
from plugin.domain.claim.machines.goods import (
    INSPECTION,
    PART,
    REPAIR,
    RETURN_LEG,
    Disposition,
    InspectionState,
    PartState,
    RepairState,
    ReturnState,
)
from plugin.domain.claim.machines.survey import NO_SURVEY, Survey
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import STATUTORY, ClaimTrack, Judged, Refusal, RemedyPlan, Tier, VariantChoice
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, EvidenceId, LineId, OrderId, RefundId, ShopId
from plugin.domain.money import Money
from plugin.domain.policy.terms import Condition, Fault
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """Units of one order line that share one fate."""

    no: int
    order_line: LineId
    quantity: int
    reason: str | None
    fault: Fault
    judged: Judged
    wanted: Remedy
    decision: DecisionState = DECISION.start
    refusal: Refusal | None = None
    is_appealed: bool = False
    """Refused once, and another person was asked."""
    decided_by: str | None = None
    approved_at: datetime | None = None
    """Since when it is granted; of a withdrawal, since it was declared."""
    proposed: Proposed | None = None
    plan: RemedyPlan | None = None
    remedy: RemedyState = REMEDY.start
    remedy_detail: str | None = None
    remedy_at: datetime | None = None
    """When the remedy last moved, money aside."""
    leg: ReturnState = RETURN_LEG.start
    leg_detail: str | None = None
    leg_before: ReturnState | None = None
    """Where they were when they were received."""
    sending: SendingTold | None = None
    """What the shopper last said of having sent it."""
    received: int = 0
    sent_at: datetime | None = None
    """When it was first known that the goods were on their way back."""
    received_at: datetime | None = None
    inspection: InspectionState = INSPECTION.start
    grade: str | None = None
    diminished: Money | None = None
    disposition: Disposition = Disposition.UNDECIDED
    is_disposition_final: bool = False
    disposed_at: datetime | None = None
    restock: str | None = None
    """What became of putting it into stock again (`commands.disposing`); None: not asked, or no answer yet."""
    repair: RepairState = REPAIR.start
    quote: Money | None = None
    """What the repair was last said to cost the shopper."""
    is_guarantee_extended: bool = False
    part: PartState = PART.start
    was_choice_shown: bool = False
    conditions: tuple[Condition, ...] = ()
    """What the promise asks of the goods and the shopper says is so."""
    choice: VariantChoice | None = None
    """What the shopper chose to have in exchange."""
    difference: Money | None = None
    """What the exchange came to at the platform, once it was made; below zero: it costs less."""

    @property
    def is_approved(self) -> bool:
        """Whether something is to be done about it."""
        return self.decision in {DecisionState.APPROVED, DecisionState.OTHER_REMEDY}

    @property
    def is_statutory(self) -> bool:
        """Whether the law gives what is asked for."""
        return self.judged.ground in STATUTORY

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be done: refused, or put right, or given up by the shopper."""
        if self.decision is DecisionState.REJECTED:
            return True
        return self.is_approved and self.remedy in {RemedyState.SUCCEEDED, RemedyState.WAIVED}


@dataclass(frozen=True, slots=True)
class ClaimRefund:
    """Money granted with this claim."""

    id: RefundId
    lines: tuple[int, ...]
    total: Money
    state: RefundState = RefundState.INTENT
    due_at: datetime | None = None
    detail: str | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """The shop's time to answer."""

    state: TimerState = TIMER.start
    target: str | None = None
    due_at: datetime | None = None
    left_seconds: int | None = None
    escalation: int = 0
    told: int = 0
    """How many steps of the ladder somebody was told of."""
    tells_at: datetime | None = None
    """When the next step is reached; None: it rests, or all were."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The whole of it; `version` is the number of its last entry. Instants UTC."""

    id: ClaimId
    number: str
    shop: ShopId
    order: OrderId
    track: ClaimTrack
    language: str
    country: str | None
    zone: str | None
    policy_version: str | None
    rulebook_version: str
    calendar_version: str
    opened_at: datetime
    changed_at: datetime
    version: int
    lines: tuple[ClaimLine, ...]
    declared_at: datetime | None = None
    tier: Tier = Tier.ORDINARY
    stage: Stage = STAGE.start
    stage_at: datetime | None = None
    """When the stage was last moved; a closed claim is closed since then."""
    withdrawal: WithdrawalState | None = None
    is_proven: bool = False
    is_shipping_stopped: bool = False
    """Whether it was tried to keep withdrawn goods from leaving."""
    is_examined: bool = False
    needs_person: bool = False
    findings: tuple[tuple[str, str, str], ...] = ()
    assignee: str | None = None
    appeals: int = 0
    reopenings: int = 0
    refunds: tuple[ClaimRefund, ...] = ()
    evidence: tuple[EvidenceId, ...] = ()
    timer: Timer = Timer()
    goodwill: tuple[Goodwill, ...] = ()
    struck_notes: frozenset[int] = frozenset()
    """Entries whose author does not stand by them any more."""
    survey: Survey = NO_SURVEY
    waits_for_answer: bool = False
    """The last message is the shopper's."""

    def line(self, no: int) -> ClaimLine:
        """Raises `NotFound`."""
        found = next((line for line in self.lines if line.no == no), None)
        if found is None:
            raise NotFound({"line": no})
        return found

    def refund(self, refund: RefundId) -> ClaimRefund:
        """Raises `NotFound`."""
        found = next((row for row in self.refunds if row.id == refund), None)
        if found is None:
            raise NotFound({"refund": refund})
        return found

    def goodwill_of(self, no: int) -> Goodwill:
        """Raises `NotFound`."""
        found = next((each for each in self.goodwill if each.no == no), None)
        if found is None:
            raise NotFound({"goodwill": no})
        return found

    def with_line(self, changed: ClaimLine) -> Self:
        """The claim with this line in place of the one of its number."""
        return replace(self, lines=tuple(changed if line.no == changed.no else line for line in self.lines))

    def with_refund(self, changed: ClaimRefund) -> Self:
        """The claim with this refund in place of the one of its id."""
        return replace(self, refunds=tuple(changed if row.id == changed.id else row for row in self.refunds))
