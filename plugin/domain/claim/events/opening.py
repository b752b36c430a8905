"""The claim begins, and what is said and found about it as a whole."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.vocabulary import ClaimTrack, Judged, Tier, VariantChoice
from plugin.domain.ids import EvidenceId, LineId, OrderId, ShopId
from plugin.domain.policy.terms import Condition, Fault
from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One line of the claim: units of an order line, what is wrong (a leaf of the reason tree), what was judged.

    A withdrawal has no reason: `reason` None, `fault` none. `wanted`: the remedy the shopper chose. `conditions`: what
    the promise asks of the goods and the shopper says is so. `choice`: the variant they chose in exchange.
    """

    no: int
    order_line: LineId
    quantity: int
    reason: str | None
    fault: Fault
    judged: Judged
    wanted: Remedy
    conditions: tuple[Condition, ...] = ()
    choice: VariantChoice | None = None


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
    """The shop's time to answer runs until `due_at`; `target` names what it is the time for.

    `tells_at`: when the first of the staff is told that it runs out.
    """

    target: str
    due_at: datetime
    tells_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimerPaused:
    """It is the shopper's turn; so much of the business time was left."""

    left_seconds: int


@dataclass(frozen=True, slots=True)
class TimerResumed:
    """It is the shop's turn again; `tells_at` as in `TimerStarted`."""

    due_at: datetime
    tells_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimerMet:
    """The shop answered in time, or late after a breach."""


@dataclass(frozen=True, slots=True)
class TimerBreached:
    """The time ran out without an answer; `escalation` counts how often somebody was told."""

    escalation: int


@dataclass(frozen=True, slots=True)
class TimerEscalated:
    """The staff were told that the time runs out or ran out.

    `told`: how many steps of the ladder they were told of by now (`service_clock.escalation`), `audience` those whom
    the last of them is for. `tells_at`: when the next is reached; None: that was the last.
    """

    told: int
    audience: str
    tells_at: datetime | None


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
class NoteStruck:
    """Who wrote the note of entry `of` does not stand by it any more; what it said stays on record."""

    of: int


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
