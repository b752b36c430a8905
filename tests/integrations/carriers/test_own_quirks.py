"""What differs from carrier to carrier, each point of the adapter's README."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date, datetime, timedelta, timezone
from typing import cast

import pytest

from plugin.domain.order import DeliveryStatus as S
from plugin.domain.tracking.report import Report
from plugin.ports.carrier import AskedParcel, CarrierSource, Forecast, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from tests.integrations.carrier_contract import NOW
from tests.integrations.carriers.test_own_accounts import at
from tests.support.carriers.own_accounts import JSON_KINDS, TRACKED, OwnAccount, envelope, fault, number
from tests.support.carriers.server import CarrierServer, Json, Reply, serving

UPS, FEDEX, USPS, DHL, GLS, MAIL, DPD = "ups", "fedex", "usps", "dhl", "gls", "royal-mail", "dpd"
WITH_TOKEN = (UPS, FEDEX, USPS, GLS, DPD)


@contextmanager
def open_at(kind: str) -> Iterator[tuple[CarrierServer, CarrierSource]]:
    with serving(OwnAccount(kind)) as server:
        yield server, at(server, kind)


def ask(source: CarrierSource, kind: str) -> Told:
    (told,) = source.ask([AskedParcel(number(kind))], NOW)
    return told


def told_of(kind: str, answer: object) -> Told:
    """What is told when the carrier answers so."""
    with open_at(kind) as (server, source):
        ask(source, kind)
        server.fail(Reply(200, answer))
        return ask(source, kind)


def sample(kind: str) -> Json:
    answer: Json = deepcopy(OwnAccount(kind).sample["delivered"])
    return answer


def report_of(told: Told, status: S) -> Report:
    return next(report for report in told.reports if report.status is status)


@pytest.mark.parametrize(
    ("kind", "said_at"),
    [
        (UPS, datetime(2026, 3, 17, 10, 42, tzinfo=timezone(timedelta(hours=1)))),
        (FEDEX, datetime(2026, 3, 17, 11, 26, tzinfo=timezone(timedelta(hours=1)))),
        (USPS, datetime(2026, 3, 17, 13, 58, 40, tzinfo=timezone(timedelta(hours=-4)))),
        (DHL, datetime(2026, 3, 17, 10, 42)),  # noqa: DTZ001 - no zone is told
        ("dhl-express", datetime(2026, 3, 17, 11, 26, tzinfo=timezone(timedelta(hours=1)))),
        (GLS, datetime(2026, 3, 17, 10, 46, 14, tzinfo=timezone(timedelta(hours=1)))),
        (MAIL, datetime(2026, 3, 17, 10, 4, tzinfo=timezone(timedelta()))),
        (DPD, datetime(2026, 3, 17, 14, 15)),  # noqa: DTZ001 - no zone is told; karrio reads 02:15
    ],
)
def test_a_time_is_told_with_its_zone_or_stays_local(kind: str, said_at: datetime) -> None:
    with open_at(kind) as (_, source):
        assert report_of(ask(source, kind), S.DELIVERED).said_at == said_at


@pytest.mark.parametrize(
    ("kind", "service", "origin", "destination", "last"),
    [
        (FEDEX, "FedEx International Priority", "US", "FR", date(2026, 3, 18)),
        ("dhl-express", "Express worldwide", "HK", "SK", date(2026, 3, 17)),
        (DHL, "DHL PAKET INTERNATIONAL", "DE", "AT", date(2026, 3, 18)),
    ],
)
def test_what_karrio_reads_besides_is_told(kind: str, service: str, origin: str, destination: str, last: date) -> None:
    with open_at(kind) as (_, source):
        told = ask(source, kind)
    assert (told.service, told.origin, told.destination) == (service, origin, destination)
    assert told.forecast == Forecast(date(2026, 3, 17), last)


@pytest.mark.parametrize("kind", [*JSON_KINDS, DPD])
def test_karrio_calls_nobody_by_itself(kind: str) -> None:
    with open_at(kind) as (server, source):
        ask(source, kind)
        ask(source, kind)
        assert len(server.asked) == 2 + (kind in WITH_TOKEN)
        assert {request.headers.get("user-agent", "").partition("/")[0] for request in server.asked} == {
            "python-requests"
        }


@pytest.mark.parametrize("kind", WITH_TOKEN)
def test_a_token_is_kept_and_replaced_once_when_it_is_withdrawn(kind: str) -> None:
    with open_at(kind) as (server, source):
        ask(source, kind)
        account = cast("OwnAccount", server.service)
        account.token = "another-token"
        assert ask(source, kind).is_known
        assert len(server.asked) == 2 + 3


def test_a_token_is_not_used_after_its_end() -> None:
    with open_at(UPS) as (server, source):
        ask(source, UPS)
        source.ask([AskedParcel(number(UPS))], NOW + timedelta(minutes=58))
        assert len(server.asked) == 3
        source.ask([AskedParcel(number(UPS))], NOW + timedelta(minutes=59))
        assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        (Reply(400, {"error": "invalid_client"}), Rejected),
        (Reply(400, b"<html>"), Rejected),
        (Reply(401, {}), Rejected),
        (Reply(503, b""), Unavailable),
        (Reply(200, {"token": "x"}), Unreadable),
        (Reply(200, {"access_token": 7}), Unreadable),
        (Reply(200, []), Unreadable),
        (Reply(stalls=True), Unavailable),
    ],
)
def test_without_a_token_nothing_is_asked(reply: Reply, raised: type[Exception]) -> None:
    with open_at(UPS) as (server, source):
        server.fail(reply)
        with pytest.raises(raised):
            ask(source, UPS)
        assert [request.path for request in server.asked] == ["/security/v1/oauth/token"]


@pytest.mark.parametrize("kind", JSON_KINDS)
@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_refused_number_is_no_parcel_of_theirs_whatever_else_they_say(kind: str, status: int) -> None:
    with open_at(kind) as (server, source):
        ask(source, kind)
        server.fail(Reply(status, b"<html>"), Reply(410, b"<html>"))
        assert ask(source, kind) == Told(number(kind), is_known=False)
        with pytest.raises(Rejected, match="not_understood"):
            ask(source, kind)


def test_ups_is_asked_for_no_signature_and_its_delivery_date_is_no_forecast() -> None:
    with open_at(UPS) as (server, source):
        ask(source, UPS)
        assert server.asked[-1].query == {"locale": "en_US", "returnSignature": "false"}
    answer = sample(UPS)
    package = answer["trackResponse"]["shipment"][0]["package"][0]
    package["deliveryDate"] = [{"type": "DEL", "date": "20260317"}]
    assert told_of(UPS, answer).forecast is None


def test_ups_may_say_by_a_warning_that_it_knows_no_such_parcel() -> None:
    assert told_of(UPS, OwnAccount(UPS).sample["missing"]) == Told(number(UPS), is_known=False)


@pytest.mark.parametrize(("code", "meaning"), [("OD", S.OUT_FOR_DELIVERY), ("F4", S.UNKNOWN)])
def test_karrio_s_guess_counts_where_our_table_is_silent_but_ends_nothing(code: str, meaning: S) -> None:
    answer = sample(UPS)
    activities = answer["trackResponse"]["shipment"][0]["package"][0]["activity"]
    activities[0]["status"] = {"type": "ZZ", "code": code, "description": "Something new"}
    assert told_of(UPS, answer).reports[0].status is meaning


def test_fedex_tells_of_many_and_of_a_number_used_again_the_latest() -> None:
    with open_at(FEDEX) as (server, source):
        others = [f"7948431852{each:02}" for each in range(29)]
        told = source.ask([AskedParcel(each) for each in (*others, number(FEDEX))], NOW)
        assert [each.is_known for each in told] == [False] * 29 + [True]
        assert server.asked[-1].body["includeDetailedScans"] is True
        result = sample(FEDEX)
        old = deepcopy(result["trackResults"][0])
        old["scanEvents"] = [{**old["scanEvents"][0], "date": "2023-01-05T10:00:00-05:00"}]
        result["trackResults"].insert(0, old)
        server.fail(Reply(200, {"output": {"completeTrackResults": [result]}}))
        assert {report.said_at.year for report in ask(source, FEDEX).reports} == {2026}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (
            FEDEX,
            {"output": {"completeTrackResults": [{"trackResults": [{"error": {"code": "SYSTEM.UNAVAILABLE.ERROR"}}]}]}},
        ),
        (GLS, {"parcels": [{"requested": number(GLS), "errorCode": "E_500_01", "errorMessage": "Internal error"}]}),
    ],
)
def test_who_could_not_look_is_asked_again(kind: str, answer: Json) -> None:
    with pytest.raises(Unavailable):
        told_of(kind, answer)


def test_a_gls_parcel_in_a_shop_waits_to_be_fetched() -> None:
    parcel = {**sample(GLS), "status": "DELIVEREDPS"}
    parcel["events"][0]["code"] = "DELIVD.PARCELSHOP"
    told = told_of(GLS, {"parcels": [parcel]})
    assert S.DELIVERED not in {report.status for report in told.reports}
    assert [report.status for report in told.reports].count(S.PICKUP_READY) == 2


def test_a_gls_parcel_s_state_is_told_where_its_events_are_not_understood() -> None:
    parcel = {**sample(GLS), "events": [{"code": "XYZ.1", "eventDateTime": "2026-03-17T10:00:00+0100"}]}
    assert [report.status for report in told_of(GLS, {"parcels": [parcel]}).reports] == [S.UNKNOWN, S.DELIVERED]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (MAIL, ("mailPieces", "estimatedDelivery")),
        (MAIL, ("mailPieces", "summary", "lastEventName")),
        (UPS, ("trackResponse", "shipment", 0, "package", 0, "deliveryDate")),
        (USPS, ("expectedDeliveryDate",)),
    ],
)
def test_what_karrio_takes_for_granted_may_be_left_out(kind: str, path: tuple[str | int, ...]) -> None:
    answer = inner = sample(kind)
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]  # a list's place or an object's field
    del inner[path[-1]]  # type: ignore[arg-type]  # as above
    assert report_of(told_of(kind, answer), S.DELIVERED)


def test_royal_mail_s_category_stands_for_a_code_nobody_knows() -> None:
    answer = sample(MAIL)
    piece = answer["mailPieces"]
    piece["summary"]["lastEventCode"] = piece["events"][0]["eventCode"] = "EVXXX"
    assert told_of(MAIL, answer).reports[0].status is S.DELIVERED


def test_usps_names_no_country_at_home() -> None:
    answer = sample(USPS)
    answer["trackingEvents"][1] |= {"eventCountry": "CANADA", "eventState": None, "eventCity": "TORONTO"}
    places = [report.place for report in told_of(USPS, answer).reports]
    assert (places[0].country, places[0].state) == ("US", "FL")
    assert (places[1].country, places[1].words) == (None, "TORONTO, CANADA")


def test_dpd_s_steps_to_come_are_not_told() -> None:
    to_come = "<statusInfo><status>Delivered</status><statusHasBeenReached>false</statusHasBeenReached></statusInfo>"
    early, _, _ = TRACKED.partition("<statusInfo><status>DeliveryFailure")
    told = told_of(
        DPD, f"{early}{to_come}</trackingresult></getTrackingDataResponse></soap:Body></soap:Envelope>".encode()
    )
    assert [report.status for report in told.reports] == [S.OUT_FOR_DELIVERY, *[S.IN_TRANSIT] * 3]


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        (fault("DELICOM_ERR_UNAVAILABLE"), Unavailable),
        (Reply(500, b"<html>"), Unavailable),
        (Reply(200, envelope("<somethingElse/>")), Unreadable),
        (
            Reply(200, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><trackingresult>&b;</trackingresult>'),
            None,
        ),
    ],
)
def test_dpd_s_faults_come_with_status_500(reply: Reply, raised: type[Exception] | None) -> None:
    with open_at(DPD) as (server, source):
        ask(source, DPD)
        server.fail(reply)
        if raised is None:
            assert ask(source, DPD) == Told(number(DPD), is_known=False)
        else:
            with pytest.raises(raised):
                ask(source, DPD)


def test_dpd_s_times_are_read_in_each_of_its_forms() -> None:
    other = TRACKED.replace("3/17/2026 2:15:00 PM", "17-03-2026 14:15:00").encode()
    assert report_of(told_of(DPD, other), S.DELIVERED).said_at == datetime(2026, 3, 17, 14, 15)  # noqa: DTZ001 - local
