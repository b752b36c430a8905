"""Proof comes after the declaration: by the link the order's own address was mailed, never by opening it alone."""

from __future__ import annotations

import re
from http import HTTPStatus

from plugin.domain.declaration import Declaration, Proof
from tests.build import MERCHANT, a_shopper, an_order
from tests.support.withdrawing import Withdrawing

LINK = re.compile(r"https?://[^/]+(/s/\S+/withdraw/proof/\S+)")


def declared_by_a_stranger(function: Withdrawing) -> tuple[Declaration, str]:
    """Give the declaration and the path that the shopper was mailed."""
    function.declare(reply_to="eve@example.com")
    (declared,) = function.declared()
    found = LINK.search(function.letters()[-1].text)
    assert found
    return declared, found[1]


def on_record(function: Withdrawing, declared: Declaration) -> Declaration:
    with function.at.deps.units.read(MERCHANT) as unit:
        return unit.declarations.get(declared.id)


def test_opening_the_link_proves_nothing_and_its_button_does(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    declared, link = declared_by_a_stranger(function)
    assert "1001" in function.client.get(link).text
    assert on_record(function, declared).proof is Proof.NONE
    answer = function.client.post(link)
    assert "Ihr Widerruf wird jetzt ausgeführt." in answer.text
    assert on_record(function, declared).proof is Proof.LINK_OPENED
    assert function.client.post(link).status_code == HTTPStatus.OK
    assert function.declared() == []


def test_the_link_shows_nothing_that_the_stranger_typed(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    _, link = declared_by_a_stranger(function)
    page = function.client.get(link).text
    assert "eve@" not in page
    assert "Ida Holm" not in page


def test_a_link_for_one_order_proves_nothing_of_another(function: Withdrawing) -> None:
    _, other = function.at.keep(an_order("1001"), an_order("1002", shopper=a_shopper("bo@example.com")))
    declared, link = declared_by_a_stranger(function)
    with function.at.deps.units(MERCHANT) as unit:
        unit.declarations.save(on_record(function, declared).about(other))
        unit.commit()
    assert function.client.get(link).status_code == HTTPStatus.NOT_FOUND
    assert function.client.post(link).status_code == HTTPStatus.NOT_FOUND
    assert on_record(function, declared).proof is Proof.NONE


def test_a_link_that_is_not_ours_is_refused_in_words(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    _, link = declared_by_a_stranger(function)
    forged = link.replace("/proof/", "/proof/a").replace("lang=de", "lang=en")
    answer = function.client.post(forged)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Open the link in our mail again" in answer.text


def test_the_receipt_of_the_stranger_opens_no_proof(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    receipt = function.confirm(function.second(reply_to="eve@example.com"), follow=False).location
    assert function.client.post(receipt.replace("/receipt/", "/proof/")).status_code == HTTPStatus.NOT_FOUND


def test_the_orders_address_is_told_at_once_three_times_an_hour(function: Withdrawing) -> None:
    function.at.keep(an_order("1001"))
    for number in range(5):
        function.declare(reply_to=f"eve{number}@example.com")
    told = [effect for effect in function.at.jobs.waiting if "declared-" in str(effect)]
    assert len(told) == 3
    assert [letter.to for letter in function.letters()].count("ida@example.com") == 5
