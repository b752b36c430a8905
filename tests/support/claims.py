"""Claims as tests make them: an order, somebody who claims, somebody who decides, and everything that may happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.opening import open_claim
from plugin.domain.claim.commands.refunding import due_lines, follow, grant
from plugin.domain.claim.events import Opened, OpenedLine
from plugin.domain.claim.money import is_paid_back, payment_groups, refund_request
from plugin.domain.claim.open_quantity import check_held, open_quantity
from plugin.domain.claim.record import Draft, Entry, extend
from plugin.domain.claim.replay import after, replay
from plugin.domain.claim.vocabulary import ENGINE, Actor, ActorKind, ClaimTrack, Judged, Refusal
from plugin.domain.errors import DomainError
from plugin.domain.ids import ClaimId, LineId, OrderId, RefundId, ShopId
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault, Payer
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.domain.remedy import Remedy
from tests.build import NOW
from tests.support.refunds import line, plain_order

AGENT, OTHER_AGENT = Actor(ActorKind.AGENT, "staff-1"), Actor(ActorKind.AGENT, "staff-2")
CLAUSE = Basis("policy", "rule-1", "Returns policy of 1 May 2026, clause 3")
REFUSAL = Refusal("worn", CLAUSE)
BY_LAW = (Remedy.REPAIR, Remedy.REPLACEMENT, Remedy.PRICE_REDUCTION, Remedy.REFUND)
_REASONS = {
    Ground.WITHDRAWAL: (None, Fault.NONE),
    Ground.LIABILITY: ("quality.defective", Fault.SELLER),
    Ground.SHOP_RETURN: ("change_of_mind.dislike", Fault.BUYER),
}
Command = Callable[[Claim], Sequence[Draft]]


def salts() -> Iterator[str]:
    return (f"{number:032x}" for number in count(1))


def an_order_of(*quantities: int) -> Order:
    lines = [
        line(str(11 + at), quantity, net=1000 * quantity, tax=190 * quantity) for at, quantity in enumerate(quantities)
    ]
    return plain_order(*lines, shipping=500, shipping_tax=95)


def judged(ground: Ground, price: Money, fee: int = 0) -> Judged:
    legal = {Ground.WITHDRAWAL: (Remedy.REFUND,), Ground.LIABILITY: BY_LAW}.get(ground, ())
    promised = (Remedy.EXCHANGE, Remedy.STORE_CREDIT, Remedy.REFUND) if ground is Ground.SHOP_RETURN else ()
    return Judged(
        ground=ground,
        payer=Payer.SHOPPER,
        fee=Money(fee, price.currency) if fee else None,
        remedies=(*promised, *legal),
        legal_remedies=legal,
        price=price,
        extends_guarantee_months=12 if ground is Ground.LIABILITY else 0,
    )


def opened_line(order: Order, no: int, ground: Ground, quantity: int, wanted: Remedy, at: int = 0) -> OpenedLine:
    of = order.lines[at]
    price = Money((of.total.presentment.minor + of.tax.presentment.minor) * quantity // of.quantity, "EUR")
    reason, fault = _REASONS[ground]
    fee = 100 if ground is Ground.SHOP_RETURN else 0
    return OpenedLine(no, of.id, quantity, reason, fault, judged(ground, price, fee), wanted)


def opening(*lines: OpenedLine, track: ClaimTrack = ClaimTrack.CLAIM, number: str = "R-1") -> Opened:
    return Opened(
        number=number,
        shop=ShopId("shop1"),
        order=OrderId("order1"),
        track=track,
        language="de",
        country="DE",
        zone="Europe/Berlin",
        policy_version="policy-1",
        rulebook_version="1",
        calendar_version="1",
        lines=lines,
        declared_at=NOW if track is ClaimTrack.WITHDRAWAL else None,
    )


@dataclass
class Case:
    """One claim with its record, worked on as use cases do, without a database."""

    id: ClaimId
    entries: tuple[Entry, ...]
    claim: Claim

    @classmethod
    def begun(cls, drafts: Sequence[Draft], now: datetime = NOW, claim: str = "claim1") -> Case:
        entries = extend(ClaimId(claim), (), drafts, now, salts())
        return cls(ClaimId(claim), entries, replay(ClaimId(claim), entries))

    def act(self, command: Command, now: datetime = NOW) -> Claim:
        """Record what the command says; nothing at all when it or a machine refuses."""
        added = extend(self.id, self.entries, command(self.claim), now, salts())
        self.claim = after(self.claim, added)
        self.entries = (*self.entries, *added)
        return self.claim


@dataclass
class Shop:
    """An order with its claims and refunds: opens claims, pays what is due, reports what was paid."""

    order: Order
    cases: list[Case] = field(default_factory=list)
    intents: list[RefundIntent] = field(default_factory=list)
    now: datetime = NOW

    def open_units(self, of: LineId) -> int:
        found = next(each for each in self.order.lines if each.id == of)
        return open_quantity(found, [case.claim for case in self.cases], 0)

    def open(self, *lines: OpenedLine, track: ClaimTrack = ClaimTrack.CLAIM, proof: str | None = "signed_in") -> Case:
        units = {each.id: self.open_units(each.id) for each in self.order.lines}
        number = len(self.cases) + 1
        drafts = open_claim(opening(*lines, track=track, number=f"R-{number}"), units, proof=proof)
        case = Case.begun(drafts, self.now, f"claim{number}")
        self.cases.append(case)
        return case

    def act(self, case: Case, command: Command) -> bool:
        """Whether it was done; what follows from it is done too."""
        self.now += timedelta(minutes=1)
        before = (case.entries, case.claim)
        try:
            case.act(command, self.now)
            self._check_units(case, before[1])
        except DomainError:
            case.entries, case.claim = before
            return False
        self._pay(case)
        return True

    def _check_units(self, case: Case, before: Claim) -> None:
        others = [each.claim for each in self.cases if each is not case]
        for each in self.order.lines:
            check_held(before, case.claim, each, others, 0)

    def move(self, intent: RefundIntent, to: RefundState) -> None:
        """The platform takes, settles or refuses a refund, and the claim is told; what cannot be is not."""
        self.now += timedelta(minutes=1)
        try:
            moved = self._moved(intent, to)
        except DomainError:
            return
        self.intents[self.intents.index(intent)] = moved
        case = next(case for case in self.cases if case.id == intent.purpose)
        case.act(lambda claim: follow(claim, moved.id, moved.state, moved.code or moved.platform_refund), self.now)

    def _moved(self, intent: RefundIntent, to: RefundState) -> RefundIntent:
        steps: dict[RefundState, Callable[[], RefundIntent]] = {
            RefundState.SENT: lambda: intent.sent(f"pf-{intent.id}", self.now),
            RefundState.SETTLED: lambda: intent.settled(f"pf-{intent.id}", self.now),
            RefundState.FAILED: lambda: intent.failed("refused", self.now),
            RefundState.NEEDS_SHOPPER_DATA: lambda: intent.awaits_shopper("cash_on_delivery", self.now),
            RefundState.INTENT: lambda: intent.tried_again(self.now),
        }
        return steps[to]()

    def _pay(self, case: Case) -> None:
        due = [case.claim.line(no) for no in due_lines(case.claim)]
        for ground, lines in payment_groups([each for each in due if is_paid_back(each)]):
            try:
                quoted = quote(refund_request(lines, ground), self.order, self.intents)
            except DomainError:
                continue
            identity = RefundId(f"refund{len(self.intents) + 1}")
            intent = RefundIntent(
                identity, OrderId("order1"), case.id, quoted.allocations, quoted.total, self.now, self.now,
                quoted.shipping_rule,
            )  # fmt: skip
            self.intents.append(intent)
            numbers, total = [each.no for each in lines], quoted.total.presentment
            case.act(lambda claim: grant(claim, identity, numbers, total, ENGINE), self.now)  # noqa: B023 - called at once


def without_words(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The record after its person was erased."""
    return tuple(replace(entry, private=None) for entry in entries)
