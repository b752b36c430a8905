"""Junk among withdrawals: a manager takes it off the desk and puts it back; it stays on record and in force."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.declaration import Declaration, Proof
from plugin.domain.effects import OpenWithdrawal
from plugin.domain.shop import Role
from plugin.usecases.prove_declaration import prove_by_link
from tests.build import MERCHANT, an_order
from tests.support.admin import Browser, Installation
from tests.web.admin.test_declarations import PAGE, declared, on_record

WHY = "Sells <b>pills</b>"


@pytest.fixture
def junk(light: Installation) -> Declaration:
    return declared(light, reference="cheap pills", reply_to="eve@example.com")


def aside(browser: Browser, found: Declaration, why: str = WHY) -> int:
    return browser.send(f"{PAGE}/{found.id}/aside", form_at=PAGE, aside_reason=why).status_code


def test_a_manager_sets_one_aside_with_a_reason_and_takes_it_back(light: Installation, junk: Declaration) -> None:
    manager = light.signed_in(Role.MANAGER)
    assert aside(manager, junk) == HTTPStatus.SEE_OTHER
    page = manager.get(PAGE).text
    assert "The withdrawal is set aside." in page
    assert junk.number not in page
    off = manager.get(f"{PAGE}?aside=1").text
    for said in (junk.number, "cheap pills", "Sells &lt;b&gt;pills&lt;/b&gt;", "manager@shop.example"):
        assert said in off
    manager.send(f"{PAGE}/{junk.id}/up", form_at=f"{PAGE}?aside=1")
    assert junk.number in manager.get(PAGE).text
    assert on_record(light, junk).aside is None


def test_without_a_reason_nothing_is_set_aside(light: Installation, junk: Declaration) -> None:
    manager = light.signed_in(Role.MANAGER)
    answer = manager.send(f"{PAGE}/{junk.id}/aside", form_at=PAGE, aside_reason=" ")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Say why it is set aside." in answer.text
    assert on_record(light, junk).aside is None


def test_agents_neither_see_the_way_nor_may_go_it(light: Installation, junk: Declaration) -> None:
    agent = light.signed_in(Role.AGENT)
    assert f"{junk.id}/aside" not in agent.get(PAGE).text
    assert aside(agent, junk) == HTTPStatus.FORBIDDEN
    assert aside(light.signed_in(Role.MANAGER), junk) == HTTPStatus.SEE_OTHER
    assert f"{junk.id}/up" not in agent.get(f"{PAGE}?aside=1").text
    assert agent.send(f"{PAGE}/{junk.id}/up", form_at=PAGE).status_code == HTTPStatus.FORBIDDEN


def test_the_sender_who_proves_to_be_the_shopper_is_heard_all_the_same(light: Installation) -> None:
    (order,) = light.keep(an_order("1001"))
    found = declared(light, reply_to="eve@example.com")
    assert on_record(light, found).order == order
    aside(light.signed_in(Role.MANAGER), found)
    prove_by_link(found.id, order, merchant=MERCHANT, units=light.deps.units, now=light.clock.now())
    after = on_record(light, found)
    assert (after.proof, after.aside) == (Proof.LINK_OPENED, None)
    assert OpenWithdrawal(MERCHANT, found.id) in light.jobs.waiting


def test_what_is_proven_cannot_be_set_aside(light: Installation) -> None:
    light.keep(an_order("1001"))
    found, manager = declared(light, reference="the blue lamp"), light.signed_in(Role.MANAGER)
    manager.send(f"{PAGE}/{found.id}/order", form_at=PAGE, number="1001")
    assert on_record(light, found).is_proven
    assert aside(manager, found) == HTTPStatus.CONFLICT
