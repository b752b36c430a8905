"""Bring what was told of parcels into those on record: thousands at once, each report once, in one transaction.

Polling, pushes and people's word pass through here. What has to follow is queued with it, so that nothing is lost
between hearing and acting.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

from plugin.domain.effects import FollowShipments
from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.pace import asked
from plugin.domain.tracking.pace import told as heard_unasked
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Asking, Shipment, changed
from plugin.domain.tracking.whereabouts import Whereabouts
from plugin.ports.carrier import Told
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.tracking.expected_days import with_expected
from plugin.usecases.tracking.merge_told import merge_told

_RECENT: Final = timedelta(days=200)
"""Of several parcels under one number those of the last months are meant; without any, the newest."""
_PUSHED_LATELY: Final = timedelta(days=1)
_A_JOB: Final = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """One parcel of which something was told: as it is to be saved, where it stood before, and what is new.

    `before` None: it was not on record. `is_awaited_anew`: it is expected on other days than before. `is_counted_anew`:
    it became void, or came back from that.
    """

    shipment: Shipment
    before: Whereabouts | None
    reports: tuple[Report, ...]
    is_awaited_anew: bool = False
    is_counted_anew: bool = False

    @property
    def has_moved(self) -> bool:
        """Whether it stands elsewhere than before, or its delivery is another."""
        return self.before != self.shipment.whereabouts

    @property
    def has_to_follow(self) -> bool:
        """Whether something may follow: it moved, is new, is late after another day, or counts for something or not."""
        return self.has_moved or self.is_awaited_anew or self.is_counted_anew or self.shipment.version == 0

    def on_record(self) -> Self:
        """The same once it was saved."""
        return replace(self, shipment=changed(self.shipment, version=self.shipment.version + 1))


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of what was told: the parcels it was about, news or not, as they were `saved`."""

    saved: tuple[Heard, ...] = ()

    @property
    def heard(self) -> tuple[Heard, ...]:
        """The same as they are on record now."""
        return tuple(each.on_record() for each in self.saved)

    @property
    def moved(self) -> tuple[Heard, ...]:
        """Those that stand elsewhere than before."""
        return tuple(each for each in self.heard if each.has_moved)

    @property
    def met(self) -> frozenset[ShipmentId]:
        """Which parcels it was about."""
        return frozenset(each.shipment.id for each in self.saved)


def apply_told(
    told: Sequence[Told],
    account: CarrierAccount | None,
    *,
    merchant: MerchantId,
    units: Units,
    now: datetime,
    is_pushed: bool = False,
) -> Applied:
    """Merged, scheduled and saved; `is_pushed`: it came unasked. Raises `Conflict` when somebody else was faster.

    `account` is whose answer it is, None: a person's or the platform's. An answer that knows of no such parcel changes
    nothing: it is for who asked to schedule the next question.
    """
    known = [each for each in told if each.is_known]
    if not known:
        return Applied()
    with units(merchant) as unit:
        applied = hear(known, account, unit=unit, now=now, is_pushed=is_pushed)
        unit.commit()
    return applied


def hear(
    told: Sequence[Told], account: CarrierAccount | None, *, unit: UnitOfWork, now: datetime, is_pushed: bool = False
) -> Applied:
    """The same within the caller's unit, who commits."""
    meant = _meant(told, unit, now)
    by_shipment: dict[ShipmentId, tuple[Shipment, list[Told]]] = {}
    for each in told:
        for shipment in meant.get(each.number, ()):
            by_shipment.setdefault(shipment.id, (shipment, []))[1].append(each)
    schedule = _Schedule(account, now, is_pushed=is_pushed)
    heard = _expected([_heard(shipment, some, schedule) for shipment, some in by_shipment.values()], unit, now)
    keep_heard(heard, unit)
    return Applied(tuple(heard))


def keep_heard(heard: Sequence[Heard], unit: UnitOfWork) -> None:
    """Save parcels with what was heard of them, and queue what follows for those that moved, are new or awaited anew.

    The caller commits.
    """
    unit.shipments.save([each.shipment for each in heard])
    followed = [each.shipment.id for each in heard if each.has_to_follow]
    unit.queue.add(
        FollowShipments(unit.merchant, tuple(followed[at : at + _A_JOB])) for at in range(0, len(followed), _A_JOB)
    )


def _expected(heard: Sequence[Heard], unit: UnitOfWork, now: datetime) -> list[Heard]:
    """The same, with what the lane says of those of which nobody has said yet when they should arrive."""
    shipments = with_expected([each.shipment for each in heard], unit, now)
    return [
        each if after is each.shipment else replace(each, shipment=after, is_awaited_anew=True)
        for each, after in zip(heard, shipments, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Schedule:
    """When a parcel is asked about next, by who told of it and how."""

    account: CarrierAccount | None
    now: datetime
    is_pushed: bool

    def next(self, shipment: Shipment, *, has_news: bool) -> Asking:
        if self.account is None:
            return shipment.asking
        if self.is_pushed:
            return heard_unasked(shipment, self.now)
        pushed_at = self.account.pushed_at
        is_pushed = pushed_at is not None and self.now - pushed_at < _PUSHED_LATELY
        return asked(shipment, self.now, has_news=has_news, is_pushed=is_pushed)


def _meant(told: Sequence[Told], unit: UnitOfWork, now: datetime) -> dict[str, list[Shipment]]:
    """The parcels that each number told of is about."""
    found: dict[str, list[Shipment]] = defaultdict(list)
    for shipment in unit.shipments.by_number([each.number for each in told]):
        if shipment.is_void or shipment.is_forgotten:
            continue
        for number in {each.number for each in shipment.numbers}:
            found[number].append(shipment)
    return {number: _recent(some, now) for number, some in found.items()}


def _recent(newest_first: list[Shipment], now: datetime) -> list[Shipment]:
    return [each for each in newest_first if now - each.created_at < _RECENT] or newest_first[:1]


def _heard(shipment: Shipment, told: Sequence[Told], schedule: _Schedule) -> Heard:
    after = shipment
    reports: list[Report] = []
    for each in told:
        merged = merge_told(after, each, schedule.now)
        after, reports = merged.shipment, [*reports, *merged.reports]
    asking = schedule.next(after, has_news=bool(reports))
    is_awaited_anew = after.expected != shipment.expected
    return Heard(changed(after, asking=asking), shipment.whereabouts, tuple(reports), is_awaited_anew)
