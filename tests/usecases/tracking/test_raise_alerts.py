"""What goes wrong with a parcel raises one alert and one letter, with choices that can be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.effects import FollowShipments, SendMail
from plugin.domain.ids import ShipmentId, StaffId
from plugin.domain.money import Money
from plugin.domain.order import PaymentKind, Standing
from plugin.domain.tracking.alert_settings import AlertSettings, Thanks, WayMail
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Purpose
from plugin.i18n import catalogue
from plugin.ports.carrier import Forecast, Told
from plugin.ports.mailer import Mail
from plugin.ports.parcel_letters import ParcelNews
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.raise_alerts import raise_alerts, raise_due_alerts
from tests.build import MERCHANT
from tests.domain.tracking.exceptions.parcels import DAY, a_shipment, expecting
from tests.domain.tracking.reports import S, at, scan
from tests.support.alerts import PARCEL, ParcelDesk, Platform, ShopPlatform, a_sent_order

C, K = Choice, AlertKind
PICKED_UP = scan(S.IN_TRANSIT, 10)
LATE = "alert-s1-no_scan-1"


def settle(desk: ParcelDesk, settings: AlertSettings) -> None:
    with desk.units(MERCHANT) as unit:
        unit.alerts.save_settings(settings, at(0))
        unit.claim_desk.save_settings(ClaimSettings(goodwill=(Money(900, "EUR"),)), at(0))
        unit.commit()


THANKS = AlertSettings(thanks=Thanks((Money(500, "EUR"),), StaffId("kaja")))


def test_a_late_parcel_is_told_of_once_with_two_things_to_choose() -> None:
    desk = ParcelDesk()
    (alert,) = desk.hear(PICKED_UP, days=8)
    mail = desk.mails[LATE]
    assert (alert.kind, alert.mail, alert.offered) == (K.NO_SCAN, LATE, (C.WAIT, C.CANCEL))
    assert [each.choice for each in desk.links(mail, at(8 * DAY))] == [C.WAIT, C.CANCEL]
    assert "late" in mail.subject
    assert SendMail(MERCHANT, LATE) in desk.units.effects(MERCHANT)
    raise_alerts([PARCEL, PARCEL], merchant=MERCHANT, means=desk.means, now=at(8.5 * DAY))
    assert len(desk.mails) == 1
    assert desk.alerts == [alert]


def test_the_clock_alone_raises_what_lasts_too_long_and_nothing_before() -> None:
    desk = ParcelDesk()
    desk.hear(PICKED_UP, days=1)
    due = at(10) + timedelta(days=7)
    assert raise_due_alerts(merchant=MERCHANT, means=desk.means, now=due - timedelta(seconds=1)) == 0
    assert desk.alerts == []
    assert raise_due_alerts(merchant=MERCHANT, means=desk.means, now=due) == 1
    assert [each.kind for each in desk.alerts] == [K.NO_SCAN]
    assert raise_due_alerts(merchant=MERCHANT, means=desk.means, now=due + timedelta(days=9)) == 0


def watch_many(desk: ParcelDesk, count: int) -> list[ShipmentId]:
    """Have as many parcels like the first watched, each silent for long enough when eight days have passed."""
    parcels = [
        a_shipment(id=ShipmentId(f"more{no}"), belongs_to=f"g{no}").with_reports([PICKED_UP]) for no in range(count)
    ]
    with desk.units(MERCHANT) as unit:
        unit.shipments.save(parcels)
        for each in parcels:
            unit.alerts.watch(each.id, at(8 * DAY))
        unit.commit()
    return [each.id for each in parcels]


def test_a_parcel_whose_letter_fails_keeps_no_other_waiting_and_has_another_turn() -> None:
    desk = ParcelDesk()
    first, second = watch_many(desk, 2)

    def letter(news: ParcelNews) -> Mail:
        if news.shipment.id == first:
            raise KeyError(first)
        return letters(news)

    letters = desk.means.letter
    assert letters is not None
    now = at(8.1 * DAY)
    with pytest.raises(KeyError):
        raise_due_alerts(merchant=MERCHANT, means=replace(desk.means, letter=letter), now=now)
    assert [each.shipment for each in desk.alerts] == [second]
    with desk.units.read(MERCHANT) as unit:
        assert unit.alerts.due(now, 10) == []
    assert raise_due_alerts(merchant=MERCHANT, means=desk.means, now=now + timedelta(minutes=10)) == 1
    assert [each.shipment for each in desk.alerts] == [second, first]


def test_all_that_are_due_have_their_turn_until_the_time_is_up() -> None:
    desk = ParcelDesk()
    watch_many(desk, 401)
    silent = replace(desk.means, letter=None)
    now = at(8 * DAY)
    settle(desk, AlertSettings(Patience(no_scan_days=9)))
    with desk.units.read(MERCHANT) as unit:
        assert len(unit.alerts.due(now, 500)) == 401
    assert raise_due_alerts(merchant=MERCHANT, means=silent, now=now, is_over=lambda: True) == 0
    with desk.units.read(MERCHANT) as unit:
        assert len(unit.alerts.due(now, 500)) == 201
    raise_due_alerts(merchant=MERCHANT, means=silent, now=now)
    with desk.units.read(MERCHANT) as unit:
        assert unit.alerts.due(now, 500) == []


def test_a_day_that_was_only_foretold_is_watched_and_late_once_it_is_over() -> None:
    desk = ParcelDesk()
    desk.hear(PICKED_UP, days=0.5)
    forecast = Forecast(date(2026, 11, 4), date(2026, 11, 4))
    told = Told(a_shipment().number.number, is_known=True, forecast=forecast)
    apply_told([told], None, merchant=MERCHANT, units=desk.units, now=at(0.6 * DAY))
    for each in (each for each in desk.units.effects(MERCHANT) if isinstance(each, FollowShipments)):
        raise_alerts(each.shipments, merchant=MERCHANT, means=desk.means, now=at(0.7 * DAY))
    assert desk.alerts == []
    assert raise_due_alerts(merchant=MERCHANT, means=desk.means, now=datetime(2026, 11, 5, tzinfo=UTC)) == 1
    assert [each.kind for each in desk.alerts] == [K.OVERDUE]


def test_the_days_of_the_lane_count() -> None:
    desk = ParcelDesk()
    settle(desk, AlertSettings(lanes=(LanePatience("dhl", "CN", "DE", Patience(no_scan_days=12)),)))
    assert desk.hear(PICKED_UP, days=8) == []
    assert [each.kind for each in desk.hear(days=12.5)] == [K.NO_SCAN]


def test_an_alert_is_over_with_the_next_scan() -> None:
    desk = ParcelDesk()
    desk.hear(PICKED_UP, days=8)
    (alert,) = desk.hear(scan(S.OUT_FOR_DELIVERY, 8.1 * DAY), days=8.2)
    assert (alert.is_running, alert.needs_attention) == (False, False)


def test_a_void_parcel_has_no_alert_any_more_and_raises_none() -> None:
    desk = ParcelDesk()
    desk.hear(PICKED_UP, days=8)
    assert [each.is_running for each in desk.hear(days=8.1, is_void=True)] == [False]


def test_old_news_raise_an_alert_for_the_desk_and_mail_nobody() -> None:
    desk = ParcelDesk()
    (alert,) = desk.hear(PICKED_UP, days=12)
    assert (alert.mail, desk.mails) == (None, {})


def test_a_kind_that_is_switched_off_is_not_mailed() -> None:
    desk = ParcelDesk()
    settle(desk, AlertSettings(off=frozenset({WayMail.DELAYED})))
    assert [each.mail for each in desk.hear(PICKED_UP, days=8)] == [None]


def test_who_waits_gets_the_voucher_while_the_budget_has_room() -> None:
    desk = ParcelDesk()
    settle(desk, THANKS)
    (alert,) = desk.hear(PICKED_UP, days=8)
    assert alert.offered == (C.VOUCHER, C.CANCEL)
    assert "€5.00" in desk.mails[LATE].text
    desk.choose(alert, C.VOUCHER, at(8 * DAY))
    later = desk.hear(scan(S.CUSTOMS, 8.2 * DAY), days=13.3)[-1]
    assert (later.kind, later.offered) == (K.CUSTOMS, (C.WAIT, C.CANCEL))


@pytest.mark.parametrize("platform", [Platform(Capabilities()), Platform(is_away=True)])
def test_no_voucher_is_promised_that_the_platform_may_not_make(platform: Platform) -> None:
    desk = ParcelDesk(platform=platform)
    settle(desk, THANKS)
    assert desk.hear(PICKED_UP, days=8)[0].offered == (C.WAIT, C.CANCEL)


@pytest.mark.parametrize(
    ("platform", "offered"),
    [
        (Platform(), (C.RESEND, C.REFUND)),
        (Platform(Capabilities()), (C.REFUND,)),
        (Platform(is_away=True), (C.RESEND, C.REFUND)),
    ],
)
def test_what_is_lost_is_sent_again_only_where_the_platform_can(
    platform: Platform, offered: tuple[Choice, ...]
) -> None:
    desk = ParcelDesk(platform=platform)
    (alert,) = desk.hear(PICKED_UP, scan(S.LOST, 40), days=2)
    assert (alert.offered, platform.asked) == (offered, 1)


def test_nobody_is_told_of_a_delay_whose_goods_were_called_off() -> None:
    desk = ParcelDesk(a_sent_order(standing=Standing.CANCELLED))
    (alert,) = desk.hear(PICKED_UP, days=8)
    assert (alert.offered, alert.mail, desk.mails) == ((), None, {})


@pytest.mark.parametrize("event", [scan(S.DELIVERED, 60), scan(S.CUSTOMS, 60)])
def test_who_talks_to_the_shop_already_is_not_told_of_arrival_or_delay(event: Report) -> None:
    desk = ParcelDesk()
    (lost,) = desk.hear(PICKED_UP, scan(S.LOST, 40), days=2)
    desk.choose(lost, C.REFUND, at(2 * DAY))
    known = set(desk.mails)
    desk.hear(event, days=2.6)
    desk.hear(days=8)
    assert set(desk.mails) - known <= {"parcel-s1-dispatched"}


def test_what_was_refused_and_never_paid_is_told_honestly_with_nothing_to_choose() -> None:
    desk = ParcelDesk(a_sent_order(payment=PaymentKind.CASH_ON_DELIVERY, paid=None))
    (alert,) = desk.hear(PICKED_UP, scan(S.RETURNING, 60), days=3)
    mail = desk.mails["alert-s1-sent_back-1"]
    assert (alert.is_unpaid, alert.offered, alert.needs_attention) == (True, (), True)
    assert "you owe nothing" in mail.text
    assert desk.links(mail, at(3 * DAY)) == []


def test_what_was_handed_over_before_it_came_back_was_paid() -> None:
    desk = ParcelDesk(a_sent_order(payment=PaymentKind.CASH_ON_DELIVERY, paid=None))
    (alert,) = desk.hear(PICKED_UP, scan(S.DELIVERED, 40), scan(S.RETURNING, 60), days=3)
    assert (alert.kind, alert.is_unpaid, C.REFUND in alert.offered) == (K.SENT_BACK, False, True)


def test_what_comes_back_to_the_shop_is_nobodys_alert() -> None:
    desk = ParcelDesk()
    assert desk.hear(PICKED_UP, days=8, purpose=Purpose.RETURN) == []


@pytest.mark.parametrize(
    ("reports", "days", "mails"),
    [
        ([], 0.5, ["dispatched"]),
        ([PICKED_UP], 0.5, ["dispatched"]),
        ([PICKED_UP, scan(S.PICKUP_READY, 60)], 2.6, ["dispatched", "pickup_ready"]),
        ([PICKED_UP, scan(S.DELIVERED, 60)], 2.6, ["delivered"]),
        ([PICKED_UP, scan(S.DELIVERED, 60)], 6, []),
    ],
)
def test_each_event_of_the_way_is_told_once_while_it_is_news(
    reports: list[Report], days: float, mails: list[str]
) -> None:
    desk = ParcelDesk()
    desk.hear(*reports, days=days)
    desk.hear(days=days + 0.01)
    assert sorted(desk.mails) == [f"parcel-s1-{kind}" for kind in mails]


@pytest.mark.parametrize(
    ("platform", "settings", "is_mailed"),
    [
        (ShopPlatform.SHOPIFY, AlertSettings(), False),
        (ShopPlatform.SHOPIFY, AlertSettings(is_chosen=True), True),
        (ShopPlatform.WOOCOMMERCE, AlertSettings(), True),
        (ShopPlatform.WOOCOMMERCE, AlertSettings(off=frozenset({WayMail.DISPATCHED}), is_chosen=True), False),
    ],
)
def test_what_a_platform_mails_itself_is_not_mailed_twice_until_somebody_wants_it(
    platform: ShopPlatform, settings: AlertSettings, *, is_mailed: bool
) -> None:
    desk = ParcelDesk(runs_on=platform)
    settle(desk, settings)
    desk.hear(PICKED_UP, days=0.5)
    assert ("parcel-s1-dispatched" in desk.mails) is is_mailed
    desk.hear(PICKED_UP, scan(S.PICKUP_READY, 60), days=2.6)
    assert "parcel-s1-pickup_ready" in desk.mails


def test_the_dispatch_letter_says_when_it_should_come_and_where_to_follow_it() -> None:
    desk = ParcelDesk()
    desk.hear(PICKED_UP, days=0.5, expected=expecting(9))
    text = desk.mails["parcel-s1-dispatched"].text
    assert catalogue("en").day(date(2026, 11, 7)) in text
    assert f"/s/{desk.shop.key}/tracking/" in text


def test_ways_that_are_switched_off_are_not_mailed() -> None:
    desk = ParcelDesk()
    settle(desk, AlertSettings(off=frozenset(WayMail)))
    desk.hear(PICKED_UP, scan(S.DELIVERED, 20), days=1)
    assert desk.mails == {}


def test_a_shopper_without_an_address_is_not_written_to() -> None:
    order = a_sent_order()
    desk = ParcelDesk(replace(order, shopper=replace(order.shopper, email=None)))
    assert [each.mail for each in desk.hear(PICKED_UP, days=8)] == [None]
