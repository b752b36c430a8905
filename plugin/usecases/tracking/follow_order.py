"""Follow the parcels of orders that were saved: new ones, those with other numbers, those the platform told more of.

In the transaction that saves the orders, all of a batch at once; an order without a number costs a look at its parts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plugin.domain.ids import ShipmentId
from plugin.domain.policy import PolicyVersion
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Source
from plugin.domain.tracking.from_order import SentParcel, expected_days, has_parcels, parcels_of, reports_of
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Asking, Purpose, Shipment, TrackedNumber
from plugin.domain.tracking.steps import SAID
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.tracking.apply_told import Heard, keep_heard

_BY_PLATFORM = frozenset({Source.PLATFORM, Source.STATUS})


@dataclass(frozen=True, slots=True)
class SavedOrder:
    """An order that was just saved; `before` None: it is new."""

    before: StoredOrder | None
    after: StoredOrder


def follow_orders(saved: Sequence[SavedOrder], unit: UnitOfWork, ids: Ids) -> None:
    """Shipments as the orders now tell of them; those that are told of no more are void. The caller commits."""
    meant = [
        each for each in saved if has_parcels(each.after.order) or (each.before and has_parcels(each.before.order))
    ]
    if not meant:
        return
    known = unit.shipments.of_orders([each.after.id for each in meant if each.before], with_void=True)
    origins = _Origins(unit)
    heard = [change for each in meant for change in _changes(each.after, known.get(each.after.id, ()), origins, ids)]
    keep_heard(heard, unit)


def _changes(stored: StoredOrder, known: Sequence[Shipment], origins: "_Origins", ids: Ids) -> Iterator[Heard]:
    outbound = [each for each in known if each.purpose is Purpose.OUTBOUND and not each.is_forgotten]
    sent = list(parcels_of(stored))
    of = _matched(sent, outbound)
    for parcel in sent:
        before = of.get((parcel.fulfilment.id, parcel.number))
        if before is None:
            yield _begun(parcel, stored, origins, ids)
            continue
        after = _told(before, parcel, stored)
        if after is not before:
            new = {SAID(each) for each in before.reports}
            reports = tuple(each for each in after.reports if SAID(each) not in new)
            is_anew = after.expected != before.expected
            yield Heard(after, before.whereabouts, reports, is_awaited_anew=is_anew, is_counted_anew=before.is_void)
    followed = {each.id for each in of.values()}
    for each in outbound:
        if each.id not in followed and not each.is_void:
            yield Heard(_voided(each), each.whereabouts, (), is_counted_anew=True)


def _matched(sent: Sequence[SentParcel], outbound: Sequence[Shipment]) -> Mapping[tuple[str, str], Shipment]:
    """Which parcel on record each is, by fulfilment and number; none is two of them.

    The number it was sent as goes before those it got later: a carrier may have named for one parcel what the platform
    tells as another's number.
    """
    of: dict[tuple[str, str], Shipment] = {}
    free = {each.id: each for each in sorted(outbound, key=lambda each: each.is_void)}
    for is_it in (_is_sent_as, _goes_under):
        for parcel in (each for each in sent if (each.fulfilment.id, each.number) not in of):
            found = next((each for each in free.values() if is_it(each, parcel)), None)
            if found is not None:
                of[parcel.fulfilment.id, parcel.number] = free.pop(found.id)
    return of


def _begun(parcel: SentParcel, stored: StoredOrder, origins: "_Origins", ids: Ids) -> Heard:
    """A new one; asked about at once, as far as it is not long over."""
    order = stored.order
    begun_at = parcel.fulfilment.updated_at or order.updated_at
    best = recognise(parcel.number, order.place.country, parcel.carrier).best
    shipment = Shipment(
        id=ShipmentId(ids.new()),
        shop=stored.shop,
        order=stored.id,
        purpose=Purpose.OUTBOUND,
        belongs_to=parcel.fulfilment.id,
        numbers=(TrackedNumber(parcel.number, best.carrier if best else None),),
        created_at=begun_at,
        origin=origins.of(stored),
        destination=order.place.country,
        asking=Asking(next_at=begun_at),
    )
    told = _told(shipment, parcel, stored)
    return Heard(told, None, tuple(told.reports))


def _told(known: Shipment, parcel: SentParcel, stored: StoredOrder) -> Shipment:
    """The parcel with what the platform says of it now; the very same object where that is nothing else."""
    heard = {SAID(each): each for each in known.reports}
    words = tuple(heard.get(SAID(each), each) for each in reports_of(parcel, stored.order))
    others = tuple(each for each in known.reports if each.source not in _BY_PLATFORM)
    after = known if _same(known.reports, (*others, *words)) else known.with_reports((*others, *words))
    shipped = parcel.fulfilment.shipped
    expected = known.expected or expected_days(parcel, stored.order)
    told = replace(
        after,
        shipped_at=shipped.at if shipped else after.shipped_at,
        expected=expected,
        first_expected=known.first_expected or expected,
        asking=Asking(next_at=known.created_at) if known.is_void else known.asking,
        is_void=False,
        not_before=stored.order.placed.at,
    )
    return known if told == known else told


def _same(some: Sequence[Report], others: Sequence[Report]) -> bool:
    return {SAID(each) for each in some} == {SAID(each) for each in others}


def _voided(shipment: Shipment) -> Shipment:
    return replace(shipment, is_void=True, asking=replace(shipment.asking, next_at=None))


def _is_sent_as(shipment: Shipment, parcel: SentParcel) -> bool:
    return (shipment.belongs_to, shipment.numbers[0].number) == (parcel.fulfilment.id, parcel.number)


def _goes_under(shipment: Shipment, parcel: SentParcel) -> bool:
    is_same = shipment.belongs_to == parcel.fulfilment.id
    return is_same and any(each.number == parcel.number for each in shipment.numbers)


@dataclass(slots=True)
class _Origins:
    """Where parcels are sent from: the seller's country, as the policy of the order's market names it."""

    unit: UnitOfWork
    policies: Mapping[str, PolicyVersion] | None = None

    def of(self, stored: StoredOrder) -> str | None:
        if self.policies is None:
            self.policies = {version.id: version for version in self.unit.policies.all()}
        policy = self.policies.get(stored.policy_version or "")
        if policy is None:
            return None
        trader = policy.trader_of(policy.for_country(stored.order.place.country))
        return (trader.address.country if trader else None) or policy.home_country
