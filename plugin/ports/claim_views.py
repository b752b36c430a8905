"""Claims in lists: the queue across all of a merchant's shops, its counts, a shopper's history, what is exported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, ReturnState
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ClaimTrack, Tier
from plugin.domain.ids import ClaimId, LineId, MerchantId, OrderId, ShopId, StaffId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault
from plugin.domain.remedy import Remedy

MANY = 1_000
"""What a count says where there are that many or more."""


class QueueView(StrEnum):
    """What an agent looks at, each in an order of its own: what is due first, money by how long it is stuck."""

    OPEN = "open"
    """Something is left to do: not over, and not settled unless the shopper has written since."""
    MINE = "mine"
    UNASSIGNED = "unassigned"
    SAFETY = "safety"
    TODAY = "today"
    """Due before the day is over, by the clock of each claim's market, and not overdue."""
    OVERDUE = "overdue"
    """The time for an answer or for the money is over."""
    UNANSWERED = "unanswered"
    """The last message is the shopper's."""
    WAITING = "waiting"
    """It is the shopper's turn: something was asked."""
    MONEY = "money"
    """A refund failed, waits for the shopper's account, or is overdue; in claims that are over too."""
    ALL = "all"
    """Whatever its state, newest first."""


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """What to list. `text`: a claim's or an order's number from its beginning, or an exact e-mail when it holds an @.

    `agent`: who looks, for `QueueView.MINE`. `assignee`: whose claims, in any view.
    """

    view: QueueView = QueueView.OPEN
    text: str = ""
    shop: ShopId | None = None
    status: ClaimStatus | None = None
    tier: Tier | None = None
    country: str | None = None
    assignee: StaffId | None = None
    agent: StaffId | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list; nothing personal. Instants UTC."""

    id: ClaimId
    number: str
    shop: ShopId
    shop_name: str
    order: OrderId
    order_number: str
    track: ClaimTrack
    status: ClaimStatus
    tier: Tier
    country: str | None
    zone: str | None
    """Where its days are counted (IANA), the shopper's."""
    language: str
    assignee: StaffId | None
    needs_person: bool
    waits_for_answer: bool
    timer: TimerState
    answer_due_at: datetime | None
    """By when the shop was to answer; None while that time does not run."""
    money_due_at: datetime | None
    """By when the first refund that has not arrived is due."""
    has_failed_refund: bool
    opened_at: datetime
    changed_at: datetime
    line_count: int
    reason: str | None
    """Of its first line; a withdrawal has none."""
    wanted: Remedy | None
    """The remedy chosen for its first line."""


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A keyset page; cursors are opaque, None where there is no further page that way."""

    rows: tuple[ClaimRow, ...]
    next_cursor: str | None
    previous_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """A line as it stands. The price is in the presentment currency, tax included."""

    no: int
    order_line: LineId
    quantity: int
    reason: str | None
    fault: Fault
    ground: Ground
    wanted: Remedy
    decision: DecisionState
    remedy: Remedy | None
    """What was decided or agreed on."""
    remedy_state: RemedyState
    leg: ReturnState
    inspection: InspectionState
    disposition: Disposition
    price: Money


@dataclass(frozen=True, slots=True)
class ExportedClaim:
    """A claim with one of its lines; None: it names none. Nothing personal."""

    id: ClaimId
    number: str
    shop_name: str
    order_number: str
    track: ClaimTrack
    status: ClaimStatus
    tier: Tier
    country: str | None
    language: str
    opened_at: datetime
    changed_at: datetime
    line: ExportedLine | None
    carrier: CarrierClaim | None = None
    """What the carrier is asked for, where anything is."""
    survey: SurveyAnswer | None = None
    """Whether the shopper says that it was solved; None: not asked, or not answered."""


@dataclass(frozen=True, slots=True)
class RefundPace:
    """How fast money was: of `count` claims nine in ten had it within `seconds` of the decision."""

    count: int
    seconds: int


class ClaimViews(Protocol):
    """Read-only lists of one merchant's claims."""

    def claims(
        self, merchant: MerchantId, query: ClaimQuery, cursor: str | None, limit: int, now: datetime
    ) -> ClaimPage:
        """One page of 1 to 500. Raises `Invalid` on a cursor that is not of this view."""
        ...

    def claim_counts(self, merchant: MerchantId, agent: StaffId, now: datetime) -> Mapping[QueueView, int]:
        """How many each view but `ALL` holds, up to `MANY`; one question to the database."""
        ...

    def refund_pace(self, merchant: MerchantId, since: datetime) -> RefundPace | None:
        """How fast money was of all claims that were paid since then; None: none was."""
        ...

    def claims_of_order(self, merchant: MerchantId, order: OrderId) -> Sequence[ClaimRow]:
        """The order's claims, oldest first."""
        ...

    def claims_of_shopper(self, merchant: MerchantId, order: OrderId, limit: int) -> Sequence[ClaimRow]:
        """Claims on any order of whoever placed this one, this order's too, in all shops, newest first."""
        ...

    def exported_claims(self, merchant: MerchantId, after: ClaimId | None, limit: int) -> Sequence[ExportedClaim]:
        """The next `limit` claims in id order, each once for each of its lines; for exports that walk them all."""
        ...
