"""What an intruder tries with another merchant's parcels, and with whatever tells of them; and what there is to try."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plugin.domain.ids import OrderId, PersonId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.exceptions.patience import Patience
from plugin.domain.tracking.push import Push, PushId
from plugin.domain.tracking.scorecard import Scored, scorecard
from plugin.ports.unit_of_work import UnitOfWork
from tests.build import NOW, PLACED, a_shop
from tests.support.shipments import a_shipment

Attempt = Callable[[Any, PersonId], object]

SHOP = a_shop().id
ORDER = OrderId("order1")
PARCEL = a_shipment()
LANE_DAYS = LaneDays(order_lane(SHOP, "DE"), Fitted(DayRange(2, 4), 40, is_six_day=False), PLACED.date())
CARRIER_ACCOUNT = CarrierAccount("ups", {"key": "secret"}, "push-token", NOW)
PUSH = Push(PushId("push1"), "ups", b"{}", NOW, None, fault="not_json")
SCORED = Scored(scorecard([], NOW.date()), 90, NOW, is_cut=False)
WAITED = AlertSettings(Patience(9))
ALERT = Alert("alert1", AlertKind.LOST, PARCEL.id, ORDER, SHOP, NOW, NOW, AlertFacts("1"), address="Hof 1, 1010 Wien")

PARCEL_ATTEMPTS: dict[str, dict[str, Attempt]] = {
    "shipments": {
        "get": lambda shipments, _: shipments.get(PARCEL.id),
        "some": lambda shipments, _: shipments.some([PARCEL.id]),
        "of_orders": lambda shipments, _: shipments.of_orders([ORDER], with_void=True),
        "arrived": lambda shipments, _: shipments.arrived(PLACED, None, 10),
        "sent_back": lambda shipments, _: shipments.sent_back(PLACED, None, 10),
        "by_number": lambda shipments, _: shipments.by_number([PARCEL.number.number]),
        "save": lambda shipments, _: shipments.save([replace(PARCEL, version=1, service="stolen")]),
        "wake_told": lambda shipments, _: shipments.wake_told(NOW - timedelta(days=1), NOW + timedelta(days=9), ()),
        "put_off": lambda shipments, _: shipments.put_off([PARCEL.id], NOW + timedelta(days=9), PLACED),
        "wake": lambda shipments, _: shipments.wake(NOW - timedelta(days=1)),
    },
    "lanes": {
        "deliveries": lambda lanes, _: lanes.deliveries(PLACED, None, 10),
        "find": lambda lanes, _: lanes.find([LANE_DAYS.lane]),
        "replace": lambda lanes, _: lanes.replace([]),
    },
    "scorecards": {
        "get": lambda scorecards, _: scorecards.get(SCORED.days),
        "save": lambda scorecards, _: scorecards.save(replace(SCORED, is_cut=True)),
        "forget": lambda scorecards, _: scorecards.forget(SCORED.days),
    },
    "alerts": {
        "settings": lambda alerts, _: alerts.settings() == WAITED,
        "save_settings": lambda alerts, _: alerts.save_settings(AlertSettings(), NOW),
        "get": lambda alerts, _: alerts.get(ALERT.id),
        "of_shipments": lambda alerts, _: alerts.of_shipments([PARCEL.id]),
        "of_orders": lambda alerts, _: alerts.of_orders([ORDER]),
        "listed": lambda alerts, _: alerts.listed(10, is_all=True),
        "waiting": lambda alerts, _: alerts.waiting(10),
        "promised": lambda alerts, _: alerts.promised("EUR").minor,
        "save": lambda alerts, _: alerts.save([replace(ALERT, version=1, address="stolen")]),
        "watch": lambda alerts, _: alerts.watch(PARCEL.id, None),
        "due": lambda alerts, _: alerts.due(NOW, 10),
    },
    "carrier_accounts": {
        "all": lambda accounts, _: accounts.all(),
        "get": lambda accounts, _: accounts.get("ups"),
        "save": lambda accounts, _: accounts.save(replace(CARRIER_ACCOUNT, version=1, rank=9)),
        "lease": lambda accounts, _: accounts.lease("ups", NOW, NOW + timedelta(minutes=1)),
        "settle": lambda accounts, _: accounts.settle(replace(CARRIER_ACCOUNT, version=1, asked_at=NOW), NOW),
        "pushed": lambda accounts, _: accounts.pushed("ups", NOW),
        "remove": lambda accounts, _: accounts.remove("ups"),
    },
    "carrier_pushes": {
        "add": lambda pushes, _: pushes.add(PUSH),
        "get": lambda pushes, _: pushes.get(PUSH.id),
        "done": lambda pushes, _: pushes.done(PUSH.id),
        "retry_at": lambda pushes, _: pushes.retry_at(PUSH.id, NOW, "stolen"),
        "park": lambda pushes, _: pushes.park(PUSH.id, "stolen", ""),
        "parked": lambda pushes, _: pushes.parked(10),
        "revive": lambda pushes, _: pushes.revive(NOW),
        "forget": lambda pushes, _: pushes.forget(NOW + timedelta(days=1)),
    },
}


def keep_parcels(unit: UnitOfWork) -> None:
    """Fill what stands around a parcel."""
    unit.shipments.save([PARCEL])
    unit.lanes.replace([LANE_DAYS])
    unit.scorecards.save(SCORED)
    unit.carrier_accounts.save(CARRIER_ACCOUNT)
    unit.carrier_pushes.add(PUSH)
    unit.alerts.save([ALERT])
    unit.alerts.watch(PARCEL.id, NOW)
    unit.alerts.save_settings(WAITED, NOW)
