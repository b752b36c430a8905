"""An order that changes hands: who has it now writes anew, and reads nothing of what was written before."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from plugin.domain.evidence import Evidence
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, PersonId
from plugin.usecases.shopify.read_customer_claim import read_customer_claim
from tests.build import MERCHANT, NOW, a_shopper
from tests.web.extensions.conftest import ORDER, Extensions, shopify_order

AT = f"/account/orders/{ORDER}"
NOTE = "My neighbour Konstantin saw it break"
WHOLE = {"line": "12", "quantity": 1, "reason": "change_of_mind.dislike", "remedy": "store_credit", "note": NOTE}


def hand_over(at: Extensions) -> None:
    """The merchant moves the order to customer 8."""
    with at.installation.deps.units(MERCHANT) as unit:
        stored = unit.orders.get(at.order)
        eva = a_shopper("eva@example.com", external_id="8", name="Eva")
        unit.orders.save([replace(stored, order=replace(stored.order, shopper=eva))])
        unit.commit()


def person(at: Extensions) -> PersonId:
    """Whose order it is."""
    with at.installation.deps.units.read(MERCHANT) as unit:
        return unit.people.behind([at.order])[at.order]


def add_file(at: Extensions, draft: str, name: str, claim: ClaimId | None = None) -> None:
    """A photograph whose name tells of somebody."""
    file = Evidence(
        id=EvidenceId(f"file of {person(at)}"),
        shop=at.shop.id,
        draft=ClaimDraftId(draft),
        person=person(at),
        name=name,
        declared_type="image/jpeg",
        size=1,
        created_at=NOW,
        touched_at=NOW,
        claim=claim,
    )
    with at.installation.deps.units(MERCHANT) as unit:
        unit.evidence.add(file)
        unit.commit()


def write(at: Extensions, *lines: dict[str, object], customer: str = "7", order: str = ORDER) -> Any:  # noqa: ANN401 - JSON
    answer = at.post(f"/account/orders/{order}/claim", {"lines": lines}, at.token(customer), lang="en")
    assert answer.status_code == HTTPStatus.OK, answer.text
    return answer.get_json()


def send(at: Extensions, draft: str, customer: str, order: str = ORDER) -> Any:  # noqa: ANN401 - an answer
    return at.post(f"/account/orders/{order}/claim/submit", {"draft": draft}, at.token(customer), lang="en")


def test_what_somebody_else_was_writing_is_neither_shown_nor_sent(stored: Extensions) -> None:
    before = write(stored, WHOLE)
    add_file(stored, before["draft"], "konstantin.jpg")
    hand_over(stored)
    shown = stored.get(AT, stored.token("8"))
    assert (shown.status_code, shown.get_json()["draft"], NOTE in shown.text) == (HTTPStatus.OK, None, False)
    assert send(stored, before["draft"], "8").get_json()["code"] == "claim_draft_unknown"
    begun = write(stored, {**WHOLE, "note": ""}, customer="8")
    assert begun["draft"] != before["draft"]
    assert [line["note"] for line in begun["lines"]] == [""]
    sent = send(stored, begun["draft"], "8")
    assert (sent.status_code, NOTE in sent.text) == (HTTPStatus.CREATED, False)


def test_words_and_files_of_a_claim_stay_with_whoever_gave_them(stored: Extensions) -> None:
    draft = write(stored, WHOLE)["draft"]
    claim = send(stored, draft, "7").get_json()
    add_file(stored, draft, "konstantin.jpg", ClaimId(claim["id"]))
    view = read_customer_claim(claim["id"], "7", stored.shop, units=stored.installation.deps.units)
    assert [entry.words for entry in view.entries if entry.seal] == [NOTE]
    assert [file.name for file in view.evidence] == ["konstantin.jpg"]
    hand_over(stored)
    view = read_customer_claim(claim["id"], "8", stored.shop, units=stored.installation.deps.units)
    assert [entry.words for entry in view.entries if entry.seal] == [None]
    assert view.evidence == []
    add_file(stored, draft, "eva.jpg", ClaimId(claim["id"]))
    page = stored.client.get(claim["page"]["url"])
    assert ("eva.jpg" in page.text, "konstantin.jpg" in page.text, NOTE in page.text) == (True, False, False)


def test_who_gave_no_address_can_claim_all_the_same(stored: Extensions) -> None:
    stored.installation.keep(shopify_order("6509", shopper=a_shopper(None)), policy_version="v1", shop=stored.shop.id)
    sent = send(stored, write(stored, WHOLE, order="6509")["draft"], "7", "6509")
    assert sent.status_code == HTTPStatus.CREATED, sent.text
    view = read_customer_claim(sent.get_json()["id"], "7", stored.shop, units=stored.installation.deps.units)
    assert [entry.words for entry in view.entries if entry.seal] == [NOTE]
