"""Claims of the demo shop, one in every state worth showing, made by the same commands as everybody's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding, ending, remedying, returning
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.machines.goods import InspectionState, RepairState, ReturnState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import PLATFORM, Actor, ActorKind, Refusal
from plugin.domain.ids import ClaimDraftId, ClaimId
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.open import ClaimForm, FormLine, known_claim, open_from_form
from plugin.usecases.claim.work import work_on_claim

AGENT = Actor(ActorKind.AGENT, "demo")
_LATE = Refusal("window_closed", Basis("policy", "returns", "Returns policy of Nordlicht: 30 days from delivery"))


@dataclass(frozen=True, slots=True)
class Tale:
    """One claim: about which order's line, what the shopper said, and what happened, each step some hours later."""

    order: str
    days_ago: int
    line: int
    reason: str
    wanted: Remedy
    words: str
    steps: tuple[Command, ...] = ()


def _approved(claim: Claim) -> Sequence[Draft]:
    """As an agent would; nothing where the rules have approved it already."""
    line = claim.line(1)
    if line.decision is not DecisionState.PENDING:
        return ()
    return deciding.approve(claim, 1, line.quantity, usual_plan(line.wanted, line.judged), AGENT)


def _handed_over(claim: Claim) -> Sequence[Draft]:
    return returning.move_return(claim, 1, ReturnState.IN_TRANSIT, PLATFORM, "DEMO-PARCEL")


def _received(claim: Claim) -> Sequence[Draft]:
    return returning.receive(claim, 1, claim.line(1).quantity, AGENT)


def _inspected(claim: Claim) -> Sequence[Draft]:
    return returning.inspect(claim, 1, InspectionState.AS_SENT, AGENT, "A")


def _repairing(to: RepairState) -> Command:
    return lambda claim: remedying.move_repair(claim, 1, to, AGENT)


def _asked(question: str) -> Command:
    return lambda claim: conversing.ask(claim, question, AGENT)


def _refused(claim: Claim) -> Sequence[Draft]:
    line = claim.line(1)
    if line.decision is not DecisionState.PENDING or line.is_statutory:
        return ()
    words = "The 30 days in which we take goods back without a fault were over."
    return deciding.reject(claim, 1, line.quantity, _LATE, words, AGENT)


def _appealed(claim: Claim) -> Sequence[Draft]:
    if claim.line(1).decision is not DecisionState.REJECTED:
        return ()
    at = claim.changed_at
    return ending.appeal(claim, 1, "I wrote to you in time, on the phone.", at, at + timedelta(hours=3))


TALES = (
    Tale("3010", 2, 0, "size.too_large", Remedy.REFUND, "It is larger than I thought.", (_approved,)),
    Tale(
        "3008", 9, 0, "quality.stopped_working", Remedy.REPAIR, "The display stays dark since last week.",
        (_approved, _handed_over, _received, _repairing(RepairState.BOOKED), _repairing(RepairState.REPAIRING)),
    ),
    Tale(
        "3011", 3, 0, "quality.defective", Remedy.REPLACEMENT, "The zip broke on the second night.",
        (_asked("Could you send a photo of the zip?"),),
    ),
    Tale("2158", 1, 0, "safety.fire_or_shock", Remedy.REFUND, "It got very hot while charging."),
    Tale(
        "3012", 6, 0, "change_of_mind.dislike", Remedy.REFUND, "The light is colder than I like.",
        (_refused, _appealed),
    ),
    Tale(
        "2144", 8, 0, "quality.not_as_described", Remedy.REFUND, "The page said something else.",
        (_approved, _handed_over, _received, _inspected),
    ),
)  # fmt: skip
"""`order`: the number of an order of the WooCommerce demo shop; `line`: which of its lines."""


def tell_tales(shop: Shop, desk: Desk, now: datetime) -> int:
    """How many claims were made; those that are there already are left alone, so that a load can be completed."""
    return sum(_tell(tale, shop, desk, now) for tale in TALES)


def _tell(tale: Tale, shop: Shop, desk: Desk, now: datetime) -> bool:
    draft = ClaimDraftId(f"demo-claim-{tale.order}")
    with desk.units.read(desk.merchant) as unit:
        (stored,) = unit.orders.by_number(shop.id, tale.order)
        if known_claim(ClaimId(draft), unit):
            return False
    hours = _hours(now - timedelta(days=tale.days_ago), now)
    claim = open_from_form(_form(tale, draft, stored), desk=desk, now=next(hours))
    for step in tale.steps:
        work_on_claim(claim.id, step, desk=desk, now=next(hours))
    return True


def _form(tale: Tale, draft: ClaimDraftId, stored: StoredOrder) -> ClaimForm:
    line = stored.order.lines[tale.line]
    asked = FormLine(line.id, line.quantity, tale.reason, tale.wanted, tale.words, was_choice_shown=True)
    return ClaimForm(draft, stored.id, (asked,), "en", proof="link_opened")


def _hours(since: datetime, now: datetime) -> Iterator[datetime]:
    """Instants five hours apart, none in the future."""
    while True:
        yield min(since, now)
        since += timedelta(hours=5)
