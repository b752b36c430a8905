"""Raise an alert for each thing that is wrong with a parcel, and tell the shopper: once, in one transaction.

Runs whenever something was told of a parcel, and by the clock for what lasts too long. Running it again, or twice at
once, raises and mails nothing more.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.capabilities import Capabilities
from plugin.domain.effects import MarkRefused
from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.tracking.alert_settings import AlertSettings, mail_of
from plugin.domain.tracking.exceptions import look_at, next_look, occurrences
from plugin.domain.tracking.exceptions.alert import Alert, Reconciled, is_news, reconcile
from plugin.domain.tracking.exceptions.choice import Choice, choices
from plugin.domain.tracking.exceptions.episode import DELAYS, AlertKind
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.parcel_letters import ParcelLetter
from plugin.ports.platform_actions import ActionsOf
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.tracking.situation import situation_of
from plugin.usecases.tracking.tell_parcel import ParcelMail, tell_parcel, wanted_mails

_RESENT: Final = frozenset({AlertKind.SENT_BACK, AlertKind.LOST, AlertKind.DAMAGED})
_CANNOT: Final = Capabilities()
_BATCH: Final = 200
_AGAIN: Final = timedelta(minutes=10)
"""After which a parcel is looked at again with which something failed."""


@dataclass(frozen=True, slots=True)
class AlertMeans:
    """What raising alerts takes; `letter` None: a process that writes to nobody."""

    units: Units
    secrets: Secrets
    actions: ActionsOf
    letter: ParcelLetter | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A parcel as the rules see it now; `due`: since when each new alert could have been raised."""

    shipment: Shipment
    alerts: Reconciled
    due: dict[str, datetime]
    look_at: datetime | None


