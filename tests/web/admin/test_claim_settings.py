"""Limits, budgets, texts and payouts: set by managers, told at the field, handed to the bank."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest

from plugin.domain.claim_settings import ClaimSettings, SurveyWish
from plugin.domain.money import Money
from plugin.domain.refund.intent import RefundState
from plugin.domain.refund.payee import BankAccount
from plugin.domain.shop import Role
from tests.build import MERCHANT, NOW
from tests.support.admin import Installation
from tests.support.claim_cases import open_case, place
from tests.support.refunds import an_intent

FORM = {
    "currency.0": "eur",
    "second_above.0": "200",
    "goodwill.0": "50,00",
    "currency.1": "",
    "second_above.1": "",
    "goodwill.1": "",
    "holder": "Nordkap",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "",
}
ACCOUNT = BankAccount.parse("Nordkap", FORM["iban"])
PAYEE = BankAccount.parse("Ida Holm", "FR14 2004 1010 0505 0001 3M02 606")


def settings_of(installation: Installation) -> ClaimSettings:
    with installation.deps.units.read(MERCHANT) as unit:
        return unit.claim_desk.settings()


def test_limits_budgets_and_the_account_are_kept(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    assert browser.send("/admin/claims/settings", **FORM).status_code == HTTPStatus.SEE_OTHER
    kept = settings_of(light)
    assert kept.second_above == (Money(20000, "EUR"),)
    assert kept.goodwill == (Money(5000, "EUR"),)
    assert kept.debtor == ACCOUNT
    assert 'value="200.00"' in browser.get("/admin/claims/settings").text


def test_whether_codes_are_good_by_themselves_alone_is_kept_and_shown(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    for is_alone, form in ((True, {"vouchers.alone": "1"}), (False, {})):
        assert browser.send("/admin/claims/settings/vouchers", **form).status_code == HTTPStatus.SEE_OTHER
        assert settings_of(light) == ClaimSettings(vouchers_alone=is_alone)
        page = browser.get("/admin/claims/settings").text
        assert ('name="vouchers.alone" value="1" checked' in page) is is_alone


@pytest.mark.parametrize(
    ("field", "typed"), [("second_above.0", "many"), ("goodwill.0", "1,234"), ("iban", "DE00 1234"), ("holder", "")]
)
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_kept(
    light: Installation, field: str, typed: str
) -> None:
    answer = light.signed_in(Role.MANAGER).send("/admin/claims/settings", **{**FORM, field: typed})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="e-{field}"' in answer.text
    assert f'name="goodwill.0" value="{FORM["goodwill.0"] if field != "goodwill.0" else typed}"' in answer.text
    assert settings_of(light) == ClaimSettings()


def test_agents_read_the_limits_and_never_the_account(light: Installation) -> None:
    light.signed_in(Role.MANAGER).send("/admin/claims/settings", **FORM)
    page = light.signed_in(Role.AGENT).get("/admin/claims/settings").text
    assert 'value="200.00"' in page
    assert ACCOUNT.iban not in page


def test_a_text_of_ones_own_is_filled_in_on_the_case(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    text = {"name": "Warm words", "language": "de", "text": "Hallo {name}, zu {number} von {shop}: {unknown}"}
    browser.send("/admin/claims/settings/texts", **text)
    claim = open_case(light, place(light))
    fields = {"seen": claim.version, "form": "write", "canned": "0", "insert": "1"}
    page = browser.send(f"/admin/claims/{claim.id}/do/write", **fields).text
    assert f"Hallo Ida Holm, zu {claim.number} von Nordkap: {{unknown}}" in page
    browser.send("/admin/claims/settings/texts/remove", name="Warm words", language="de")
    assert settings_of(light).texts == ()


def wait_for_account(light: Installation, *, has_payee: bool = True) -> str:
    claim = open_case(light, place(light))
    waiting = replace(an_intent(), order=claim.order, purpose=claim.id).awaits_shopper("cash_on_delivery", NOW)
    with light.deps.units(MERCHANT) as unit:
        unit.refunds.save([waiting])
        if has_payee:
            unit.refunds.keep_payee(waiting.id, PAYEE)
        unit.commit()
    return waiting.id


def test_payouts_are_handed_to_the_bank_and_recorded_as_paid_once(light: Installation) -> None:
    refund, browser = wait_for_account(light), light.signed_in(Role.MANAGER)
    assert PAYEE.masked in browser.get("/admin/payouts").text
    no_account = browser.send("/admin/payouts/file", refund=refund, what="sepa")
    assert no_account.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    browser.send("/admin/claims/settings", **FORM)
    sepa = browser.send("/admin/payouts/file", refund=refund, what="sepa")
    assert sepa.mimetype == "application/xml"
    assert PAYEE.iban in sepa.text
    assert ACCOUNT.iban in sepa.text
    assert PAYEE.iban in browser.send("/admin/payouts/file", refund=refund, what="table").text
    assert browser.send("/admin/payouts/paid", refund=refund).status_code == HTTPStatus.SEE_OTHER
    assert browser.send("/admin/payouts/paid", refund=refund).status_code == HTTPStatus.CONFLICT
    with light.deps.units.read(MERCHANT) as unit:
        assert unit.refunds.get(refund).state is RefundState.INTENT  # type: ignore[arg-type]  # its id
    assert "Nothing to pay out" in browser.get("/admin/payouts").text


def test_a_payout_without_an_account_says_so_and_is_in_no_file(light: Installation) -> None:
    refund, browser = wait_for_account(light, has_payee=False), light.signed_in(Role.MANAGER)
    assert "account not named yet" in browser.get("/admin/payouts").text
    assert browser.send("/admin/payouts/file", refund=refund).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_nobody_is_surveyed_until_a_manager_wants_it(light: Installation) -> None:
    browser, page = light.signed_in(Role.MANAGER), "/admin/claims/settings"
    assert not settings_of(light).survey.is_on
    answer = browser.send(f"{page}/survey", **{"survey.is_on": "1", "survey.address": "http://survey.example"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="e-survey.address"' in answer.text
    assert not settings_of(light).survey.is_on, "nothing is kept of a form with a fault"
    browser.send(f"{page}/survey", **{"survey.is_on": "1", "survey.address": "https://survey.example"})
    assert settings_of(light).survey == SurveyWish(is_on=True, address="https://survey.example")
    assert 'value="https://survey.example"' in browser.get(page).text
    browser.send(f"{page}/survey", **{"survey.address": ""})
    assert settings_of(light).survey == SurveyWish()
