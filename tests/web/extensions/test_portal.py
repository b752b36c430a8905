"""The returns portal in a customer account: own orders, a claim from its lines to its page, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest

from plugin.usecases.limit_attempts import Counted, limit_attempts
from plugin.web.extensions.account import WRITES
from tests.build import MERCHANT
from tests.web.extensions.conftest import ORDER, OTHER, Extensions, fits

AT = f"/account/orders/{ORDER}"
LINE = {"line": "12", "quantity": 1}
WHOLE = {**LINE, "reason": "change_of_mind.dislike", "remedy": "store_credit", "note": "Too loud"}


def quoted(at: Extensions, *lines: dict[str, object], **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = at.post(f"{AT}/claim", {"lines": lines}, **({"lang": "en"} | query))
    assert answer.status_code == HTTPStatus.OK, answer.text
    fits("ClaimDraftAnswer", answer.get_json())
    return answer.get_json()


def sent(at: Extensions, *lines: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
    draft = quoted(at, *lines)["draft"]
    answer = at.post(f"{AT}/claim/submit", {"draft": draft}, lang="en")
    assert answer.status_code == HTTPStatus.CREATED, answer.text
    fits("ClaimAnswer", answer.get_json())
    return answer.get_json()


def test_a_list_tells_of_the_customers_own_orders_what_runs_out_first(extensions: Extensions) -> None:
    told = extensions.told("/account/orders", ids=f"6503,{ORDER},6502,1,{ORDER}", lang="en")
    fits("OrdersAnswer", told)
    (only,) = told["orders"]
    assert (only["id"], only["title"], only["can_claim"], only["claims"]) == (ORDER, f"Order #{ORDER}", True, [])
    assert only["items"] == ["3 × Tent lantern", "1 × Camping stove"]
    rights = extensions.told(f"{AT}/windows", lang="en")["rights"]["lines"]
    clocks = [clock for line in rights for clock in line["clocks"] if clock["state"] == "open" and clock["closes_at"]]
    assert only["next"] == min(clocks, key=lambda clock: clock["closes_at"])["sentence"]


@pytest.mark.parametrize("ids", ["", "999999", ORDER])
def test_orders_that_have_not_reached_us_have_their_ways_too(extensions: Extensions, ids: str) -> None:
    told = extensions.told("/account/orders", ids=ids, lang="en")
    fits("OrdersAnswer", told)
    assert told["entry"]["text"] == "Find order"
    for way in (told["entry"], told["withdrawal"]):
        assert extensions.client.get(way["url"]).status_code == HTTPStatus.OK


@pytest.mark.parametrize("ids", ["gid://shopify/Order/1", "1,,2", ",".join("1" * 21), "1" * 21])
def test_what_is_no_list_of_ids_is_refused(extensions: Extensions, ids: str) -> None:
    answer = extensions.get("/account/orders", ids=ids)
    assert (answer.status_code, answer.get_json()["field"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, "ids")


def test_an_order_has_everything_that_a_claim_begins_with(extensions: Extensions) -> None:
    told = extensions.told(AT, lang="en")
    fits("OrderAnswer", told)
    assert [(line["title"], line["left"], line["none_left"]) for line in told["lines"]] == [
        ("Tent lantern", 3, ""),
        ("Camping stove", 1, ""),
    ]
    panel = extensions.told(f"{AT}/windows", lang="en")
    assert [line["clocks"] for line in told["lines"]] == [line["clocks"] for line in panel["rights"]["lines"]]
    assert told["withdrawal"] == panel["withdrawal"]
    assert told["draft"] is None
    assert "change_of_mind.dislike" in [reason["id"] for group in told["reasons"] for reason in group["reasons"]]


def test_a_claim_is_written_by_saying_more_each_time(extensions: Extensions) -> None:
    chosen = quoted(extensions, LINE)
    assert [(line["title"], line["remedies"]) for line in chosen["lines"]] == [("1 × Camping stove", [])]
    (reasoned,) = quoted(extensions, {**LINE, "reason": "change_of_mind.dislike"})["lines"]
    offered = {each["id"]: each for each in reasoned["remedies"]}
    assert {"refund", "store_credit", "exchange"} <= set(offered)
    assert offered["store_credit"]["name"][0].isupper()
    assert any("€" in text for text in offered["refund"]["sentences"])
    assert reasoned["payer"]
    whole = quoted(extensions, WHOLE)
    assert (whole["is_complete"], whole["lines"][0]["remedy"]) == (True, "store_credit")
    assert whole["lines"][0]["worth"] == offered["store_credit"]["sentences"]
    assert any("ida@example.com" in text for text in whole["after"])
    assert extensions.told(AT, lang="en")["draft"] == whole
    assert quoted(extensions, WHOLE) == whole


def test_the_quote_is_what_our_own_pages_say(extensions: Extensions) -> None:
    whole = quoted(extensions, WHOLE)
    page = extensions.client.get(_hosted(extensions, "confirm"), headers={"Accept-Language": "en"})
    assert page.status_code == HTTPStatus.OK
    for text in (*whole["lines"][0]["worth"], whole["lines"][0]["payer"], whole["lines"][0]["reason_text"]):
        assert text in page.text


def test_two_lines_come_to_a_sum(extensions: Extensions) -> None:
    lines = [{**WHOLE, "remedy": "refund"}, {**WHOLE, "line": "11", "quantity": 2, "remedy": "refund"}]
    assert "€" in quoted(extensions, *lines)["total"]
    assert quoted(extensions, lines[0])["total"] == ""


def test_what_does_not_fit_is_answered_as_not_said(extensions: Extensions) -> None:
    (wrong,) = quoted(extensions, {**WHOLE, "reason": "no.such_reason"})["lines"]
    assert (wrong["reason"], wrong["remedy"]) == (None, None)
    (never,) = quoted(extensions, {**WHOLE, "remedy": "gold"})["lines"]
    assert (never["reason"], never["remedy"]) == ("change_of_mind.dislike", None)
    assert quoted(extensions, {**WHOLE, "line": "99"})["lines"] == []
    (most,) = quoted(extensions, {**WHOLE, "quantity": 1000})["lines"]
    assert most["quantity"] == 1


def test_evidence_is_added_on_a_page_of_ours_that_opens_for_an_hour(extensions: Extensions) -> None:
    (line,) = quoted(extensions, {**LINE, "reason": "quality.defective"})["lines"]
    assert (line["evidence"]["wants_files"], line["evidence"]["wants_serial"]) == (True, True)
    upload = line["evidence"]["upload"]["url"]
    page = extensions.client.get(upload)
    assert page.status_code == HTTPStatus.OK
    assert "Camping stove" in page.text
    extensions.installation.clock.advance(timedelta(minutes=61))
    assert extensions.client.get(upload).status_code == HTTPStatus.NOT_FOUND


def test_the_choice_by_law_is_kept_as_seen_only_where_there_was_one(extensions: Extensions) -> None:
    faulty = {**LINE, "reason": "quality.defective", "remedy": "repair", "saw_choice": True, "serial": "SN 1"}
    (line,) = quoted(extensions, faulty)["lines"]
    assert line["legal"]
    assert (line["remedy"], line["serial"]) == ("repair", "SN 1")
    assert _draft(extensions).lines[0].was_choice_shown
    quoted(extensions, {**faulty, "saw_choice": False})
    assert not _draft(extensions).lines[0].was_choice_shown


def test_a_claim_sent_twice_is_one_and_stands_in_the_account(stored: Extensions) -> None:
    extensions = stored
    first = sent(extensions, WHOLE)
    again = extensions.post(f"{AT}/claim/submit", {"draft": _drafts(extensions)[0]}, lang="en")
    assert again.get_json()["id"] == first["id"]
    assert first["title"] == f"Request {first['number']}"
    assert first["happened"]
    (line,) = first["lines"]
    assert line["title"] == "1 × Camping stove"
    assert extensions.told(f"/account/claims/{first['id']}", lang="en") == first
    listed = extensions.told("/account/orders", ids=ORDER, lang="en")["orders"][0]
    assert [claim["id"] for claim in listed["claims"]] == [first["id"]]
    assert [each["left"] for each in extensions.told(AT)["lines"]] == [3, 0]
    page = extensions.client.get(first["page"]["url"], headers={"Accept-Language": "en"})
    assert first["number"] in page.text


def test_what_is_not_finished_is_not_sent(extensions: Extensions) -> None:
    draft = quoted(extensions, {**LINE, "reason": "change_of_mind.dislike"})["draft"]
    answer = extensions.post(f"{AT}/claim/submit", {"draft": draft})
    assert (answer.status_code, answer.get_json()["code"]) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "claim_draft_incomplete",
    )


def test_a_claim_can_be_called_off_once(extensions: Extensions) -> None:
    claim = sent(extensions, WHOLE)
    assert claim["can_cancel"]
    after = extensions.post(f"/account/claims/{claim['id']}/cancel", lang="en")
    assert after.status_code == HTTPStatus.OK, after.text
    assert not after.get_json()["can_cancel"]
    assert [line["left"] for line in extensions.told(AT)["lines"]] == [3, 1]


OWN = (
    ("GET", "/account/orders", None),
    ("GET", AT, None),
    ("POST", f"{AT}/claim", {"lines": [WHOLE]}),
    ("POST", f"{AT}/claim/submit", {"draft": "DRAFT"}),
    ("GET", "/account/claims/CLAIM", None),
    ("POST", "/account/claims/CLAIM/cancel", None),
    ("GET", f"{AT}/withdrawal", None),
    ("POST", f"{AT}/withdrawal/check", {"name": "Eva", "reference": "1", "reply_to": "eva@example.com", "units": []}),
    (
        "POST",
        f"{AT}/withdrawal",
        {"name": "Eva", "reference": "1", "reply_to": "eva@example.com", "units": [], "form": "f"},
    ),
)


@pytest.mark.parametrize(("method", "path", "wish"), OWN)
def test_nothing_of_it_is_anybody_elses(extensions: Extensions, method: str, path: str, wish: Any) -> None:  # noqa: ANN401 - JSON
    claim = sent(extensions, WHOLE)
    here = path.replace("CLAIM", claim["id"])
    if wish == {"draft": "DRAFT"}:
        wish = {"draft": _drafts(extensions)[0]}
    ask = extensions.get if method == "GET" else lambda at, signed: extensions.post(at, wish, signed)
    assert ask(here, extensions.token(None)).get_json()["code"] == "signed_out"
    assert ask(here, "a.b.c").status_code == HTTPStatus.UNAUTHORIZED
    for signed in (extensions.token("8"), extensions.token("7", shop=OTHER)):
        if path == "/account/orders":
            assert extensions.get(path, signed, ids=ORDER).get_json()["orders"] == []
            continue
        answer = ask(here, signed)
        assert (answer.status_code, answer.get_json()["code"]) == (HTTPStatus.NOT_FOUND, "portal_unknown")
    assert extensions.told(f"/account/claims/{claim['id']}", lang="en") == claim


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"lines": 1}', b'{"lines": [{"line": "12"}]}', b"\xff" * 300_000])
def test_a_body_that_says_nothing_is_told_so(extensions: Extensions, body: bytes) -> None:
    told = {"Authorization": f"Bearer {extensions.token()}", "Content-Type": "application/json"}
    answer = extensions.client.post(f"/extensions/v1{AT}/claim", data=body, headers=told)
    assert answer.status_code in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
    assert answer.mimetype == "application/problem+json"


def test_who_sends_without_end_is_told_to_wait(extensions: Extensions) -> None:
    at = extensions.installation
    for _ in range(WRITES.most):
        with at.deps.units(MERCHANT) as unit:
            limit_attempts((Counted("account write", f"{extensions.shop.id} 7", WRITES),), unit, at.clock.now())
            unit.commit()
    answer = extensions.post(f"{AT}/claim", {"lines": [WHOLE]})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(answer.headers["Retry-After"]) > 0
    assert extensions.get(f"{AT}/withdrawal").status_code == HTTPStatus.OK


def _draft(at: Extensions) -> Any:  # noqa: ANN401 - a draft
    with at.installation.deps.units.read(MERCHANT) as unit:
        return unit.claim_drafts.open(at.order)


def _drafts(at: Extensions) -> list[str]:
    """A claim bears the id of its draft."""
    with at.installation.deps.units.read(MERCHANT) as unit:
        return list(unit.claims.of_order(at.order))


def _hosted(at: Extensions, page: str) -> str:
    entry = at.told(f"{AT}/windows", lang="en")["entry"]["url"]
    return entry.partition("?")[0].removesuffix("/lines") + f"/{page}?lang=en"
