"""The shopper says that the goods are on their way, shows it, and may correct it until they are here."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from plugin.domain.claim.commands import deciding, returning
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.ids import ClaimId
from plugin.domain.remedy import Remedy
from tests.support import media
from tests.web.portal.conftest import Portal
from tests.web.portal.test_status import AGENT, now, opened, work

TRACKED = {"line": "1", "carrier": "Botendienst Ida", "tracking": "rm 123 456 785 gb"}


@pytest.fixture
def awaited(portal: Portal) -> tuple[str, ClaimId]:
    """A claim whose goods are to be sent."""
    page, claim = opened(portal)
    line = now(portal, claim).line(1)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, usual_plan(Remedy.REFUND, line.judged), AGENT))
    return page, claim


def today(portal: Portal, days: int = 0) -> str:
    return (portal.installation.clock.now() + timedelta(days=days)).date().isoformat()


def test_a_number_shows_that_goods_were_sent_and_the_page_says_when(
    portal: Portal, awaited: tuple[str, ClaimId]
) -> None:
    page, claim = awaited
    assert "I have sent it" in portal.get(page).text
    portal.post(f"{page}/sent", **TRACKED, sent_on=today(portal))
    line = now(portal, claim).line(1)
    assert (line.leg, line.leg_detail, line.sent_at) == (
        ReturnState.SENT, "RM123456785GB", portal.installation.clock.now()
    )  # fmt: skip
    shown = portal.get(page).text
    assert shown.count("You sent the goods on ") == 3, "on top, on the form, and in what has happened"
    assert 'value="RM123456785GB"' in shown


def test_a_photo_of_the_receipt_shows_it_as_well_and_is_on_record(portal: Portal, awaited: tuple[str, ClaimId]) -> None:
    page, claim = awaited
    photo = (BytesIO(media.jpeg(gps=True)), "receipt.jpg", "image/jpeg")
    portal.post(f"{page}/sent", line="1", sent_on=today(portal), file=photo)
    known = now(portal, claim)
    assert known.line(1).leg is ReturnState.SENT
    assert len(known.evidence) == 1
    assert "receipt.jpg" in portal.get(page).text


@pytest.mark.parametrize(
    "entered", [{"tracking": ""}, {"tracking": "sent!"}, {"sent_on": "soon", "tracking": "RM123456785GB"}]
)
def test_a_word_alone_sends_nothing_and_nothing_typed_is_lost(
    portal: Portal, awaited: tuple[str, ClaimId], entered: dict[str, str]
) -> None:
    page, claim = awaited
    answer = portal.post(f"{page}/sent", **{"line": "1", "sent_on": today(portal), "carrier": "Botendienst"} | entered)
    assert (answer.status_code, now(portal, claim).line(1).leg) == (422, ReturnState.AWAITED)
    assert 'value="Botendienst"' in answer.text
    assert "what shows it: a tracking number" in answer.text


def test_nothing_is_sent_tomorrow(portal: Portal, awaited: tuple[str, ClaimId]) -> None:
    page, claim = awaited
    assert portal.post(f"{page}/sent", **TRACKED, sent_on=today(portal, 2)).status_code == 422
    assert now(portal, claim).line(1).leg is ReturnState.AWAITED


def test_what_was_said_is_corrected_until_the_goods_are_here_and_twice_is_once(
    portal: Portal, awaited: tuple[str, ClaimId]
) -> None:
    page, claim = awaited
    portal.post(f"{page}/sent", **TRACKED, sent_on=today(portal))
    version = now(portal, claim).version
    portal.post(f"{page}/sent", **TRACKED, sent_on=today(portal))
    assert now(portal, claim).version == version
    portal.post(f"{page}/sent", **TRACKED | {"tracking": "JJD000123"}, sent_on=today(portal, -1))
    known = now(portal, claim)
    assert known.line(1).sending is not None
    assert (known.line(1).leg, known.line(1).sending.tracking) == (ReturnState.SENT, "JJD000123")
    work(portal, claim, lambda it: returning.receive(it, 1, 2, AGENT))
    version = now(portal, claim).version
    answer = portal.post(f"{page}/sent", **TRACKED, sent_on=today(portal))
    assert (answer.status_code, now(portal, claim).version) == (303, version)
    assert "I have sent it" not in portal.get(page).text


def test_nothing_is_to_be_sent_before_it_is_agreed(portal: Portal) -> None:
    page, claim = opened(portal)
    assert "I have sent it" not in portal.get(page).text
    portal.post(f"{page}/sent", **TRACKED, sent_on=today(portal))
    assert now(portal, claim).line(1).leg is ReturnState.NOT_REQUIRED
