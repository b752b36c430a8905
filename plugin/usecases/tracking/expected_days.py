"""Say when parcels, or what somebody may buy, should arrive; the one place every surface has it from."""

from collections.abc import Collection, Sequence
from datetime import datetime

from plugin.domain.shop import Shop
from plugin.domain.tracking.eta.forecast import ExpectedRange, expected_range
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.saying import is_unsaid, lane_of, saying
from plugin.domain.tracking.shipment import ExpectedDays, Shipment
from plugin.ports.unit_of_work import UnitOfWork


def with_expected(shipments: Sequence[Shipment], unit: UnitOfWork, now: datetime) -> list[Shipment]:
    """The parcels as they are to be saved: those of which nobody has said anything yet, with what their lane says.

    A carrier's forecast that is there already stays, and so does what we said before. One question for all of them,
    none where there is nothing to ask.
    """
    asked = {each.id: lane for each in shipments if is_unsaid(each) and (lane := lane_of(each))}
    if not asked:
        return list(shipments)
    known = unit.lanes.find({each for lane in asked.values() for each in (lane, *lane.coarser())})
    said = []
    for each in shipments:
        lane = asked.get(each.id)
        found = expected_range(lane, each.shipped_at, known.get, now) if lane and each.shipped_at else None
        said.append(saying(each, found, now) if found else each)
    return said


def say_expected(known: Sequence[Shipment], unit: UnitOfWork, now: datetime) -> int:
    """Of how many parcels on record something is said now that nobody had said before. The caller commits."""
    said = with_expected(known, unit, now)
    changed = [after for before, after in zip(known, said, strict=True) if after is not before]
    unit.shipments.save(changed)
    return len(changed)


def expected_days(shipment: Shipment, unit: UnitOfWork, now: datetime) -> ExpectedDays | None:
    """What is said of a parcel now: what was said already, else what its lane says; None: nobody can say."""
    (said,) = with_expected([shipment], unit, now)
    return said.expected


def expected_for(shop: Shop, destination: str, unit: UnitOfWork, now: datetime) -> ExpectedRange | None:
    """When what is ordered now should arrive in a country; None: unknown, or fewer than 30 deliveries."""
    lane = order_lane(shop.id, destination)
    return expected_range(lane, now, unit.lanes.find([lane]).get, now)


def told_destinations(shop: Shop, countries: Collection[str], unit: UnitOfWork, now: datetime) -> frozenset[str]:
    """The countries of which `expected_for` has something to say; one question for all."""
    lanes = {country: order_lane(shop.id, country) for country in countries}
    known = unit.lanes.find(lanes.values())
    return frozenset(country for country, lane in lanes.items() if expected_range(lane, now, known.get, now))
