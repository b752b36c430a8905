"""AfterShip over real HTTP: what every carrier promises, and each of its quirks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from hmac import digest
from typing import cast

import pytest

from integrations.carriers.aftership.adapter import KIND
from integrations.carriers.aftership.client import AfterShipClient
from integrations.carriers.aftership.source import AfterShip
from integrations.carriers.aftership.translate import KEYS, told
from integrations.carriers.aftership.verify import AfterShipPush
from plugin.domain.order import DeliveryStatus as S
from plugin.domain.times import Source
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.timeline import timeline_of
from plugin.ports.carrier import AskedParcel, Forecast, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from tests.integrations.carrier_contract import NOW, CarrierContract, CarrierDesk, impatient_session
from tests.support.carriers.aftership import DELIVERED, NUMBER, AfterShipService, checkpoint, failed, tracking
from tests.support.carriers.server import CarrierServer, Reply, serving

YT = "YT2607821272012345"


def opened(server: CarrierServer, key: str) -> AfterShip:
    return AfterShip(AfterShipClient(key, impatient_session(), server.address))


@pytest.fixture
def desk() -> Iterator[CarrierDesk]:
    with serving(AfterShipService()) as server:
        source, stranger = opened(server, "a-key-of-aftership"), opened(server, "another")
        parcel = AskedParcel(NUMBER, "cainiao", is_registered=True)
        yield CarrierDesk(KIND, source, stranger, server, parcel)


def service(desk: CarrierDesk) -> AfterShipService:
    return cast("AfterShipService", desk.server.service)


def methods(desk: CarrierDesk) -> list[str]:
    return [request.method for request in desk.server.asked]


class TestAfterShip(CarrierContract):
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
        S.OUT_FOR_DELIVERY,
        S.DELIVERED,
    ]


def test_a_local_clock_is_read_where_it_hangs() -> None:
    steps = timeline_of(told(NUMBER, DELIVERED, NOW).reports, "CN", "DE").steps
    assert [steps[1].happened.at, steps[-1].happened.at] == [
        datetime(2026, 3, 6, 12, 15, tzinfo=UTC),
        datetime(2026, 3, 17, 10, 42, tzinfo=UTC),
    ]


def test_a_new_number_is_created_with_countries_of_three_letters(desk: CarrierDesk) -> None:
    parcel = AskedParcel(YT, "yunexpress", "CN", "RO", "010011", date(2026, 3, 4))
    assert desk.source.ask([parcel], NOW) == [Told(YT, is_known=False)]
    assert methods(desk) == ["POST", "GET"]
    assert desk.server.asked[0].body == {
        "tracking_number": YT,
        "slug": "yunexpress",
        "origin_country_region": "CHN",
        "destination_country_region": "ROU",
        "destination_postal_code": "010011",
        "tracking_ship_date": "2026-03-04",
    }


def test_a_carrier_they_know_several_of_is_for_them_to_find_out(desk: CarrierDesk) -> None:
    desk.source.ask([AskedParcel("00340434161234567894", "dhl")], NOW)
    assert desk.server.asked[0].body == {"tracking_number": "00340434161234567894"}


def test_a_number_that_was_created_before_is_told_of_at_once(desk: CarrierDesk) -> None:
    assert desk.source.ask([AskedParcel(NUMBER)], NOW)[0].is_known
    assert methods(desk) == ["POST", "GET"]


def test_a_number_they_have_dropped_is_created_again(desk: CarrierDesk) -> None:
    service(desk).created.clear()
    assert not desk.ask().is_known
    assert methods(desk) == ["GET", "POST"]
    assert desk.ask().is_known


def test_many_are_read_in_one_request(desk: CarrierDesk) -> None:
    numbers = [f"YT26078212720123{turn:02}" for turn in range(KIND.batch)]
    asked = [AskedParcel(number, is_registered=True) for number in numbers]
    service(desk).created += numbers
    service(desk).known |= {number: [tracking([], tracking_number=number)] for number in numbers}
    assert [each.number for each in desk.source.ask(asked, NOW)] == numbers
    assert methods(desk) == ["GET"]


@pytest.mark.parametrize("code", [4005, 4010, 4011, 4012, 4017])
def test_a_number_they_cannot_follow_is_an_unknown_one(desk: CarrierDesk, code: int) -> None:
    service(desk).refused["12345678"] = code
    asked = [AskedParcel("12345678"), desk.delivered]
    assert [each.is_known for each in desk.source.ask(asked, NOW)] == [False, True]


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (failed(403, 403, "It has been refused."), "bad_keys"),
        (failed(402, 402, "No quota left."), "no_quota"),
        (failed(400, 4008, "The value of limit is invalid."), "not_understood"),
        (failed(404, 404, "The URI requested is invalid."), "not_understood"),
    ],
)
def test_a_refusal_of_the_whole_question_says_whose_matter_it_is(desk: CarrierDesk, reply: Reply, word: str) -> None:
    desk.server.fail(reply)
    with pytest.raises(Rejected, match=f"^{word}$"):
        desk.ask()


def test_the_instant_a_limit_is_lifted_is_waited_for(desk: CarrierDesk) -> None:
    lifted = str(int((NOW + timedelta(seconds=12)).timestamp()))
    desk.server.fail(Reply(429, b"{}", (("X-RateLimit-Reset", lifted),)))
    with pytest.raises(Unavailable) as caught:
        desk.ask()
    assert caught.value.retry_after == 12


def test_of_a_number_under_two_carriers_the_one_asked_for_counts_else_who_tells_more(desk: CarrierDesk) -> None:
    other = tracking([checkpoint("InTransit", "2026-03-07T10:00:00")], tracking_number=NUMBER)
    service(desk).known[NUMBER] = [other, DELIVERED]
    asked = [replace(desk.delivered, carrier=each) for each in ("cainiao", "yunexpress", None)]
    assert [desk.source.ask([each], NOW)[0].carrier for each in asked] == ["cainiao", "yunexpress", "cainiao"]


def test_a_checkpoint_told_again_in_other_words_replaces_the_one_before() -> None:
    first = tracking([checkpoint("InTransit", "2026-03-07T10:00:00", hash="e1")])
    again = tracking([checkpoint("Exception", "2026-03-07T10:00:00", hash="e1", message="Held")])
    reports = (*told(YT, first, NOW).reports, *told(YT, again, NOW + timedelta(hours=1)).reports)
    assert [step.status for step in timeline_of(reports, "CN", "DE").steps] == [S.EXCEPTION]


def test_who_closes_a_tracking_by_hand_has_scanned_nothing() -> None:
    closed = tracking([checkpoint("Delivered", "2026-03-17T10:00:00Z", source="user")])
    timeline = timeline_of(told(YT, closed, NOW).reports, "CN", "DE")
    assert timeline.delivered
    assert timeline.delivered.source is Source.MERCHANT


@pytest.mark.parametrize("time", [None, "", "yesterday", "0001-01-01T00:00:00", "1970-01-01T00:00:00+00:00"])
def test_a_checkpoint_of_no_time_stands_nowhere(time: str | None) -> None:
    later = checkpoint("InTransit", "2026-03-07T10:15:00+08:00")
    assert len(told(YT, tracking([checkpoint("InTransit", time), later]), NOW).reports) == 1


def test_an_expired_tracking_says_so_once_however_often_it_is_heard() -> None:
    parcel = tracking([checkpoint("InTransit", "2026-01-07T10:15:00+08:00")], tag="Expired")
    reports = [each for hours in (0, 9) for each in told(YT, parcel, NOW + timedelta(hours=hours)).reports]
    timeline = timeline_of(reports, "CN", "DE")
    assert [step.status for step in timeline.steps] == [S.IN_TRANSIT, S.EXPIRED]
    assert len(timeline.reports) == len(timeline.steps), "so that asking about it comes to an end"


def test_days_that_aftership_reckons_itself_are_no_word_of_the_carriers() -> None:
    days = {"estimated_delivery_date": "2026-03-19"}
    parcel = tracking([checkpoint("InTransit", "2026-03-07T10:15:00")], aftership_estimated_delivery_date=days)
    assert told(YT, parcel, NOW).forecast is None
    day = date(2026, 3, 19)
    assert told(YT, {**parcel, "courier_estimated_delivery_date": days}, NOW).forecast == Forecast(day, day)


@pytest.mark.parametrize(
    ("carrier", "slug"), [("4px", "4px"), ("yunexpress", "yunexpress"), ("cainiao", "cainiao"), ("evri", "myhermes-uk")]
)
def test_carriers_go_by_their_slugs_both_ways(carrier: str, slug: str) -> None:
    assert KEYS.key_of(carrier) == slug
    assert KEYS.slugs()[slug] == carrier


BODY = b'{"ts":1773740000,"event":"tracking_pending_time","event_id":"3f645f5e","msg":{"tracking_number":"YT26"}}'
SIGN = b64encode(digest(b"a-secret", BODY, sha256)).decode()


@pytest.mark.parametrize(
    ("headers", "body", "secret", "is_genuine"),
    [
        ({"aftership-hmac-sha256": SIGN}, BODY, "a-secret", True),
        ({"Aftership-Hmac-Sha256": SIGN}, BODY, "a-secret", True),
        ({"aftership-hmac-sha256": SIGN}, BODY + b" ", "a-secret", False),
        ({"aftership-hmac-sha256": SIGN}, BODY, "another", False),
        ({"aftership-hmac-sha256": "é"}, BODY, "a-secret", False),
        ({}, BODY, "a-secret", False),
        ({"aftership-hmac-sha256": b64encode(digest(b"", BODY, sha256)).decode()}, BODY, "", False),
    ],
)
def test_a_push_is_genuine_with_the_secret_s_hmac(
    headers: dict[str, str],
    body: bytes,
    secret: str,
    is_genuine: bool,  # noqa: FBT001 - a case of the table
) -> None:
    assert AfterShipPush(secret).is_genuine(headers, body) is is_genuine


@pytest.mark.parametrize("event", ["tracking_update", "edd_revise"])
def test_a_push_tells_what_an_answer_does(desk: CarrierDesk, event: str) -> None:
    body = Reply(body={"event": event, "msg": DELIVERED}).content
    assert AfterShipPush("a-secret").read(body, NOW) == (desk.ask(),)


def test_a_push_of_an_older_version_names_countries_otherwise() -> None:
    old = checkpoint("InTransit", "2026-03-07T10:15:00", country_iso3="CHN")
    parcel = told(YT, tracking([old], origin_country_iso3="CHN", destination_country_iso3="DEU"), NOW)
    assert (parcel.origin, parcel.destination, parcel.reports[0].place.country) == ("CN", "DE", "CN")


def test_other_pushes_are_left_alone_and_broken_ones_said_to_be() -> None:
    reader = AfterShipPush("a-secret")
    assert reader.read(BODY, NOW) == ()
    for body in (b"[]", b"{", b'{"event":"tracking_update","msg":[]}'):
        with pytest.raises(Unreadable):
            reader.read(body, NOW)


def test_an_exhausted_quota_refuses_new_numbers_and_others_are_still_told_of(desk: CarrierDesk) -> None:
    desk.server.fail(Reply(402, {"meta": {"code": 402}}))
    answers = desk.source.ask([AskedParcel("YT1"), AskedParcel("YT2"), desk.delivered], NOW)
    assert [(each.is_known, each.is_refused) for each in answers] == [(False, True), (False, True), (True, False)]
    assert [request.method for request in desk.server.asked] == ["POST", "GET"]
