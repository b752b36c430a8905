"""What is shown of a file: for a minute, for one viewer, and never as a page."""

from __future__ import annotations

import io
from datetime import timedelta
from hashlib import sha256

import pytest
from PIL import Image

from plugin.web.evidence import view_link
from tests.build import MERCHANT, NOW
from tests.support import media
from tests.support.log_lines import log_lines
from tests.support.media import FILM, PLACE
from tests.web.evidence.conftest import Shopper

FILM_LONG = FILM * 1_000


def test_a_photo_is_shown_without_its_place_and_says_what_it_is(shopper: Shopper) -> None:
    told = shopper.checked(media.jpeg(gps=True))
    assert (told["state"], told["scan"], told["media_type"]) == ("ready", "not_scanned", "image/jpeg")
    answer = shopper.see(told["url"])
    assert answer.status_code == 200
    assert sha256(answer.data).hexdigest() == told["sha256"]
    assert dict(Image.open(io.BytesIO(answer.data)).getexif()) == {}
    assert b"Nokia" not in answer.data


def test_nothing_shown_can_run_be_sniffed_or_be_kept(shopper: Shopper) -> None:
    for content, how in ((media.jpeg(), "inline"), (media.mp4(), "inline"), (media.pdf(), "attachment")):
        headers = shopper.see(shopper.checked(content)["url"]).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Content-Disposition"].startswith(f'{how}; filename="evidence-')
        assert "html" not in headers["Content-Type"]


def test_a_refused_file_says_why_in_the_readers_words_and_is_not_shown(shopper: Shopper) -> None:
    told = shopper.checked(media.jpeg() + bytes(5_000) + b"<script>alert(1)</script>")
    assert (told["state"], told["code"], told["url"]) == ("refused", "evidence_mixed", None)
    assert told["detail"].startswith("This file holds something besides")
    stored = view_link.issue(shopper.installation.deps.secrets, shopper.shop.id, told["id"], "agent-1", NOW)  # type: ignore[arg-type]  # read off JSON
    assert shopper.see(f"/s/{shopper.shop.key}/evidence/{told['id']}/file?{stored}").status_code == 404


def test_a_link_lasts_a_minute_for_its_viewer_and_file_alone(shopper: Shopper) -> None:
    first, second = shopper.checked(media.jpeg()), shopper.checked(media.png())
    url = first["url"]
    assert shopper.see(url).status_code == 200
    for forged in (
        url.replace(first["id"], second["id"]),
        url.replace("shopper-draft1", "shopper-draft2"),
        url.replace(f"until={int((NOW + timedelta(seconds=60)).timestamp())}", "until=99999999999"),
        url.partition("&signature")[0],
        url.partition("?")[0],
        url[:-1],
        url.replace("until=", "until=x"),
    ):
        assert forged != url
        assert shopper.see(forged).status_code == 404
    shopper.installation.clock.at = NOW + timedelta(seconds=59)
    assert shopper.see(url).status_code == 200
    shopper.installation.clock.at = NOW + timedelta(seconds=60)
    assert shopper.see(url).status_code == 404


def test_who_saw_a_file_is_on_the_log_and_nothing_that_opens_it(shopper: Shopper) -> None:
    told = shopper.checked(media.jpeg())
    query = view_link.issue(
        shopper.installation.deps.secrets,
        shopper.shop.id,
        told["id"],  # type: ignore[arg-type]  # read off JSON
        view_link.viewer_of_staff("staff7"),
        NOW,
    )
    with log_lines() as lines:
        answer = shopper.see(f"/s/{shopper.shop.key}/evidence/{told['id']}/file?{query}")
    assert (told["state"], answer.status_code) == ("ready", 200), (told, answer.text)
    (seen,) = [line for line in lines if line["event"] == "evidence_seen"]
    assert (seen["merchant"], seen["evidence"], seen["viewer"]) == (MERCHANT, told["id"], "agent-staff7")
    assert query.rpartition("=")[2] not in str(lines)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-", 0, None),
        ("bytes=100-199", 100, 200),
        ("bytes=-50", -50, None),
        ("bytes=70000-9999999", 70_000, None),
    ],
)
def test_a_player_may_ask_for_a_part_of_a_video(shopper: Shopper, asked: str, start: int, stop: int | None) -> None:
    url = shopper.checked(media.mp4(film=FILM_LONG))["url"]
    whole = shopper.see(url)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert PLACE not in whole.data
    part = shopper.see(url, Range=asked)
    assert (part.status_code, part.data) == (206, whole.data[start:stop])
    first = start if start >= 0 else len(whole.data) + start
    last = (stop or len(whole.data)) - 1
    assert part.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole.data)}"
    assert part.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=9-3"])
def test_a_part_that_is_not_there_cannot_be_had(shopper: Shopper, asked: str) -> None:
    answer = shopper.see(shopper.checked(media.mp4())["url"], Range=asked)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"].startswith("bytes */")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "rubbish"])
def test_what_is_no_single_part_is_answered_with_the_whole(shopper: Shopper, asked: str) -> None:
    assert shopper.see(shopper.checked(media.png())["url"], Range=asked).status_code == 200


def test_bytes_on_disk_are_sealed_and_erasing_the_person_ends_every_link(shopper: Shopper) -> None:
    told = shopper.checked(media.mp4(film=FILM_LONG))
    objects = [path for path in (shopper.home / "files").rglob("*") if path.is_file()]
    assert len(objects) == 1
    assert FILM not in objects[0].read_bytes()
    with shopper.installation.deps.units(MERCHANT) as unit:
        unit.people.erase(shopper.person, NOW)
        unit.commit()
    assert shopper.see(told["url"]).status_code == 404
