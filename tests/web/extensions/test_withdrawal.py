"""The withdrawal function in a customer account: two screens, official words, a receipt, and what becomes of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.declaration import Declaration, Proof
from plugin.domain.effects import OpenWithdrawal
from plugin.ports.mailer import Mail
from plugin.usecases.claim.act import read_claim
from tests.build import MERCHANT, NOW
from tests.web.extensions.conftest import ORDER, Extensions, fits

AT = f"/account/orders/{ORDER}/withdrawal"


def first(at: Extensions, **changed: object) -> dict[str, Any]:
    """The first screen as it stands, all goods picked."""
    form = at.told(AT, lang="en")
    fits("WithdrawalFormAnswer", form)
    units = [{"line": each["line"], "quantity": each["quantity"]} for each in form["units"]]
    typed = {name: form[name]["value"] for name in ("name", "reference", "reply_to")}
    return {**typed, "units": units, **changed}


def check(at: Extensions, wish: dict[str, Any], **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = at.post(f"{AT}/check", wish, **({"lang": "en"} | query))
    assert answer.status_code == HTTPStatus.OK, answer.text
    fits("WithdrawalCheckAnswer", answer.get_json())
    return answer.get_json()


def confirm(at: Extensions, wish: dict[str, Any], form: str) -> Any:  # noqa: ANN401 - JSON
    answer = at.post(AT, {**wish, "form": form}, lang="en")
    assert answer.status_code == HTTPStatus.CREATED, answer.text
    fits("WithdrawalReceiptAnswer", answer.get_json())
    return answer.get_json()


def declared(at: Extensions, email: str = "ida@example.com") -> list[Declaration]:
    with at.installation.deps.units.read(MERCHANT) as unit:
        person = unit.people.find(email)
        assert person is not None
        return [unit.declarations.get(each) for each in unit.personal_records.declarations(person, at.shop.id)]


def letters(at: Extensions) -> list[Mail]:
    with at.installation.deps.units.read(MERCHANT) as unit:
        found = unit.mails.unsent(NOW.replace(year=2000), NOW.replace(year=2100), 10)
        return [mail for each in found if (mail := unit.mails.get(each))]


def test_a_withdrawal_is_declared_acknowledged_and_carried_out(stored: Extensions) -> None:
    wish = first(stored, units=[{"line": "11", "quantity": 2}, {"line": "12", "quantity": 0}])
    second = check(stored, wish)
    assert ("Withdrawal from", "2 × Tent lantern") in [(row["term"], row["text"]) for row in second["rows"]]
    receipt = confirm(stored, wish, second["form"])
    assert {"Number", "Received", "Your name", "Withdrawal from"} <= {row["term"] for row in receipt["rows"]}
    assert "ida@example.com" in receipt["text"]
    page = stored.client.get(receipt["receipt"]["url"])
    assert (page.status_code, "2 × Tent lantern" in page.text) == (HTTPStatus.OK, True)
    assert [effect for effect in stored.installation.jobs.waiting if isinstance(effect, OpenWithdrawal)]
    stored.installation.run_jobs()
    with stored.installation.deps.units.read(MERCHANT) as unit:
        (claim,) = (read_claim(each, unit) for each in unit.claims.of_order(stored.order))
    assert claim.track is ClaimTrack.WITHDRAWAL
    assert [(line.order_line, line.quantity) for line in claim.lines] == [("11", 2)]
    assert claim.withdrawal is not None
    told = stored.told(f"/account/claims/{claim.id}", lang="en")
    assert "You declared your withdrawal." in [each["title"] for each in told["happened"]]


def test_whoever_is_signed_in_stands_behind_it_and_it_is_written_to_them(extensions: Extensions) -> None:
    wish = first(extensions)
    form = check(extensions, wish)["form"]
    confirm(extensions, wish, form)
    (known,) = declared(extensions)
    assert (known.proof, known.order, known.received_at) == (Proof.SIGNED_IN, extensions.order, NOW)
    assert known.statement is not None
    assert known.statement.picked == (), "all goods are the whole contract"
    (letter,) = letters(extensions)
    assert (letter.to, known.number in letter.text) == ("ida@example.com", True)


def test_confirming_twice_declares_once(extensions: Extensions) -> None:
    wish = first(extensions)
    form = check(extensions, wish)["form"]
    assert confirm(extensions, wish, form) == confirm(extensions, wish, form)
    assert (len(declared(extensions)), len(letters(extensions))) == (1, 1)


def test_a_form_that_comes_back_with_something_else_declares_that_too(stored: Extensions) -> None:
    wish = first(stored)
    confirm(stored, wish, "one")
    evas = {**wish, "name": "Eva", "reference": "#6502", "reply_to": "eva@example.com"}
    for _ in range(2):
        answer = stored.post(AT.replace(ORDER, "6502"), {**evas, "form": "one"}, stored.token("8"), lang="en")
        assert "Eva" in [row["text"] for row in answer.get_json()["rows"]]
    (known,) = declared(stored, "eva@example.com")
    assert (known.statement is not None and known.statement.name, known.order == stored.order) == ("Eva", False)
    confirm(stored, {**wish, "units": [{"line": "12", "quantity": 1}]}, "one")
    assert len(declared(stored)) == 2


def test_signs_that_no_database_keeps_are_nobodys_and_break_nothing(stored: Extensions) -> None:
    for path in ("/account/orders/65%0001", "/account/orders/6501%00/withdrawal", "/account/claims/a%00b"):
        assert stored.get(path).status_code == HTTPStatus.NOT_FOUND, path
    sent = stored.post(f"/account/orders/{ORDER}/claim/submit", {"draft": "a\0b"})
    assert sent.get_json()["code"] == "claim_draft_unknown"
    wish = first(stored, name="Ida\0 Holm")
    assert "Ida Holm" in [row["text"] for row in confirm(stored, wish, "\0one")["rows"]]


def test_the_screens_say_the_official_words_of_the_country(extensions: Extensions) -> None:
    form = extensions.told(AT, lang="de")
    second = check(extensions, first(extensions), lang="de")
    assert form["button"] == {"text": "Vertrag widerrufen", "language": "de"}
    assert second["button"] == {"text": "Widerruf bestätigen", "language": "de"}
    hosted = extensions.client.get(f"/s/{extensions.shop.key}/withdraw?lang=de&country=DE").text
    for words in (form["button"]["text"], form["name"]["label"], form["reply_to"]["label"]):
        assert words in hosted


def test_what_is_missing_is_said_at_its_field_and_nothing_is_declared(extensions: Extensions) -> None:
    wish = first(extensions, name=" ", reply_to="ida", units=[{"line": "11", "quantity": 0}])
    second = check(extensions, wish)
    assert [each["field"] for each in second["wrong"]] == ["name", "reply_to", "units"]
    assert second["rows"] == []
    answer = extensions.post(AT, {**wish, "form": second["form"]})
    assert (answer.status_code, answer.get_json()["field"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, "name")
    assert declared(extensions) == []


def test_more_than_was_bought_is_not_withdrawn_from(extensions: Extensions) -> None:
    wish = first(extensions, units=[{"line": "12", "quantity": 900}, {"line": "99", "quantity": 1}])
    assert "1 × Camping stove" in [row["text"] for row in check(extensions, wish)["rows"]]


def test_where_the_function_is_off_there_is_none(extensions: Extensions) -> None:
    with extensions.installation.deps.units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(extensions.shop.id, None)
        unit.commit()
    answer = extensions.get(AT)
    assert (answer.status_code, answer.get_json()["code"]) == (HTTPStatus.NOT_FOUND, "withdrawal_off")
    assert extensions.told(f"/account/orders/{ORDER}")["withdrawal"] is None
