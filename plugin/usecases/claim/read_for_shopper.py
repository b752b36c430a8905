"""Read everything the shopper is shown of their claim, in one look at the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.claim.replay import replay
from plugin.domain.errors import NotFound
from plugin.domain.evidence import Evidence
from plugin.domain.ids import ClaimId, LabelId, ShopId
from plugin.domain.policy import PolicyVersion
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.returning.label import Label
from plugin.domain.returning.points import DropOffPoint
from plugin.domain.shopper_session import NoSuchPage
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.draw_return_papers import needs_customs
from plugin.usecases.find_drop_off_points import find_drop_off_points


@dataclass(frozen=True, slots=True)
class ShopperView:
    """The claim with what belongs to it.

    `policy`: it was judged by. `masked`: where money goes, by refund. `labels`: those a parcel may go back by, or soon
    will; `with_customs`: those of them that need a customs paper. `points`: where it can be handed in, nearest first.
    """

    claim: Claim
    entries: Sequence[Entry]
    stored: StoredOrder
    policy: PolicyVersion | None
    refunds: Sequence[RefundIntent]
    evidence: Sequence[Evidence]
    masked: dict[str, str]
    labels: Sequence[Label]
    points: Sequence[DropOffPoint]
    with_customs: frozenset[LabelId]


def read_for_shopper(claim: ClaimId, shop: ShopId, unit: UnitOfWork) -> ShopperView:
    """As whoever has the order now may see it: an order can change hands, and words and files from before stay behind.

    Raises `NoSuchPage` for a claim of another shop, and once the person was erased.
    """
    try:
        entries = tuple(unit.claims.record(claim))
        known = replay(claim, entries)
        stored = unit.orders.get(known.order)
    except NotFound as error:
        raise NoSuchPage from error
    if known.shop != shop or stored.order.shopper.is_erased:
        raise NoSuchPage
    holder = unit.people.behind([known.order]).get(known.order)
    refunds = [each for each in unit.refunds.of([known.order]) if each.purpose == claim]
    payees = {each.id: unit.refunds.payee(each.id) for each in refunds}
    labels = [label for label in unit.labels.of_claim(claim) if label.is_live]
    return ShopperView(
        claim=known,
        entries=_readable(entries, unit.personal_records.written(holder, claim) if holder else frozenset()),
        stored=stored,
        policy=unit.policies.get(known.policy_version) if known.policy_version else None,
        refunds=refunds,
        evidence=[each for each in unit.evidence.of_claim(claim) if each.person == holder],
        masked={refund: payee.masked for refund, payee in payees.items() if payee is not None},
        labels=labels,
        points=find_drop_off_points(known.order, unit=unit) if labels else (),
        with_customs=frozenset(label.id for label in labels if needs_customs(label, unit=unit)),
    )


def _readable(entries: Sequence[Entry], theirs: frozenset[int]) -> tuple[Entry, ...]:
    return tuple(entry if entry.seq in theirs else replace(entry, private=None) for entry in entries)
