"""Everything that can happen to a claim, as facts without a word of personal data.

A closed set: what a record holds today must be readable for as long as it is kept, so a field is only ever added, with
a default, and an event is never renamed. What people wrote goes beside the event as the entry's private words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from plugin.domain.basis import Basis
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, PartState, RepairState, ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack, Judged, Refusal, RemedyPlan, Tier
from plugin.domain.ids import EvidenceId, LineId, OrderId, RefundId, ShopId
from plugin.domain.money import Money
from plugin.domain.policy.terms import Fault
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One line of the claim: units of an order line, what is wrong (a leaf of the reason tree), what was judged.

    A withdrawal has no reason: `reason` None, `fault` none. `wanted`: the remedy the shopper chose.
    """

    no: int
    order_line: LineId
    quantity: int
    reason: str | None
    fault: Fault
    judged: Judged
    wanted: Remedy


@dataclass(frozen=True, slots=True)
class Opened:
    """The claim begins. Which policy, law and calendar decided is frozen here; `zone` is the shopper's, for days."""

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
    lines: tuple[OpenedLine, ...]
    tier: Tier = Tier.ORDINARY
    declared_at: datetime | None = None
    """When a withdrawal was declared; the claim may be opened later, once the sender is proven."""


@dataclass(frozen=True, slots=True)
class ContactProven:
    """It is known that the shopper of the order speaks: `how` is signed_in, mail_equals_order, link_opened, agent."""

    how: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks found: `(code, outcome, clause)` each; `needs_person` sends it to an agent."""

    needs_person: bool
    findings: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TierSet:
    """How urgent it is from now on."""

    tier: Tier
    because: str


@dataclass(frozen=True, slots=True)
class TimerStarted:
    """The shop's time to answer runs until `due_at`; `target` names what it is the time for."""

    target: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TimerPaused:
    """It is the shopper's turn; so much of the business time was left."""

    left_seconds: int


@dataclass(frozen=True, slots=True)
class TimerResumed:
    """It is the shop's turn again."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class TimerMet:
    """The shop answered in time, or late after a breach."""


@dataclass(frozen=True, slots=True)
class TimerBreached:
    """The time ran out without an answer; `escalation` counts how often somebody was told."""

    escalation: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """An agent's case now; None: nobody's."""

    agent: str | None


@dataclass(frozen=True, slots=True)
class StageMoved:
    """The conversation as a whole moved on; `because` is a code. With an ask for information the words are asked."""

    to: Stage
    because: str


@dataclass(frozen=True, slots=True)
class MessageSent:
    """Somebody wrote, in `language`; `line` when it is about one. The words are the entry's. `template`: its name."""

    language: str
    line: int | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True)
class MessageTranslated:
    """What entry `of` says, in another language; the words are the entry's."""

    of: int
    language: str
    by: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """A note among agents."""


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    """A file belongs to the claim; `digest` is its SHA-256, once known."""

    evidence: EvidenceId
    line: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class MailQueued:
    """A letter was written to the shopper; `mail` is its id."""

    kind: str
    mail: str
    language: str


@dataclass(frozen=True, slots=True)
class LineSplit:
    """Units of a line go their own way from now on, as line `into`."""

    line: int
    into: int
    quantity: int


@dataclass(frozen=True, slots=True)
class LineJudged:
    """The line is judged anew: a late withdrawal is a return by the shop's promise."""

    line: int
    judged: Judged


@dataclass(frozen=True, slots=True)
class Proposed:
    """An agent decided above their limit: another one has to agree."""

    line: int
    plan: RemedyPlan
    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A line was decided. `refusal` with a rejection, `plan` with an approval."""

    line: int
    to: DecisionState
    plan: RemedyPlan | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Appealed:
    """The shopper asks another person to look at a refusal."""

    line: int


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """Before a remedy was chosen the shopper was shown what the law lets them choose, and what a repair extends.

    Source: Directive (EU) 2024/1799 art. 16 (inserting 2019/771 art. 10(2a) and 13(2a)).
    """

    line: int
    remedies: tuple[Remedy, ...]
    extends_guarantee_months: int


@dataclass(frozen=True, slots=True)
class RemedyMoved:
    """The remedy of a line moved on; `plan` when another one was offered or agreed."""

    line: int
    to: RemedyState
    plan: RemedyPlan | None = None
    detail: str | None = None
    """A platform's id of what was made (an exchange order), or the code of what failed."""


@dataclass(frozen=True, slots=True)
class ReturnMoved:
    """The goods moved on their way back; `detail` is a label's id, a tracking number or a code; `quantity` received."""

    line: int
    to: ReturnState
    detail: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """Somebody looked at the goods. `diminished`: what they are worth less, presentment currency."""

    line: int
    to: InspectionState
    grade: str | None = None
    diminished: Money | None = None


@dataclass(frozen=True, slots=True)
class Disposed:
    """What becomes of the goods; may change until it is final."""

    line: int
    disposition: Disposition
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class RepairMoved:
    """A repair moved on."""

    line: int
    to: RepairState


@dataclass(frozen=True, slots=True)
class PartMoved:
    """A part sent instead of the whole moved on."""

    line: int
    to: PartState


@dataclass(frozen=True, slots=True)
class GuaranteeExtended:
    """The legal guarantee of the line lasts longer because it was repaired."""

    line: int
    months: int
    until: date | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class RefundPlanned:
    """Money was granted: which lines it pays back, and how much, presentment currency."""

    refund: RefundId
    lines: tuple[int, ...]
    total: Money
    due_at: datetime | None = None
    """By when the law or the promise wants it back."""


@dataclass(frozen=True, slots=True)
class RefundMoved:
    """A refund moved on; `detail` is the platform's id of it or the code of what failed."""

    refund: RefundId
    to: RefundState
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalMoved:
    """A withdrawal moved on; `because` is a code, `basis` with a contest the exception of the law."""

    to: WithdrawalState
    because: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class GoodwillGranted:
    """Something beyond right and promise, within the agent's budget: a voucher, a gift, money."""

    kind: str
    amount: Money
    detail: str | None = None


Event = (
    Opened | ContactProven | Examined | TierSet | TimerStarted | TimerPaused | TimerResumed | TimerMet | TimerBreached
    | Assigned | StageMoved | MessageSent | MessageTranslated | NoteAdded | EvidenceAdded | MailQueued | LineSplit
    | LineJudged | Proposed | Decided | Appealed | ChoiceShown | RemedyMoved | ReturnMoved | Inspected | Disposed
    | RepairMoved | PartMoved | GuaranteeExtended | RefundPlanned | RefundMoved | WithdrawalMoved | GoodwillGranted
)  # fmt: skip

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__args__}
"""Every event by the name it is recorded under."""
