"""Set when parcels are asked about next of which an answer told nothing, or that nobody was asked about."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import CLOSED
from plugin.domain.tracking.pace import NOBODY, asked, put_off
from plugin.domain.tracking.shipment import Asking, Shipment
from plugin.ports.unit_of_work import UnitOfWork, Units


def schedule_missed(
    missed: Sequence[tuple[Shipment, timedelta | None]], *, merchant: MerchantId, units: Units, now: datetime
) -> None:
    """Those that whoever was asked does not know, each with how soon it is worth asking again; None: at its pace."""
    reschedule([(each, _missed(each, now, retry)) for each, retry in missed], merchant=merchant, units=units)


def put_off_all(later: Sequence[tuple[Shipment, datetime]], *, merchant: MerchantId, units: Units) -> None:
    """Nobody was asked about these, and nothing is held against them; each has its turn at the instant beside it."""
    reschedule([(each, put_off(each.asking, at)) for each, at in later], merchant=merchant, units=units)


def wake_parcels(
    before: CarrierAccount | None, after: CarrierAccount, covers: Collection[str], unit: UnitOfWork, now: datetime
) -> None:
    """Have those that waited for an account their turn, once it is asked again: new, mended or switched on.

    Nobody was asked about those it tells of meanwhile; `covers`: its carriers, none named: any. The caller commits.
    """
    unit.shipments.wake(now)
    could = before is not None and before.is_on and before.breaker == CLOSED and before.keys == after.keys
    if after.is_on and not could:
        unit.shipments.wake_told(now, now + NOBODY, covers)


def reschedule(planned: Sequence[tuple[Shipment, Asking]], *, merchant: MerchantId, units: Units) -> None:
    """Each as planned beside it; one that was saved by somebody else meanwhile has its schedule from there."""
    schedule = {shipment.id: (shipment.version, asking) for shipment, asking in planned}
    if not schedule:
        return
    with units(merchant) as unit:
        known = [(each, *schedule[each.id]) for each in unit.shipments.some(list(schedule))]
        mine = [replace(each, asking=asking) for each, version, asking in known if each.version == version]
        try:
            unit.shipments.save(mine)
        except Conflict:  # between reading and saving; they are due again when their lease runs out
            return
        unit.commit()


def _missed(shipment: Shipment, now: datetime, retry: timedelta | None) -> Asking:
    asking = asked(shipment, now, has_news=False)
    return put_off(asking, now + retry) if retry and asking.next_at else asking
