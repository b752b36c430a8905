"""A shop with one parcel on its way, and everything that alerts, letters and choices about it take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugin.documents.claim_letters import claim_letter
from plugin.documents.declaration_letters import declaration_letters
from plugin.documents.parcel_letters import parcel_letter
from plugin.domain.capabilities import Capabilities
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import ShipmentId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import FulfilledLine, Order
from plugin.domain.order import Platform as ShopPlatform
from plugin.domain.shop import Merchant, Shop
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.report import Report
from plugin.ports.errors import Unavailable
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import Units
from plugin.usecases.choose_about_parcel import Chooser, choose
from plugin.usecases.claim.desk import Desk
from plugin.usecases.tracking.choice_link import ChoiceLink, read_choice
from plugin.usecases.tracking.raise_alerts import AlertMeans, raise_alerts
from tests.build import MERCHANT, PLACED, a_fulfilment, a_shop, a_stored_order, an_order
from tests.domain.tracking.exceptions.parcels import DAY, a_shipment
from tests.domain.tracking.reports import SENT, at
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

BASE_URL = "https://aftercare.example"
LAW = Law(load_rulebook(), HolidayCalendar())
PARCEL = ShipmentId("s1")
EVERYTHING = Capabilities(replacement=True, store_credit=True, refund_online=True)


def a_sent_order(**facts: object) -> Order:
    """Return an order whose only line left with the parcel."""
    order = an_order(**facts)  # type: ignore[arg-type]  # a test names fields of the order
    sent = a_fulfilment(
        "f1", shipped=Moment(SENT, Source.PLATFORM), lines=(FulfilledLine(order.lines[0].id, order.lines[0].quantity),)
    )
    return replace(order, language="en", fulfilments=(sent,))


@dataclass
class Platform:
    """What a platform says that it can do; nothing is asked of it otherwise."""

    can: Capabilities = EVERYTHING
    is_away: bool = False
    asked: int = 0

    def capabilities(self, _order: Order) -> Capabilities:
        self.asked += 1
        if self.is_away:
            raise Unavailable("busy")
        return self.can


@dataclass
class ParcelDesk:
    """Hears reports, raises alerts, reads what was mailed, and chooses."""

    order: Order = field(default_factory=a_sent_order)
    platform: Platform = field(default_factory=Platform)
    runs_on: ShopPlatform = ShopPlatform.WOOCOMMERCE
    units: FakeUnits = field(default_factory=FakeUnits)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    ids: FakeIds = field(default_factory=FakeIds)
    reports: tuple[Report, ...] = ()

    def __post_init__(self) -> None:
        with self.units(MERCHANT) as unit:
            unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
            unit.shops.add(self.shop)
            unit.orders.save([a_stored_order(self.order)])
            unit.shipments.save([a_shipment()])
            unit.commit()

    @property
    def shop(self) -> Shop:
        return a_shop(platform=self.runs_on)

    @property
    def means(self) -> AlertMeans:
        return AlertMeans(self.units, self.secrets, lambda _: self.platform, parcel_letter(LAW, BASE_URL))  # type: ignore[arg-type]  # it is asked what it can do alone

    @property
    def desk(self) -> Desk:
        return Desk(MERCHANT, self.units, self.ids, self.secrets, LAW, claim_letter(LAW, BASE_URL))

    def hear(self, *reports: Report, days: float, **facts: object) -> list[Alert]:
        """Return all alerts once these were told too and the rules ran, so many days after it was sent."""
        self.reports = (*self.reports, *reports)
        with self.units(MERCHANT) as unit:
            known = unit.shipments.get(PARCEL)
            changed = replace(known.with_reports(self.reports), **facts)  # type: ignore[arg-type]  # fields of it
            unit.shipments.save([changed])
            unit.commit()
        raise_alerts([PARCEL], merchant=MERCHANT, means=self.means, now=at(days * DAY))
        return self.alerts

    @property
    def alerts(self) -> list[Alert]:
        with self.units.read(MERCHANT) as unit:
            return list(unit.alerts.listed(10, is_all=True))[::-1]

    @property
    def mails(self) -> dict[str, Mail]:
        return dict(self.units.of(MERCHANT).mails)

    def links(self, mail: Mail, now: datetime) -> list[ChoiceLink]:
        """Return what the choices in a letter stand for, in its order."""
        tokens = re.findall(r"/parcel/([^?\s]+)\?", mail.text)
        return [read_choice(token, self.shop.id, self.secrets, now) for token in tokens]

    def choose(
        self, alert: Alert, choice: Choice, now: datetime, address: str | None = None, units: Units | None = None
    ) -> Alert:
        chooser, letters = Chooser(choice, "en", address), declaration_letters(LAW, BASE_URL, self.secrets)
        desk = replace(self.desk, units=units or self.units)
        return choose(alert.id, chooser, shop=self.shop, desk=desk, letters=letters, now=now)
