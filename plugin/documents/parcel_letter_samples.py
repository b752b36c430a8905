"""News of a made-up parcel, to look at letters with."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from plugin.documents.letter_samples import order
from plugin.domain.ids import ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.domain.times import Source
from plugin.domain.tracking.alert_settings import WayMail
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts
from plugin.domain.tracking.exceptions.choice import Situation, choices
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.ports.parcel_letters import Offered, ParcelNews

_NUMBER: Final = "00340434161094042557"
_KINDS: Final[Mapping[WayMail, AlertKind]] = {
    WayMail.DELAYED: AlertKind.NO_SCAN,
    WayMail.FAILED_ATTEMPT: AlertKind.FAILED_ATTEMPT,
    WayMail.SENT_BACK: AlertKind.SENT_BACK,
    WayMail.LOST: AlertKind.LOST,
}
_COUNTRY: Final = "DE"


def news(kind: WayMail, language: str, shop: Shop, policy: PolicyVersion | None, at: datetime) -> ParcelNews:
    """What a letter of this kind would tell."""
    stored = order(shop, (policy.home_country if policy else None) or _COUNTRY, language, at)
    left = at - timedelta(days=8)
    seen = Report(DeliveryStatus.IN_TRANSIT, left, Source.CARRIER, left, carrier="dhl", number=_NUMBER)
    parcel = Shipment(
        id=ShipmentId("sample"),
        shop=shop.id,
        order=stored.id,
        purpose=Purpose.OUTBOUND,
        belongs_to="sample",
        numbers=(TrackedNumber(_NUMBER, "dhl"),),
        created_at=left,
        destination=stored.order.place.country,
        expected=ExpectedDays(at.date() + timedelta(days=3), at.date() + timedelta(days=5), left),
    ).with_reports((seen,))
    alert = _alert(_KINDS[kind], parcel, left, at) if kind in _KINDS else None
    offered = tuple(Offered(each, "sample") for each in alert.offered) if alert else ()
    return ParcelNews(kind, parcel, stored, shop, policy, "sample", "sample", at, alert, offered)


def _alert(kind: AlertKind, parcel: Shipment, since: datetime, at: datetime) -> Alert:
    facts = AlertFacts(_NUMBER, "dhl", at.date())
    offered = choices(Situation(kind, has_units=True))
    return Alert("sample", kind, parcel.id, parcel.order, parcel.shop, since, at, facts, offered=offered)