@dataclass(slots=True)
class _Failures:
    """Parcels with which something failed, and the first reason: the others still have their turn."""

    parcels: list[ShipmentId] = field(default_factory=list)
    first: Exception | None = None

    @contextmanager
    def of(self, shipment: ShipmentId) -> Iterator[None]:
        """Whatever fails inside is kept for later."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - raised by the caller once all had their turn
            self.parcels.append(shipment)
            self.first = self.first or error

    def tell(self) -> None:
        """Raise the first, if any."""
        if self.first is not None:
            raise self.first


def raise_due_alerts(
    *, merchant: MerchantId, means: AlertMeans, now: datetime, is_over: Callable[[], bool] = lambda: False
) -> int:
    """How many parcels the clock alone had something to say about, by now: one batch after the other.

    Stops early once `is_over` says that the time is up. A parcel that fails is looked at again in ten minutes and keeps
    no other waiting; raises the first failure at the end.
    """
    failures, count = _Failures(), 0
    while due := _due(merchant, means, now):
        count += _raise_some(due, failures, merchant, means, now)
        if is_over():
            break
    failures.tell()
    return count


def raise_alerts(shipments: Sequence[ShipmentId], *, merchant: MerchantId, means: AlertMeans, now: datetime) -> int:
    """How many of these parcels there was more to do about than to look again.

    Raises the first failure, `Conflict` among others, once all had their turn.
    """
    failures = _Failures()
    count = _raise_some(shipments, failures, merchant, means, now)
    failures.tell()
    return count


def _due(merchant: MerchantId, means: AlertMeans, now: datetime) -> Sequence[ShipmentId]:
    with means.units.read(merchant) as unit:
        return unit.alerts.due(now, _BATCH)


def _raise_some(
    shipments: Sequence[ShipmentId], failures: _Failures, merchant: MerchantId, means: AlertMeans, now: datetime
) -> int:
    """How many there was more to do about. Each is looked at again after `now`, or when something is told of it."""
    known_failures = len(failures.parcels)
    quiet: list[_Seen] = []
    loud: list[_Seen] = []
    with means.units.read(merchant) as unit:
        settings, known = unit.alerts.settings(), unit.alerts.of_shipments(shipments)
        for each in unit.shipments.some(shipments):
            with failures.of(each.id):
                seen = _seen(each, known.get(each.id, ()), settings, now)
                (loud if _is_loud(seen, settings, unit, means, now) else quiet).append(seen)
    for seen in loud:
        with failures.of(seen.shipment.id):
            _follow(seen.shipment.id, _capabilities(seen, settings, merchant, means), merchant, means, now)
    again = [(each, now + _AGAIN) for each in failures.parcels[known_failures:]]
    _watch([*((each.shipment.id, each.look_at) for each in quiet), *again], merchant, means)
    return len(loud)


def _seen(shipment: Shipment, known: Sequence[Alert], settings: AlertSettings, now: datetime) -> _Seen:
    """What is void or forgotten is over: its alerts end, and nobody looks again."""
    patience = settings.patience_with(shipment.number.carrier, shipment.origin, shipment.destination)
    look = look_at(shipment, patience, now)
    is_over = shipment.is_void or shipment.is_forgotten
    found = () if is_over else occurrences(look)
    alerts = reconcile(known, found, shipment, now)
    due = {
        alert.id: episode.due_at
        for alert in alerts.new
        for episode in found
        if (episode.kind, episode.since) == (alert.kind, alert.since)
    }
    return _Seen(shipment, alerts, due, None if is_over else next_look(look))


def _is_loud(seen: _Seen, settings: AlertSettings, unit: UnitOfWork, means: AlertMeans, now: datetime) -> bool:
    """Whether there is more to do than to look again later."""
    if seen.alerts.new or seen.alerts.changed:
        return True
    mails = wanted_mails(seen.shipment, settings, unit, now) if means.letter else ()
    return any(not unit.mails.is_known(each.id) for each in mails)


def _watch(looks: Sequence[tuple[ShipmentId, datetime | None]], merchant: MerchantId, means: AlertMeans) -> None:
    if looks:
        with means.units(merchant) as unit:
            for shipment, at in looks:
                unit.alerts.watch(shipment, at)
            unit.commit()


def _follow(
    shipment: ShipmentId, can: Capabilities | None, merchant: MerchantId, means: AlertMeans, now: datetime
) -> None:
    """Alerts, letters and the next look of one parcel, in one transaction."""
    with means.units(merchant) as unit:
        known = unit.shipments.get(shipment)
        alerts = unit.alerts.of_shipments([shipment]).get(shipment, ())
        seen = _seen(known, alerts, unit.alerts.settings(), now)
        unit.alerts.save(seen.alerts.changed)
        for each in seen.alerts.new:
            alert = _raised(each, seen, can, unit, means, now)
            unit.alerts.save([alert])  # before the next: what it promises is promised once
            if alert.is_refused:
                unit.queue.add([MarkRefused(merchant, alert.id)], key=f"{alert.id}:refused")
        if means.letter is not None:
            for mail in wanted_mails(known, unit.alerts.settings(), unit, now):
                tell_parcel(mail, known, unit=unit, letter=means.letter, secrets=means.secrets, now=now)
        unit.alerts.watch(shipment, seen.look_at)
        unit.commit()


def _raised(
    alert: Alert, seen: _Seen, can: Capabilities | None, unit: UnitOfWork, means: AlertMeans, now: datetime
) -> Alert:
    """The alert with what the shopper may choose, and the letter that told them."""
    stored = unit.orders.get(alert.order)
    situation = situation_of(alert.kind, seen.shipment, stored, can, unit=unit, now=now)
    known = replace(alert, is_unpaid=situation.is_unpaid, offered=choices(situation))
    kind, is_late = mail_of(alert.kind), not is_news(seen.due[alert.id], now)
    is_pointless = alert.kind in DELAYS and not known.offered
    if means.letter is None or is_late or is_pointless or kind in unit.alerts.settings().off:
        return known
    promised = situation.voucher if Choice.VOUCHER in known.offered else None
    mail = ParcelMail(f"alert-{alert.id}", kind, known, promised.amount if promised else None)
    is_told = tell_parcel(mail, seen.shipment, unit=unit, letter=means.letter, secrets=means.secrets, now=now)
    return replace(known, mail=mail.id, promised=promised) if is_told else known


def _capabilities(seen: _Seen, settings: AlertSettings, merchant: MerchantId, means: AlertMeans) -> Capabilities | None:
    """What the platform can do with the order, asked where a choice hangs on it; None: nobody could say.

    Outside of any transaction: it may be slow.
    """
    kinds = {each.kind for each in seen.alerts.new}
    if not (kinds & _RESENT or (settings.thanks and kinds & DELAYS)):
        return None
    with means.units.read(merchant) as unit:
        order, shop = unit.orders.get(seen.shipment.order).order, unit.shops.get(seen.shipment.shop)
    try:
        return means.actions(shop).capabilities(order)
    except Rejected:
        return _CANNOT
    except Unavailable:
        return None
