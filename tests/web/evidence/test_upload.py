"""Uploads over HTTP: the tus protocol, tokens, slots and limits, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from plugin.domain.effects import CheckEvidence
from plugin.domain.errors import DomainError
from plugin.domain.evidence import Refusal
from plugin.domain.ids import ClaimDraftId
from plugin.i18n import catalogue
from plugin.ports.errors import Unavailable
from plugin.web.evidence import upload_token
from plugin.web.evidence.upload_token import UploadTicket
from tests.build import NOW
from tests.support import media
from tests.support.admin import RIVAL
from tests.web.evidence.conftest import Shopper, metadata

PHOTO = media.jpeg((900, 700), gps=True)
LONG = media.jpeg().ljust(300_000, b"\0")


def test_a_file_goes_up_in_chunks_and_is_checked(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    assert shopper.head(place).headers["Upload-Offset"] == "0"
    answer = shopper.send(place, 0, LONG[:100_000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "100000")
    assert answer.headers["Upload-Expires"].endswith("GMT")
    assert shopper.send(place, 100_000, LONG[100_000:]).status_code == 204
    head = shopper.head(place)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("300000", "300000")
    assert "Upload-Expires" not in head.headers
    assert [type(each) for each in shopper.installation.jobs.waiting] == [CheckEvidence]


def test_every_answer_speaks_tus_is_open_to_the_stores_page_and_kept_by_nobody(shopper: Shopper) -> None:
    place = shopper.place(100)
    for answer in (shopper.announce(100), shopper.head(place), shopper.send(place, 7, b"x")):
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Upload-Offset" in answer.headers["Access-Control-Expose-Headers"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_whoever_asks_is_told_what_we_speak(shopper: Shopper) -> None:
    answer = shopper.client.options(f"/s/{shopper.shop.key}/evidence", headers={"Origin": "https://store.example"})
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,expiration,termination"
    assert answer.headers["Tus-Max-Size"] == str(200 * 1024 * 1024)
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert "Upload-Offset" in answer.headers["Access-Control-Allow-Headers"]


def test_another_version_of_the_protocol_is_refused(shopper: Shopper) -> None:
    answer = shopper.send(shopper.place(100), 0, b"x" * 100, **{"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_a_chunk_at_the_wrong_offset_is_told_the_right_one(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    shopper.send(place, 0, LONG[:100_000])
    for offset in (0, 99_999, 100_001, 300_000):
        answer = shopper.send(place, offset, LONG[:70_000])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "100000")
        assert answer.get_json()["code"] == "evidence_offset"


def test_of_two_chunks_that_race_one_is_taken(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    start, statuses = Barrier(2), []

    def send() -> None:
        client = shopper.installation.app.test_client()
        rival = replace(shopper, client=client)
        start.wait()
        statuses.append(rival.send(place, 0, LONG[:200_000]).status_code)

    racing = [Thread(target=send) for _ in range(2)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join()
    assert sorted(statuses) == [204, 409]
    assert shopper.head(place).headers["Upload-Offset"] == "200000"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "image/jpeg"}, 415),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Offset": "9" * 30}, 400),
    ],
)
def test_a_malformed_chunk_is_refused(shopper: Shopper, headers: dict[str, str], status: int) -> None:
    assert shopper.send(shopper.place(100), 0, b"x" * 100, **headers).status_code == status


def test_a_chunk_larger_than_a_mebibyte_is_refused_unread(shopper: Shopper) -> None:
    place = shopper.place(3 * 1024 * 1024)
    assert shopper.send(place, 0, bytes(1024 * 1024 + 1)).status_code == 413
    assert shopper.head(place).headers["Upload-Offset"] == "0"


def test_a_file_that_is_none_we_take_is_refused_with_its_first_chunk(shopper: Shopper) -> None:
    place = shopper.place(100)
    answer = shopper.send(place, 0, b"<svg xmlns='http://www.w3.org/2000/svg'/>".ljust(100))
    assert (answer.status_code, answer.get_json()["code"]) == (422, "evidence_kind")
    assert shopper.head(place).status_code == 404


@pytest.mark.parametrize("upload", ["", "filename", "filename x", "filename \xff"])
def test_a_malformed_description_is_refused_or_left_out(shopper: Shopper, upload: str) -> None:
    headers = {**shopper.headers, "Upload-Length": "10", "Upload-Metadata": upload}
    answer = shopper.client.post(f"/s/{shopper.shop.key}/evidence", headers=headers)
    assert answer.status_code == (400 if len(upload) > 8 else 201)


def test_there_is_an_end_to_size_and_number(shopper: Shopper) -> None:
    for size in ("0", str(200 * 1024 * 1024 + 1)):
        headers = {**shopper.headers, "Upload-Length": size, "Upload-Metadata": metadata("x")}
        answer = shopper.client.post(f"/s/{shopper.shop.key}/evidence", headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "evidence_size")
    for _ in range(4):
        assert shopper.announce(100).status_code == 201
    refused = shopper.announce(100)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "evidence_too_much")


def test_a_page_that_was_loaded_again_finds_its_files(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    shopper.send(place, 0, LONG[:100_000])
    files = shopper.client.get(f"/s/{shopper.shop.key}/evidence", headers=shopper.headers).get_json()["files"]
    assert [(each["id"], each["name"], each["offset"], each["state"]) for each in files] == [
        (place.rpartition("/")[2], "crack.jpg", 100_000, "uploading")
    ]


def test_what_the_shopper_takes_back_is_gone(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    assert shopper.client.delete(place, headers=shopper.headers).status_code == 204
    assert shopper.head(place).status_code == 404
    assert shopper.send(place, 0, LONG[:100_000]).status_code == 404
    assert shopper.client.delete(place, headers=shopper.headers).status_code == 404


def refused(shopper: Shopper, place: str) -> list[int]:
    return [
        shopper.announce(100).status_code,
        shopper.head(place).status_code,
        shopper.send(place, 0, LONG[:100_000]).status_code,
        shopper.client.delete(place, headers=shopper.headers).status_code,
        shopper.client.get(f"/s/{shopper.shop.key}/evidence", headers=shopper.headers).status_code,
    ]


def bearer(shopper: Shopper, token: str) -> Shopper:
    other = replace(shopper)
    other.headers = {**shopper.headers, "Authorization": f"Bearer {token}"}
    return other


def forgeries(shopper: Shopper) -> Iterator[str]:
    secrets, own = shopper.installation.deps.secrets, shopper.headers["Authorization"].removeprefix("Bearer ")
    yield ""
    yield "x"
    yield own[:-1]
    yield own + "A"
    yield own.replace(".", "..")
    yield upload_token.issue(secrets, shopper.shop.id, UploadTicket(shopper.draft, shopper.person, NOW))
    with shopper.installation.deps.units.read(RIVAL) as unit:
        rival = unit.shops.all()[0]
    ticket = UploadTicket(shopper.draft, shopper.person, NOW + timedelta(hours=1))
    yield upload_token.issue(secrets, rival.id, ticket)


def test_without_a_token_of_ours_for_this_shop_and_time_nothing_is_done(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    for token in forgeries(shopper):
        assert refused(bearer(shopper, token), place) == [403] * 5
    shopper.headers.pop("Authorization")
    assert refused(shopper, place) == [403] * 5


def test_another_claims_token_sees_and_changes_nothing_of_this_one(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    stranger = replace(shopper, draft=ClaimDraftId("draft2"))
    assert refused(stranger, place)[1:4] == [404, 404, 404]
    assert shopper.head(place).status_code == 200


def test_a_token_is_no_use_at_an_unknown_shop(shopper: Shopper) -> None:
    assert shopper.client.get("/s/nobody/evidence", headers=shopper.headers).status_code == 404


def test_a_store_of_files_that_does_not_answer_asks_to_come_back(shopper: Shopper) -> None:
    place = shopper.place(len(LONG))
    folder = shopper.home / "files"
    folder.write_bytes(b"in the way")
    answer = shopper.send(place, 0, LONG[:100_000])
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    folder.unlink()
    assert shopper.send(place, 0, LONG[:100_000]).status_code == 204


def test_every_refusal_has_its_words() -> None:
    words = catalogue("en")
    codes = {f"evidence_{each}" for each in Refusal} | {
        each.code for each in DomainError.__subclasses__() for each in each.__subclasses__() if "evidence" in each.code
    }
    assert len(codes) >= 11
    assert [code for code in codes if not words.has(f"problem.{code}")] == []
    assert Unavailable("x").retry_after is None
