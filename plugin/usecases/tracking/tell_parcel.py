"""Tell a shopper of their parcel by mail: one letter an event, where it is wanted and does not annoy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.money import Money
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.alert_settings import AlertSettings, WayMail
from plugin.domain.tracking.exceptions.alert import TELLS_WITHIN, Alert
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.domain.tracking.steps import PHASES
from plugin.ports.parcel_letters import Offered, ParcelLetter, ParcelNews
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.prove_shopper import tracking_token
from plugin.usecases.queue_letter import queue_letter
from plugin.usecases.quote_entitlements import policy_of
from plugin.usecases.tracking.choice_link import HOLDS, ChoiceLink, choice_token
from plugin.usecases.tracking.situation import has_open_claim
from plugin.usecases.tracking.tracking_link import HOLDS as FOLLOWED
from plugin.usecases.withdrawal_link import order_link_token

_S = DeliveryStatus
_QUIET: Final = frozenset({WayMail.DELAYED, WayMail.DELIVERED})
"""What annoys whoever is talking to the shop about the order already."""
_LEFT: Final = 2
"""The phase from which on a carrier has it."""
_PAST_DISPATCH: Final = frozenset({_S.DELIVERED, _S.RETURNING, _S.RETURNED, _S.LOST})
_A_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ParcelMail:
    """One letter: the id it is known by, so that an event is told once; `alert`: what it tells of, None: the way."""

    id: str
    kind: WayMail
    alert: Alert | None = None
    voucher: Money | None = None


def way_mails(shipment: Shipment, settings: AlertSettings, now: datetime) -> Iterator[ParcelMail]:
    """The letters of a parcel's way that are due by what is known of it; some may have been sent before."""
    if shipment.purpose is not Purpose.OUTBOUND or shipment.is_void or shipment.is_forgotten:
        return
    for kind, at in _events(shipment):
        if kind not in settings.off and now - TELLS_WITHIN <= at <= now + _A_MINUTE:
            yield ParcelMail(f"parcel-{shipment.id}-{kind}", kind)


def wanted_mails(shipment: Shipment, settings: AlertSettings, unit: UnitOfWork, now: datetime) -> Iterator[ParcelMail]:
    """Those of them that the shop's own platform does not send in their place."""
    due = tuple(way_mails(shipment, settings, now))
    platform = unit.shops.get(shipment.shop).platform if due else None
    yield from (each for each in due if platform and settings.wants(each.kind, platform))


def _events(shipment: Shipment) -> Iterator[tuple[WayMail, datetime]]:
    """What happened that is told of, with its instant."""
    timeline = shipment.timeline()
    scans = (
        step.happened.at
        for step in timeline.steps
        if PHASES[step.status] >= _LEFT and step.told.source is not Source.ESTIMATE
    )
    left = shipment.shipped_at or min(scans, default=None)
    if left is not None and timeline.status not in _PAST_DISPATCH:
        yield WayMail.DISPATCHED, left
    if timeline.status is _S.PICKUP_READY and timeline.since is not None:
        yield WayMail.PICKUP_READY, timeline.since
    if timeline.status is _S.DELIVERED and timeline.since is not None:
        yield WayMail.DELIVERED, timeline.since


def tell_parcel(
    mail: ParcelMail,
    shipment: Shipment,
    *,
    unit: UnitOfWork,
    letter: ParcelLetter,
    secrets: Secrets,
    now: datetime,
) -> bool:
    """Whether the letter is queued, now or before. The caller commits.

    Nobody is written to who has no address or was erased; of what is late or has arrived, nobody whose claim about the
    order is open.
    """
    if unit.mails.is_known(mail.id):
        return True
    stored = unit.orders.get(shipment.order)
    shopper = stored.order.shopper
    if shopper.is_erased or not shopper.email or (mail.kind in _QUIET and has_open_claim(stored, unit)):
        return False
    shop = unit.shops.get(stored.shop)
    news = ParcelNews(
        kind=mail.kind,
        shipment=shipment,
        stored=stored,
        shop=shop,
        policy=policy_of(stored, unit),
        order_token=order_link_token(stored.id, shop.id, secrets),
        tracking_token=tracking_token(secrets, shop.id, stored.id, now + FOLLOWED),
        at=now,
        alert=mail.alert,
        offered=tuple(_offered(mail.alert, secrets, now)) if mail.alert else (),
        voucher=mail.voucher,
    )
    queue_letter(mail.id, letter(news), unit, now)
    return True


def _offered(alert: Alert, secrets: Secrets, now: datetime) -> Iterator[Offered]:
    until = (now + HOLDS).replace(microsecond=0)
    for choice in alert.offered:
        yield Offered(choice, choice_token(ChoiceLink(alert.id, choice, until), alert.shop, secrets))
