"""From the order's lines to the claim: four steps, each a form that keeps its answer at once."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.ids import ClaimId
from plugin.domain.remedy import Remedy
from plugin.usecases.claim.act import read_claim
from tests.build import MERCHANT, NOW
from tests.support import media
from tests.support.admin import install
from tests.web.portal.conftest import Portal, a_portal

DRAFT = re.compile(r'name="draft" value="([^"]+)"')


def written(portal: Portal, *, reason: str = "change_of_mind.not_needed", remedy: str = "refund") -> str:
    """The address of the last step, for two of the three lanterns."""
    lines = portal.opened()
    at = portal.answer(lines, line="1", **{"quantity-1": "2"})
    at = portal.answer(at, reason=reason, note="Since Monday")
    if "/evidence/" in at:
        at = portal.answer(at, serial="SN-7")
    return portal.answer(at, remedy=remedy)


def submit(portal: Portal, confirm: str) -> str:
    page = portal.get(confirm)
    found = DRAFT.search(page.text)
    assert found
    return portal.answer(confirm, draft=found[1])


def claims(portal: Portal) -> list[ClaimId]:
    with portal.installation.deps.units.read(MERCHANT) as unit:
        return list(unit.claims.of_order(portal.order))


def test_each_line_tells_what_is_possible_until_when_and_why_not_otherwise(portal: Portal) -> None:
    page = portal.get(portal.opened()).text
    assert "Return it until Saturday 5 December 2026." in page
    assert "Your right by law" in page
    assert "If it was faulty when delivered, claim" in page
    assert "Why not otherwise" in page
    assert "The time to withdraw ended on" in page


def test_four_steps_lead_to_one_claim_with_all_that_was_said(portal: Portal) -> None:
    confirm = written(portal, reason="quality.defective", remedy="repair")
    assert confirm.endswith("/confirm")
    status = submit(portal, confirm)
    (claim_id,) = claims(portal)
    with portal.installation.deps.units.read(MERCHANT) as unit:
        claim, record = read_claim(claim_id, unit), unit.claims.record(claim_id)
    (line,) = claim.lines
    assert (line.order_line, line.quantity, line.reason, line.wanted) == ("11", 2, "quality.defective", Remedy.REPAIR)
    assert line.was_choice_shown
    assert claim.is_proven
    assert "Since Monday\nSerial number: SN-7" in [entry.words for entry in record]
    assert claim.number in portal.get(status).text


def test_pressing_twice_makes_one_claim(portal: Portal) -> None:
    confirm = written(portal)
    draft = DRAFT.search(portal.get(confirm).text)
    assert draft
    first, second = (portal.answer(confirm, draft=draft[1]) for _ in range(2))
    assert first == second
    assert len(claims(portal)) == 1


def test_a_page_that_is_loaded_again_has_everything_that_was_entered(portal: Portal) -> None:
    lines = portal.opened()
    reason = portal.answer(lines, line="1", **{"quantity-1": "2"})
    portal.answer(reason, reason="size.too_small", note="Much too small")
    again = portal.get(reason).text
    assert re.search(r'value="size.too_small" checked', again)
    assert "Much too small" in again
    assert "<option selected>2</option>" in portal.get(lines).text


def test_going_back_keeps_what_was_typed_and_asks_for_nothing(portal: Portal) -> None:
    lines = portal.opened()
    reason = portal.answer(lines, line="1")
    assert portal.answer(reason, note="Half a sentence", go="back") == lines
    assert "Half a sentence" in portal.get(reason).text
    remedy = portal.answer(reason, reason="size.too_small", note="")
    assert portal.answer(remedy, go="back") == reason
    assert portal.answer(remedy, remedy="exchange", go="back") == reason
    assert re.search(r'value="exchange" checked', portal.get(remedy).text)


def test_another_reason_asks_again_for_what_hangs_on_it(portal: Portal) -> None:
    confirm = written(portal)
    reason = confirm.replace("/confirm", "/reason/1")
    evidence = portal.answer(reason, reason="quality.defective")
    assert "/evidence/1" in evidence
    assert portal.get(confirm).location == evidence


def test_money_is_told_before_anything_is_sent(portal: Portal) -> None:
    confirm = written(portal)
    remedy = portal.get(confirm.replace("/confirm", "/remedy/1")).text
    assert "You get back €55.00." in remedy, "two of three at 90.00 are 60.00, less 5.00"
    assert "€5.00 are kept back as a fee; this is subtracted already." in remedy
    assert "Credit of €61.00, of which €6.00 on top" in remedy
    assert "€60.00 count towards the other item." in remedy
    assert "You pay for sending it back." in remedy
    assert "You get back €55.00." in portal.get(confirm).text


def test_a_faulty_item_costs_nothing_and_the_choice_by_law_stands_before_the_choice(portal: Portal) -> None:
    lines = portal.opened()
    reason = portal.answer(lines, line="2")
    remedy = portal.answer(portal.answer(reason, reason="quality.defective"))
    page = portal.get(remedy).text
    assert page.index("By law you choose between repair and replacement") < page.index('type="radio"')
    assert "the legal guarantee lasts 1 year longer" in page
    assert "This costs you nothing." in page
    assert 'value="repair"' in page
    assert 'value="replacement"' in page
    assert "kept back" not in page


def test_reason_and_remedy_can_be_the_same_for_several_items(portal: Portal) -> None:
    lines = portal.opened()
    at = portal.answer(lines, line=["1", "2"])
    at = portal.answer(at, reason="change_of_mind.dislike", all="1")
    assert at.endswith("/remedy/1")
    assert portal.answer(at, remedy="refund", all="1").endswith("/confirm")
    confirm = portal.get(at.replace("/remedy/1", "/confirm")).text
    assert "You get back in total: €69.90" in confirm, "30.00 and 49.90, less twice 5.00"


def test_whoever_exchanges_says_for_what(portal: Portal) -> None:
    at = portal.answer(portal.answer(portal.opened(), line="2"), reason="size.too_small")
    confirm = portal.answer(at, remedy="exchange", instead="The green one")
    assert "The green one" in portal.get(confirm).text
    submit(portal, confirm)
    with portal.installation.deps.units.read(MERCHANT) as unit:
        words = [entry.words for entry in unit.claims.record(claims(portal)[0])]
    assert "What would you like instead? The green one" in words


@pytest.mark.parametrize(("step", "text"), [("", "Choose at least one item."), ("reason", "Choose a reason.")])
def test_what_is_missing_is_asked_for_where_it_is_missing(portal: Portal, step: str, text: str) -> None:
    at = portal.opened()
    path = portal.answer(at, line="1") if step else at
    answer = portal.post(path)
    assert answer.status_code == 422
    assert f'role="alert" id="fault" tabindex="-1" autofocus>{text}' in answer.text


def test_no_more_than_is_left_can_be_claimed_and_what_is_claimed_is_left_no_more(portal: Portal) -> None:
    lines = portal.opened()
    assert "<option>3</option>" in portal.get(lines).text
    portal.answer(lines, line="1", **{"quantity-1": "999"})
    assert "<option selected>3</option>" in portal.get(lines).text
    submit(portal, written(portal))
    assert "<option" not in portal.get(portal.opened()).text
    submit(portal, _confirmed(portal))
    assert "Nothing of this is left to return." in portal.get(portal.opened()).text


def _confirmed(portal: Portal) -> str:
    at = portal.answer(portal.opened(), line="1")
    return portal.answer(portal.answer(at, reason="change_of_mind.dislike"), remedy="refund")


def test_what_nobody_promises_can_be_asked_for_and_no_amount_is_promised(portal: Portal) -> None:
    portal.installation.clock.at = NOW.replace(year=2031)
    lines = portal.opened()
    remedy = portal.answer(portal.answer(lines, line="2"), reason="change_of_mind.not_needed")
    page = portal.get(remedy).text
    assert "You can ask all the same" in page
    assert "How much you get back is decided by the shop." in page
    submit(portal, portal.answer(remedy, remedy="refund"))
    assert len(claims(portal)) == 1


def test_files_come_with_the_form_alone_and_can_be_taken_back(portal: Portal) -> None:
    lines = portal.opened()
    evidence = portal.answer(portal.answer(lines, line="2"), reason="quality.defective")
    assert "photo and serial number" in portal.get(evidence).text
    photo = (BytesIO(media.jpeg((900, 700))), "crack.jpg", "image/jpeg")
    answer = portal.client.post(evidence, data={"file": photo, "go": "add"}, buffered=True)
    assert (answer.status_code, answer.location) == (303, evidence)
    shown = portal.get(evidence).text
    file = re.search(r'value="(remove:[^"]+)"', shown)
    assert file
    assert "crack.jpg" in shown
    assert portal.answer(evidence, go=file[1]) == evidence
    assert "crack.jpg" not in portal.get(evidence).text


def test_a_file_that_comes_with_the_form_belongs_to_the_claim(portal: Portal) -> None:
    evidence = portal.answer(portal.answer(portal.opened(), line="2"), reason="quality.defective")
    photo = (BytesIO(media.jpeg((900, 700))), "crack.jpg", "image/jpeg")
    answer = portal.client.post(evidence, data={"file": photo, "serial": "X"}, buffered=True)
    submit(portal, portal.answer(answer.location, remedy="repair"))
    with portal.installation.deps.units.read(MERCHANT) as unit:
        (claim,) = unit.claims.of_order(portal.order)
        assert [each.name for each in unit.evidence.of_claim(claim)] == ["crack.jpg"]
        assert len(read_claim(claim, unit).evidence) == 1


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b""])
def test_a_file_that_is_no_evidence_is_refused_in_words(portal: Portal, content: bytes) -> None:
    evidence = portal.answer(portal.answer(portal.opened(), line="2"), reason="quality.defective")
    answer = portal.client.post(evidence, data={"file": (BytesIO(content), "x.jpg", "image/jpeg"), "go": "add"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "x.jpg" not in portal.get(evidence).text


def test_nobody_submits_the_draft_of_another_order(portal: Portal) -> None:
    confirm = written(portal)
    draft = DRAFT.search(portal.get(confirm).text)
    assert draft
    stored = portal.installation.stored(portal.order).order
    portal.installation.keep(
        replace(
            stored,
            ref=replace(stored.ref, external_id="7"),
            number="7",
            shopper=replace(stored.shopper, email="kai@example.com"),
        )
    )
    theirs = portal.get(portal.find("7", "kai@example.com").location).location
    assert portal.post(f"{theirs}/confirm", draft=draft[1]).status_code == 404
    assert claims(portal) == []


def test_what_people_type_is_text_and_nothing_else(portal: Portal) -> None:
    at = portal.answer(portal.opened(), line="1")
    portal.answer(at, reason="size.too_small", note="<script>alert(1)</script>\x00\x1b")
    page = portal.get(at).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in page


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_what_was_written_is_sent_on_either_database(
    request: pytest.FixtureRequest, tmp_path: Path, law: Law, database: str
) -> None:
    installed = install(request.getfixturevalue(database), tmp_path, law)
    portal = a_portal(installed)
    assert "/claims/" in submit(portal, written(portal))
    installed.run_jobs()
    assert len(claims(portal)) == 1
    installed.storage.close()
