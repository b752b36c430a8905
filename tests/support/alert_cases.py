"""Alerts at a desk: parcels that something is wrong with, with everything a page can show of them."""

from __future__ import annotations

from dataclasses import replace

from plugin.domain.ids import OrderId, ShipmentId, ShopId
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts, Chosen
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.ports.unit_of_work import UnitOfWork
from tests.build import NOW
from tests.support.shipments import a_shipment

NUMBER = "00340434161094042557"


def keep_alert(
    unit: UnitOfWork, order: OrderId, shop: ShopId, kind: AlertKind, name: str = "parcel1", **facts: object
) -> Alert:
    """Put on record a parcel of this order and an alert about it, named after the parcel."""
    unit.shipments.save([a_shipment(name, order=order, shop=shop)])
    alert = Alert(f"{name}-alert", kind, ShipmentId(name), order, shop, NOW, NOW, AlertFacts(NUMBER, "dhl"), mail="m")
    changed = replace(alert, **facts)  # type: ignore[arg-type]  # a test names fields of the alert
    unit.alerts.save([changed])
    return changed


def keep_alerts(unit: UnitOfWork, order: OrderId, shop: ShopId, long: str) -> None:
    """One lost, one whose shopper wants it elsewhere, one that was refused and never paid."""
    offered = (Choice.ADDRESS, Choice.REFUND)
    keep_alert(unit, order, shop, AlertKind.LOST, "parcel1", offered=(Choice.RESEND, Choice.REFUND))
    chosen = Chosen(Choice.ADDRESS, NOW)
    keep_alert(unit, order, shop, AlertKind.FAILED_ATTEMPT, "parcel2", offered=offered, chosen=chosen, address=long)
    keep_alert(unit, order, shop, AlertKind.SENT_BACK, "parcel3", is_unpaid=True)
