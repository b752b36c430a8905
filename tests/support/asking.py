"""A worker's desk at which parcels are asked about: accounts, parcels, a clock, and what everybody answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from plugin.domain.ids import MerchantId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.shipment import Shipment, TrackedNumber
from plugin.ports.carrier import AskedParcel, Told
from plugin.usecases.tracking.ask_account import AskMeans, Turn
from plugin.usecases.tracking.ask_carriers import ask_carriers
from tests.build import MERCHANT, NOW, PLACED
from tests.fakes.carriers import Answer, FakeCarriers, a_kind
from tests.fakes.shipments import FakeShipmentLease
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits
from tests.support.shipments import a_report, a_shipment

OTHER = MerchantId("other")
NUMBERS = [f"JD0002226004012345{n:02}" for n in range(40)]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def tells(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
    """Know every parcel, and say that it is on its way."""
    scan = a_report(DeliveryStatus.IN_TRANSIT, NOW - HOUR, heard_at=now)
    return [Told(each.number, is_known=True, carrier="dhl", reports=(scan,)) for each in parcels]


def knows_none(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
    del now
    return [Told(each.number, is_known=False) for each in parcels]


def spoiled_by(number: str, error: Exception) -> Answer:
    """Answer, unless that number is among those asked for."""

    def answer(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        if any(each.number == number for each in parcels):
            raise error
        return tells(parcels, now)

    return answer


@dataclass(slots=True)
class Desk:
    """What a worker has at hand."""

    units: FakeUnits
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    waited: list[timedelta] = field(default_factory=list)
    carriers: FakeCarriers = field(
        default_factory=lambda: FakeCarriers(
            {"dhl": a_kind("dhl", "dhl"), "17track": a_kind("17track", batch=8)},
            {"dhl": tells, "17track": tells},
        )
    )

    def open(self, kind: str, merchant: MerchantId = MERCHANT, **facts: object) -> None:
        account = CarrierAccount(kind, {"secret": "s"}, f"{merchant}-{kind}", PLACED)
        with self.units(merchant) as unit:
            unit.carrier_accounts.save(replace(account, **facts))  # type: ignore[arg-type]  # a test names its fields
            unit.commit()

    def account(self, kind: str) -> CarrierAccount:
        with self.units.read(MERCHANT) as unit:
            found = unit.carrier_accounts.get(kind)
        assert found is not None
        return found

    def follow(self, *numbers: str, merchant: MerchantId = MERCHANT, **facts: object) -> None:
        with self.units(merchant) as unit:
            unit.shipments.save(
                [
                    replace(a_shipment(number), numbers=(TrackedNumber(number, "dhl"),), **facts)  # type: ignore[arg-type]  # a test names its fields
                    for number in numbers
                ]
            )
            unit.commit()

    def parcel(self, number: str, merchant: MerchantId = MERCHANT) -> Shipment:
        with self.units.read(merchant) as unit:
            return unit.shipments.get(a_shipment(number).id)

    def next_at(self, number: str) -> datetime | None:
        return self.parcel(number).asking.next_at

    def wait(self, gap: timedelta) -> None:
        self.waited.append(gap)
        self.clock.advance(gap)

    def run(self, limit: int = 100) -> list[Turn]:
        means = AskMeans(self.units, self.clock, self.wait)
        return list(ask_carriers(FakeShipmentLease(self.units), self.carriers, means=means, limit=limit))
