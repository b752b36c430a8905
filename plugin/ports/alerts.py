"""Alerts about parcels, when which parcel is looked at again, and what the merchant wants of alerts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.money import Money
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.exceptions.alert import Alert


class Alerts(Protocol):
    """One merchant's; the address a shopper typed is sealed under their key."""

    def settings(self) -> AlertSettings:
        """Those in force."""
        ...

    def save_settings(self, settings: AlertSettings, at: datetime) -> None:
        """Put them in the place of the last; every parcel that is watched is to be looked at anew."""
        ...

    def get(self, alert: str) -> Alert:
        """Raises `NotFound`."""
        ...

    def of_shipments(self, shipments: Sequence[ShipmentId]) -> Mapping[ShipmentId, Sequence[Alert]]:
        """Each parcel's, the earliest first; parcels without any are left out."""
        ...

    def of_orders(self, orders: Sequence[OrderId]) -> Mapping[OrderId, Sequence[Alert]]:
        """Each order's, likewise."""
        ...

    def listed(
        self, limit: int, *, is_all: bool = False, past: Alert | None = None, is_back: bool = False
    ) -> Sequence[Alert]:
        """Those that need attention, the longest raised first; `is_all`: whatever became of them, newest first.

        `past`: only what comes after it in that order; `is_back`: what comes before it instead, as near as can be.
        """
        ...

    def waiting(self, most: int) -> int:
        """How many need attention, counted up to so many."""
        ...

    def promised(self, currency: str) -> Money:
        """The sum of the vouchers in letters that can still be taken."""
        ...

    def save(self, alerts: Sequence[Alert]) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` and nothing saved when one has moved on."""
        ...

    def watch(self, shipment: ShipmentId, at: datetime | None) -> None:
        """Look at it again by the clock then; None: only when something is told of it."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[ShipmentId]:
        """Parcels to be looked at by now, the longest due first."""
        ...
