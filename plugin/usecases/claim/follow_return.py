"""Follow the parcels that goods come back in: under the number of their label, or the one the shopper gave."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.returning.label import Label, LabelState
from plugin.domain.tracking.number import NotATrackingNumber, tracking_number
from plugin.domain.tracking.pace import started
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.shipment import BY_SHOPPER, Purpose, Shipment, TrackedNumber
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork


def follow_labelled(label: Label, unit: UnitOfWork, ids: Ids, now: datetime) -> bool:
    """Whether the parcel of a label is followed from now on. The caller commits."""
    carriage = label.carriage
    if label.state is not LabelState.ISSUED or carriage is None or not carriage.tracking:
        return False
    number = _bare(carriage.tracking)
    if number is None or _known(label.order, label.id, number, unit):
        return False
    begun = _begun(label.order, label.id, number, carriage.carrier, unit, ids, now)
    unit.shipments.save([replace(begun, destination=label.to.address.country, not_before=label.created_at)])
    return True


def follow_sent(claim: Claim, carriers: Mapping[str, str], unit: UnitOfWork, ids: Ids, now: datetime) -> bool:
    """Whether anything changed: each number the shopper gave is followed, one they took back is not any more.

    `carriers`: what they call whoever has it, by number as they gave it. A label's number is followed as the label's,
    and one that the goods came to the shopper under is none they go back under. The caller commits.
    """
    given = dict(_given(claim, carriers))
    followed_now = _followed(claim.order, unit)
    known = [e for e in followed_now if e.belongs_to == f"{BY_SHOPPER}{claim.id}"]
    if not given and not known:
        return False
    came_under = {n.number for each in followed_now if _goes_to_shopper(each) for n in each.numbers}
    given = {number: name for number, name in given.items() if number not in came_under}
    others = {n.number for each in followed_now if each not in known for n in each.numbers}
    followed = {each.numbers[0].number: each for each in known}
    begun_at = min(claim.opened_at, claim.declared_at or claim.opened_at)
    new = [
        replace(_begun(claim.order, f"{BY_SHOPPER}{claim.id}", number, name, unit, ids, now), not_before=begun_at)
        for number, name in given.items()
        if number not in followed and number not in others
    ]
    changed = [_as_given(each, now, is_given=number in given) for number, each in followed.items()]
    moved = [each for each, was in zip(changed, followed.values(), strict=True) if each is not was]
    unit.shipments.save([*new, *moved])
    return bool(new or moved)


def _given(claim: Claim, carriers: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    for line in claim.lines:
        typed = line.sending.tracking if line.sending else None
        number = _bare(typed) if typed else None
        if typed and number:
            yield number, carriers.get(typed)


def _as_given(shipment: Shipment, now: datetime, *, is_given: bool) -> Shipment:
    if is_given is not shipment.is_void:
        return shipment
    asking = started(now) if is_given else replace(shipment.asking, next_at=None)
    return replace(shipment, is_void=not is_given, asking=asking)


def _begun(  # noqa: PLR0913, PLR0917 - whose parcel, under which number, and the ports it takes
    order: OrderId, belongs_to: str, number: str, carrier: str | None, unit: UnitOfWork, ids: Ids, now: datetime
) -> Shipment:
    stored = unit.orders.get(order)
    country = stored.order.place.country
    best = recognise(number, None, carrier).best
    return Shipment(
        id=ShipmentId(ids.new()),
        shop=stored.shop,
        order=order,
        purpose=Purpose.RETURN,
        belongs_to=belongs_to,
        numbers=(TrackedNumber(number, best.carrier if best else None),),
        created_at=now,
        origin=country,
        asking=started(now),
    )


def _known(order: OrderId, belongs_to: str, number: str, unit: UnitOfWork) -> bool:
    found = _followed(order, unit)
    return any(each.belongs_to == belongs_to and each.numbers[0].number == number for each in found)


def _goes_to_shopper(shipment: Shipment) -> bool:
    return shipment.purpose is Purpose.OUTBOUND and not shipment.is_void


def _followed(order: OrderId, unit: UnitOfWork) -> list[Shipment]:
    """Its parcels either way, void ones too."""
    found = unit.shipments.of_orders([order], with_void=True).get(order, ())
    return [each for each in found if not each.is_forgotten]


def _bare(typed: str) -> str | None:
    try:
        return tracking_number(typed)
    except NotATrackingNumber:
        return None
