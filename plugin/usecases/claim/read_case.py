"""Read everything an agent needs to see of one claim, in one look at the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.claim.replay import replay
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.evidence import Evidence
from plugin.domain.ids import ClaimId, OrderId, StaffId
from plugin.domain.money import Money
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.payee import Payee
from plugin.domain.shop import Shop, StaffMember
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.quote_entitlements import Quote, later_of, policy_of, quote
from plugin.usecases.receive_at_hub import hubs_in_force

_MOST_ORDERS = 20


@dataclass(frozen=True, slots=True)
class Before:
    """Something the same shopper bought before or since, with the claims there were about it."""

    stored: StoredOrder
    shop: Shop
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A claim with what surrounds it. `policy`: the version it was judged by. `given`: the reader's goodwill so far.

    `hubs`: those that may take its goods today. `versions`: the policies its clauses may be in.
    """

    claim: Claim
    entries: tuple[Entry, ...]
    shop: Shop
    quote: Quote
    policy: PolicyVersion | None
    refunds: tuple[RefundIntent, ...]
    payees: tuple[tuple[str, Payee], ...]
    evidence: tuple[Evidence, ...]
    history: tuple[Before, ...]
    staff: tuple[StaffMember, ...]
    settings: ClaimSettings
    given: Money
    hubs: tuple[ReturnAddress, ...]
    versions: tuple[PolicyVersion, ...]
    return_refused: str | None = None
    """Why the platform's own return does not follow the claim; None: it does, or there is none."""

    @property
    def stored(self) -> StoredOrder:
        """The order it is about."""
        return self.quote.stored


def read_case(claim: ClaimId, reader: StaffId, *, desk: Desk, now: datetime) -> CaseRead:
    """The case as it stands; `reader` is the agent whose budget is shown. Raises `NotFound`."""
    with desk.units.read(desk.merchant) as unit:
        entries = tuple(unit.claims.record(claim))
        known = replay(claim, entries)
        stored = unit.orders.get(known.order)
        policy = policy_of(stored, unit)
        judged_by = unit.policies.get(known.policy_version) if known.policy_version else None
        later = later_of(stored, policy, unit, now)
        refunds = tuple(intent for intent in unit.refunds.of([known.order]) if intent.purpose == claim)
        currency = stored.order.total.presentment.currency
        return CaseRead(
            claim=known,
            entries=entries,
            shop=unit.shops.get(known.shop),
            quote=quote(stored, policy, desk.law, later),
            policy=judged_by,
            refunds=refunds,
            payees=tuple((intent.id, payee) for intent in refunds if (payee := unit.refunds.payee(intent.id))),
            evidence=tuple(unit.evidence.of_claim(claim)),
            history=_history(known, stored, unit),
            staff=tuple(unit.staff.all()),
            settings=unit.claim_desk.settings(),
            given=unit.claim_desk.goodwill(reader, now.date(), currency),
            hubs=hubs_in_force(unit, now),
            return_refused=kept.code if (kept := unit.kept_returns.get(claim)) else None,
            versions=tuple(version for version in (policy, judged_by, *later) if version),
        )


def _history(claim: Claim, stored: StoredOrder, unit: UnitOfWork) -> tuple[Before, ...]:
    """The shopper's newest orders with all of the merchant's shops, whichever platform they are on."""
    email = stored.order.shopper.email
    person = unit.people.find(email) if email and not stored.order.shopper.is_erased else None
    if person is None:
        return tuple(_before([stored.id], claim.id, unit))
    found = [order for shop in unit.shops.all() for order in unit.orders.of_person(shop.id, person)]
    return tuple(_before(found[:_MOST_ORDERS], claim.id, unit))


def _before(orders: Sequence[OrderId], apart_from: ClaimId, unit: UnitOfWork) -> list[Before]:
    read = []
    for order in orders:
        stored = unit.orders.get(order)
        claims = tuple(read_claim(each, unit) for each in unit.claims.of_order(order) if each != apart_from)
        read.append(Before(stored, unit.shops.get(stored.shop), claims))
    return sorted(read, key=lambda each: each.stored.order.placed.at, reverse=True)
