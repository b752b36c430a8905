"""The two screens: official words, three fields, no account; whatever is declared is recorded and acknowledged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from plugin.domain.declaration import Proof
from plugin.domain.effects import SendMail
from plugin.domain.law.texts import load_texts
from plugin.domain.order import OrderLine, Shopper
from plugin.i18n import WITHDRAWAL_LANGUAGES
from plugin.usecases.withdrawal_link import order_link_token
from plugin.web.storefront import order_token
from tests.build import MERCHANT, NOW, a_line, a_shopper, an_order
from tests.support.nonces import without_nonces
from tests.support.withdrawing import TYPED, Withdrawing

BUTTON = re.compile(r'<button type="submit" class="official"(?: lang="(\w+)" dir="ltr")?>([^<]+)</button>')
OFFICIAL = {language for language, key in load_texts().by_language if key == "withdraw_button"}


def button(text: str) -> tuple[str, str]:
    found = BUTTON.findall(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("language", sorted(OFFICIAL & set(WITHDRAWAL_LANGUAGES)))
def test_both_buttons_bear_the_official_words_of_the_language(function: Withdrawing, language: str) -> None:
    texts = load_texts().by_language
    first, second = function.first(lang=language).text, function.second(lang=language).text
    assert button(first)[1] == texts[language, "withdraw_button"].text
    assert button(second)[1] == texts[language, "confirm_button"].text


def test_the_words_a_country_prescribes_win_over_the_languages(function: Withdrawing) -> None:
    found = load_texts().national["AT", "de", "withdraw_button"]
    assert button(function.first(lang="de", country="AT").text)[1] == found.text


def test_where_a_language_has_no_official_words_the_english_ones_stand_and_say_so(function: Withdrawing) -> None:
    page = function.first(lang="ar").text
    assert button(page) == ("en", "Withdraw from contract here")
    assert '<html lang="ar" dir="rtl">' in page


def test_nothing_is_asked_but_name_contract_and_where_to_confirm(function: Withdrawing) -> None:
    page = function.first(lang="en").text
    assert re.findall(r'<(?:input|textarea|select) id="([^"]+)"', page) == ["name", "reference", "part", "reply_to"]
    assert page.count("aria-required") == 3
    assert "<a " not in page
    assert "<script" not in page


def test_the_second_screen_shows_what_is_declared_and_records_nothing(function: Withdrawing) -> None:
    page = function.second(lang="en", part="Two of the three lamps").text
    for said in ("Ida Holm", "1001", "ida@example.com", "Two of the three lamps"):
        assert said in page
    assert function.declared() == []
    assert function.letters() == []


def test_what_is_confirmed_is_on_record_with_its_instant_and_acknowledged_in_the_same_commit(
    function: Withdrawing,
) -> None:
    page = function.declare(lang="pl", country="PL")
    (declared,) = function.declared()
    assert declared.statement is not None
    assert (declared.statement.name, declared.statement.reference) == ("Ida Holm", "1001")
    assert (declared.received_at, declared.zone, declared.language) == (NOW, "Europe/Warsaw", "pl")
    assert function.at.jobs.waiting == [SendMail(MERCHANT, f"acknowledged-{declared.id}")]
    (letter,) = function.letters()
    assert letter.to == "ida@example.com"
    for told in (declared.number, "13:00:00 (UTC+01:00)", "21 listopada 2026"):
        assert told in page.text
        assert told in letter.text
    assert "Ida Holm" in letter.text
    assert "Odstąp od umowy tutaj" in letter.text


def test_a_field_that_is_not_usable_says_so_in_place_and_nothing_typed_is_lost(function: Withdrawing) -> None:
    answer = function.second(lang="de", name=" ", reply_to="ida@nowhere", part="Zwei Lampen")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'aria-describedby="name-wrong" aria-invalid="true" autofocus' in answer.text
    assert "Geben Sie Ihren Namen ein." in answer.text
    for kept in ("1001", "ida@nowhere", "Zwei Lampen"):
        assert kept in answer.text


def test_going_back_keeps_every_word(function: Withdrawing) -> None:
    page = function.second(change="1", name="", part="Zwei Lampen", lang="de").text
    assert "Zwei Lampen" in page
    assert "field--wrong" not in page


def test_a_second_tap_declares_once_and_shows_the_same_receipt(function: Withdrawing) -> None:
    screen = function.second()
    first, again = (function.confirm(screen, follow=False) for _ in range(2))
    assert first.status_code == HTTPStatus.SEE_OTHER
    assert first.location == again.location
    assert len(function.declared()) == 1
    assert len(function.letters()) == 1


def test_a_second_screen_that_comes_back_with_other_words_declares_them_too(function: Withdrawing) -> None:
    eva = {"name": "Eva", "reference": "1002", "reply_to": "eva@example.com"}
    for said in (TYPED, eva, eva):
        answer = function.client.post(f"{function.path}/confirm", data={**said, "form": "one"}, follow_redirects=True)
        assert said["name"] in answer.text
    assert sorted(each.statement.name for each in function.declared() if each.statement) == ["Eva", "Ida Holm"]


def test_a_declaration_of_an_order_nobody_knows_is_received_like_any_other(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    known = function.declare(reply_to="eve@example.com")
    unknown = function.declare(reply_to="eve@example.com", reference="9999")

    def without_own_facts(text: str) -> str:
        return re.sub(r"[0-9A-V]{4}-[0-9A-V]{4}|1001|9999", "", without_nonces(text))

    assert without_own_facts(known.text) == without_own_facts(unknown.text)
    assert [each.order is None for each in function.declared()] == [False, True]


def test_no_clock_refuses(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    function.at.clock.at = NOW + timedelta(days=4000)
    assert function.declare().status_code == HTTPStatus.OK
    assert len(function.letters()) == 1


def test_whoever_names_the_orders_own_address_has_proven_it(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    function.declare(reply_to="IDA@example.com", reference="order #1001, of Monday")
    assert function.declared() == []
    assert [letter.to for letter in function.letters()] == ["IDA@example.com"]


def test_a_stranger_learns_nothing_and_the_orders_own_address_is_told(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    page = function.declare(name="Evelyn <b>", reply_to="eve@example.com", part="See https://evil.example/x now")
    (declared,) = function.declared()
    assert (declared.order is not None, declared.proof) == (True, Proof.NONE)
    to_stranger, to_shopper = function.letters()
    assert (to_stranger.to, to_shopper.to) == ("eve@example.com", "ida@example.com")
    for theirs in ("Ida Holm", "Tent lantern", "ida@example.com"):
        assert theirs not in page.text + to_stranger.text
    for typed in ("Evelyn", "evil.example", "eve@"):
        assert typed not in to_shopper.text + (to_shopper.html or "")
    assert "https://evil" not in to_stranger.text
    assert "evil.example" not in to_stranger.text
    assert "<b>" not in (to_stranger.html or "") + page.text


def test_what_is_typed_becomes_plain_short_text(function: Withdrawing) -> None:
    function.declare(name="Ida\u202e\x07\x00 Holm" + "m" * 500, reference="1\n0\u200b01")
    (declared,) = function.declared()
    assert declared.statement is not None
    assert declared.statement.name.startswith("Ida Holmm")
    assert len(declared.statement.name) == 120
    assert declared.statement.reference == "1 001"


def test_many_in_a_row_are_all_recorded_and_their_letters_only_wait(function: Withdrawing) -> None:
    for _ in range(8):
        assert function.declare().status_code == HTTPStatus.OK
    assert len(function.declared()) == len(function.letters()) == 8
    assert len(function.at.jobs.waiting) == 5


def test_a_caller_who_sends_to_many_addresses_is_slowed_and_nobody_else(function: Withdrawing) -> None:
    for number in range(22):
        function.declare(reply_to=f"a{number}@example.com")
    assert len(function.at.jobs.waiting) == 20
    function.confirm(function.second(reply_to="b@example.com"), address="192.0.2.2")
    assert len(function.at.jobs.waiting) == 21
    assert len(function.declared()) == 23


@pytest.mark.parametrize("way", ["store page", "mailed link"])
def test_whoever_comes_by_a_link_of_ours_picks_from_the_order_and_is_known(function: Withdrawing, way: str) -> None:
    (order,) = function.at.keep(an_order("1001", lines=(a_line("11", quantity=3), a_line("12", title="Tent peg"))))
    issue = order_token.issue if way == "store page" else None
    secrets = function.at.deps.secrets
    token = issue(secrets, function.shop, order) if issue else order_link_token(order, function.shop, secrets)
    page = function.first(order=token, lang="en").text
    assert 'name="units.11"' in page
    assert 'value="1001"' in page
    assert ("ida@example.com" in page) is (way == "mailed link")
    picked = {"order": token, "units.11": "2", "units.12": "0", "lang": "en"}
    assert "2 × Tent lantern" in function.second(**picked).text
    function.confirm(function.second(**picked, reply_to="new@example.com"))
    assert function.declared() == []  # proven
    assert [letter.to for letter in function.letters()] == ["new@example.com", "ida@example.com"]


def test_all_units_picked_is_the_whole_order_and_none_is_said_at_the_list(function: Withdrawing) -> None:
    (order,) = function.at.keep(an_order("1001", lines=(a_line("11", quantity=2),)))
    token = order_link_token(order, function.shop, function.at.deps.secrets)
    assert "the whole order" in function.second(order=token, lang="en", **{"units.11": "2"}).text
    none = function.second(order=token, lang="en", **{"units.11": "0"})
    assert none.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose at least one item." in none.text


def test_a_link_that_is_not_ours_opens_the_function_as_for_anybody(function: Withdrawing) -> None:
    page = function.first(order="bm9uZQ.bm9uZQ", lang="en")
    assert page.status_code == HTTPStatus.OK
    assert 'id="part"' in page.text


def test_while_it_is_off_nobody_gets_in_but_what_is_confirmed_still_counts(function: Withdrawing) -> None:
    screen = function.second()
    with function.at.deps.units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(function.shop, None)
        unit.commit()
    assert function.first(lang="en").status_code == HTTPStatus.NOT_FOUND
    assert "Write to the shop" in function.first(lang="en").text
    assert function.confirm(screen).status_code == HTTPStatus.OK
    assert len(function.declared()) == 1


def test_the_receipt_shows_what_was_declared_for_a_day_and_its_number_for_ever(function: Withdrawing) -> None:
    where = function.confirm(function.second(), follow=False).location
    assert "Ida Holm" in function.client.get(where).text
    function.at.clock.at = NOW + timedelta(days=2)
    later = function.client.get(where)
    assert later.status_code == HTTPStatus.OK
    assert "Ida Holm" not in later.text
    assert function.client.get(where.replace("/receipt/", "/receipt/x")).status_code == HTTPStatus.NOT_FOUND


def test_no_page_of_it_is_kept_indexed_or_told_to_others(function: Withdrawing) -> None:
    for answer in (function.first(), function.second(), function.declare()):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers


def test_an_order_of_an_erased_shopper_is_told_to_nobody(function: Withdrawing) -> None:
    lines: tuple[OrderLine, ...] = (a_line(),)
    function.at.keep(an_order("1001", lines=lines, shopper=replace(a_shopper(None), name=None) or Shopper()))
    function.declare()
    assert [letter.to for letter in function.letters()] == ["ida@example.com"]
