"""17TRACK over real HTTP: what every carrier promises, and each of its quirks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import cast

import pytest

from integrations.carriers.seventeen_track.adapter import KIND
from integrations.carriers.seventeen_track.client import SeventeenTrackClient
from integrations.carriers.seventeen_track.source import SeventeenTrack
from integrations.carriers.seventeen_track.translate import KEYS, told
from plugin.domain.order import DeliveryStatus as S
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.timeline import timeline_of
from plugin.ports.carrier import AskedParcel, Forecast, Told
from plugin.ports.errors import Rejected, Unavailable
from tests.integrations.carrier_contract import NOW, CarrierContract, CarrierDesk, impatient_session
from tests.support.carriers.server import CarrierServer, Reply, serving
from tests.support.carriers.seventeen_track import DELIVERED, NUMBER, SeventeenTrackService, entry, event

YT = "YT2607821272012345"
EXPIRED = {"status": "Expired", "sub_status": "Expired_Other"}


def opened(server: CarrierServer, key: str) -> SeventeenTrack:
    return SeventeenTrack(SeventeenTrackClient(key, impatient_session(), server.address))


@pytest.fixture
def desk() -> Iterator[CarrierDesk]:
    with serving(SeventeenTrackService()) as server:
        source, stranger = opened(server, "a-key-of-17track"), opened(server, "another")
        parcel = AskedParcel(NUMBER, "cainiao", is_registered=True)
        yield CarrierDesk(KIND, source, stranger, server, parcel)


def service(desk: CarrierDesk) -> SeventeenTrackService:
    return cast("SeventeenTrackService", desk.server.service)


def paths(desk: CarrierDesk) -> list[str]:
    return [request.path for request in desk.server.asked]


class TestSeventeenTrack(CarrierContract):
    """One of them."""


def test_both_carriers_legs_are_one_timeline_with_who_they_are() -> None:
    parcel = told(NUMBER, DELIVERED, NOW)
    assert replace(parcel, reports=()) == Told(
        NUMBER,
        is_known=True,
        carrier="cainiao",
        forecast=Forecast(date(2026, 3, 16), date(2026, 3, 18)),
        service="AliExpress Standard Shipping",
        origin="CN",
        destination="DE",
        final_number="00340434161234567894",
        final_carrier="dhl",
    )
    assert {(report.leg, report.carrier) for report in parcel.reports} == {
        (Leg.ORIGIN, "cainiao"),
        (Leg.LAST_MILE, "dhl"),
    }
    steps = timeline_of(parcel.reports, "CN", "DE").steps
    assert [step.status for step in steps] == [
        S.INFO_RECEIVED,
        S.IN_TRANSIT,
        S.CUSTOMS,
        S.IN_TRANSIT,
        S.OUT_FOR_DELIVERY,
        S.DELIVERED,
    ]
    assert steps[-1].happened.at == datetime(2026, 3, 17, 10, 42, tzinfo=UTC)


def test_a_new_number_is_registered_and_tells_nothing_yet(desk: CarrierDesk) -> None:
    parcel = AskedParcel(YT, "yunexpress", "CN", "DE", "04109", date(2026, 3, 4))
    assert desk.source.ask([parcel], NOW) == [Told(YT, is_known=False)]
    assert [request.body for request in desk.server.asked] == [
        [
            {
                "number": YT,
                "carrier": 190008,
                "auto_detection": True,
                "origin_country": "CN",
                "destination_country": "DE",
                "ship_date": "2026-03-04",
            }
        ]
    ]


def test_a_carrier_they_know_several_of_is_for_them_to_find_out(desk: CarrierDesk) -> None:
    desk.source.ask([AskedParcel("00340434161234567894", "dhl")], NOW)
    assert desk.server.asked[0].body == [{"number": "00340434161234567894", "auto_detection": True}]


def test_a_number_that_was_registered_before_is_told_of_at_once(desk: CarrierDesk) -> None:
    (parcel,) = desk.source.ask([AskedParcel(NUMBER)], NOW)
    assert parcel.is_known
    assert paths(desk) == ["/register", "/gettrackinfo"]
    assert service(desk).quota == 100


def test_a_number_they_have_dropped_is_registered_again(desk: CarrierDesk) -> None:
    service(desk).registered.clear()
    (parcel,) = desk.source.ask([desk.delivered], NOW)
    assert not parcel.is_known
    assert paths(desk) == ["/gettrackinfo", "/register"]
    assert desk.ask().is_known


def test_a_number_its_carrier_knows_nothing_of_is_moved_to_the_next(desk: CarrierDesk) -> None:
    service(desk).registered.add(YT)
    service(desk).known[YT] = [entry([], latest_status={"status": "NotFound"})]
    asked = AskedParcel(YT, "4px", is_registered=True)
    assert desk.source.ask([asked], NOW) == [Told(YT, is_known=False)]
    assert desk.server.asked[-1].body == [{"number": YT, "carrier_old": 190008, "carrier_new": 190094}]
    desk.source.ask([asked], NOW)
    assert paths(desk) == ["/gettrackinfo", "/changecarrier", "/gettrackinfo"]


def test_a_carrier_nobody_can_find_out_is_an_unknown_number(desk: CarrierDesk) -> None:
    service(desk).codes["12345678"] = -18019903
    assert desk.source.ask([AskedParcel("12345678")], NOW) == [Told("12345678", is_known=False)]


def test_an_exhausted_quota_refuses_new_numbers_and_others_are_still_told_of(desk: CarrierDesk) -> None:
    service(desk).quota = 0
    assert desk.source.ask([AskedParcel(YT)], NOW) == [Told(YT, is_known=False, is_refused=True)]
    answers = desk.source.ask([AskedParcel(YT), desk.delivered], NOW)
    assert [(each.is_known, each.is_refused) for each in answers] == [(False, True), (True, False)]
    desk.server.fail(Reply(200, {"code": -18019907, "data": {}}))
    assert desk.source.ask([AskedParcel(YT)], NOW)[0].is_refused


@pytest.mark.parametrize(
    ("code", "error", "word"),
    [
        (-18010002, Rejected, "bad_keys"),
        (-18010001, Rejected, "not_allowed"),
        (-18010004, Rejected, "not_allowed"),
        (-18019907, Rejected, "no_quota"),
        (-18010013, Rejected, "not_understood"),
        (-18010003, Unavailable, "carrier_unavailable"),
    ],
)
@pytest.mark.parametrize("place", ["code", "errors"])
def test_a_code_of_the_whole_request_concerns_the_account(
    desk: CarrierDesk, code: int, error: type[Exception], word: str, place: str
) -> None:
    answers = {"code": {"code": code, "data": {}}, "errors": {"code": 0, "data": {"errors": [{"code": code}]}}}
    desk.server.fail(Reply(200, answers[place]))
    with pytest.raises(error, match=f"^{word}$"):
        desk.ask()


def test_of_a_number_under_two_carriers_the_one_asked_for_counts_else_who_tells_more(desk: CarrierDesk) -> None:
    other = {**entry([event("InTransit_Other", "2026-03-07T10:00:00+08:00")]), "number": NUMBER}
    service(desk).known[NUMBER] = [other, DELIVERED]
    asked = [replace(desk.delivered, carrier=each) for each in ("cainiao", "yunexpress", None)]
    assert [desk.source.ask([each], NOW)[0].carrier for each in asked] == ["cainiao", "yunexpress", "cainiao"]


CLOCK = {"date": "2026-03-07", "time": "10:15:00", "timezone": None}


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"time_iso": "2026-03-07T10:15:00+08:00"}, datetime(2026, 3, 7, 10, 15, tzinfo=timezone(timedelta(hours=8)))),
        ({"time_iso": "2026-03-07T10:15:00", "time_raw": CLOCK}, datetime(2026, 3, 7, 10, 15)),  # noqa: DTZ001 - a local clock
        ({"time_iso": None, "time_utc": "2026-03-07T02:15:00Z"}, datetime(2026, 3, 7, 2, 15, tzinfo=UTC)),
        ({"time_iso": None, "time_raw": CLOCK}, datetime(2026, 3, 7, 10, 15)),  # noqa: DTZ001 - a local clock
        (
            {"time_iso": None, "time_raw": {**CLOCK, "timezone": "-05:00"}},
            datetime(2026, 3, 7, 10, 15, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ({"time_iso": None, "time_raw": {**CLOCK, "time": None}}, datetime(2026, 3, 7)),  # noqa: DTZ001 - a local clock
    ],
)
def test_a_time_without_a_zone_stays_the_carriers_local_clock(times: dict[str, object], said: datetime) -> None:
    (report,) = told(YT, entry([{**event("InTransit_Other", None), **times}]), NOW).reports
    assert (report.said_at, report.said_at.tzinfo is None) == (said, said.tzinfo is None)


@pytest.mark.parametrize("time", [None, "", "yesterday", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"])
def test_an_event_of_no_time_stands_nowhere(time: str | None) -> None:
    later = event("InTransit_Other", "2026-03-07T10:15:00+08:00")
    assert len(told(YT, entry([event("InTransit_PickedUp", time), later]), NOW).reports) == 1


@pytest.mark.parametrize(
    ("sub_status", "stage", "meaning"),
    [
        ("InTransit_CustomsRequiringInformation", None, S.CUSTOMS),
        ("Exception_Returning", "Returning", S.RETURNING),
        ("DeliveryFailure_NewlyInvented", None, S.FAILED_ATTEMPT),
        (None, "PickedUp", S.IN_TRANSIT),
        (None, "Returned", S.RETURNED),
        (None, "AvailableForPickup", S.PICKUP_READY),
        ("NotFound_Other", None, S.UNKNOWN),
        (None, None, S.UNKNOWN),
    ],
)
def test_an_event_means_what_its_sub_status_says_else_its_stage(
    sub_status: str | None, stage: str | None, meaning: S
) -> None:
    scan = event(sub_status, "2026-03-07T10:15:00+08:00", stage=stage)
    assert [report.status for report in told(YT, entry([scan]), NOW).reports] == [meaning]


def test_a_milestone_counts_where_no_event_tells_of_it() -> None:
    milestones = [
        {"key_stage": "PickedUp", "time_iso": "2026-03-07T10:15:00+08:00"},
        {"key_stage": "Delivered", "time_iso": "2026-03-17T11:42:00+01:00"},
    ]
    scan = event("InTransit_PickedUp", "2026-03-07T10:15:00+08:00")
    reports = told(YT, entry([scan], milestone=milestones), NOW).reports
    assert [(report.status, report.message) for report in reports] == [(S.IN_TRANSIT, "Scanned"), (S.DELIVERED, None)]


def test_who_has_stopped_asking_says_so_once_however_often_it_is_heard() -> None:
    scan = event("InTransit_Other", "2026-01-07T10:15:00+08:00")
    parcel = entry([scan], latest_status=EXPIRED)
    reports = [each for hours in (0, 9) for each in told(YT, parcel, NOW + timedelta(hours=hours)).reports]
    timeline = timeline_of(reports, "CN", "DE")
    assert [step.status for step in timeline.steps] == [S.IN_TRANSIT, S.EXPIRED]
    assert len(timeline.reports) == len(timeline.steps), "so that asking about it comes to an end"
    assert (timeline.status, told(YT, {**parcel, "track_info": {"latest_status": EXPIRED}}, NOW).is_known) == (
        S.EXPIRED,
        False,
    )


@pytest.mark.parametrize("source", ["17TRACK", None])
def test_days_that_17track_reckons_itself_are_no_word_of_the_carriers(source: str | None) -> None:
    days = {"source": source, "from": "2026-03-16T00:00:00+01:00", "to": None}
    metrics = {"estimated_delivery_date": days}
    scan = event("InTransit_Other", "2026-03-07T10:15:00+08:00")
    assert told(YT, entry([scan], time_metrics=metrics), NOW).forecast is None
    days["source"] = "Official"
    day = date(2026, 3, 16)
    assert told(YT, entry([scan], time_metrics=metrics), NOW).forecast == Forecast(day, day)


def test_a_carrier_without_a_key_of_ours_goes_by_its_name() -> None:
    parcel = entry([event("InTransit_Other", "2026-03-07T10:15:00+08:00")])
    parcel["carrier"] = 999_999
    provider = parcel["track_info"]["tracking"]["providers"][0]
    provider["provider"] = {"key": 999_999, "name": "DPD (Atlantis)"}
    assert told(YT, parcel, NOW).carrier == "dpd"


@pytest.mark.parametrize(
    ("carrier", "key"), [("4px", "190094"), ("yunexpress", "190008"), ("usps", "21051"), ("royal-mail", "11031")]
)
def test_carriers_go_by_their_keys_both_ways(carrier: str, key: str) -> None:
    assert KEYS.key_of(carrier) == key
    assert KEYS.slugs()[key] == carrier


def test_cainiao_and_china_post_are_read_by_all_their_keys() -> None:
    slugs = KEYS.slugs()
    assert {slugs["190271"], slugs["191076"]} == {"cainiao"}
    assert {slugs["3011"], slugs["3013"]} == {"china-post"}
