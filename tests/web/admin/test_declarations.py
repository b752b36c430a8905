"""What a withdrawal waits for, at the desk: that an agent says which order it is about, or vouches for its shopper."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.declaration import Declaration, Picked, Proof
from plugin.domain.effects import OpenWithdrawal
from plugin.domain.ids import LineId
from plugin.domain.shop import Role
from plugin.domain.shop_events import OrderSeen
from plugin.domain.times import Moment, Source
from plugin.usecases.apply_shop_events import apply_shop_events
from tests.build import MERCHANT, PLACED, a_line, an_order
from tests.support.admin import Installation
from tests.support.withdrawing import Withdrawing

PAGE = "/admin/declarations"


def declared(at: Installation, **typed: str) -> Declaration:
    function = Withdrawing(at)
    function.declare(**typed)
    return function.declared()[-1]


def on_record(at: Installation, found: Declaration) -> Declaration:
    with at.deps.units.read(MERCHANT) as unit:
        return unit.declarations.get(found.id)


def test_what_waits_is_listed_with_what_was_declared(light: Installation) -> None:
    found = declared(light, name="Ida <b>", reference="the blue lamp", part="One of two")
    page = light.signed_in().get(PAGE).text
    for said in (found.number, "Ida &lt;b&gt;", "the blue lamp", "One of two", "Not known yet", "Nordkap"):
        assert said in page


def test_an_agent_names_the_order_and_its_own_address_is_told(light: Installation) -> None:
    (order,) = light.keep(an_order("1001"))
    found = declared(light, reference="the blue lamp", reply_to="eve@example.com")
    agent = light.signed_in(Role.AGENT)
    answer = agent.send(f"{PAGE}/{found.id}/order", form_at=PAGE, number="#1001")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert (on_record(light, found).order, on_record(light, found).proof) == (order, Proof.NONE)
    assert [letter.to for letter in Withdrawing(light).letters()] == ["eve@example.com", "ida@example.com"]
    assert "Not proven yet" in agent.get(PAGE).text


def test_an_order_with_the_declared_address_needs_no_more_proof(light: Installation) -> None:
    light.keep(an_order("1001"))
    found = declared(light, reference="the blue lamp")
    light.signed_in(Role.AGENT).send(f"{PAGE}/{found.id}/order", form_at=PAGE, number="1001")
    assert on_record(light, found).proof is Proof.MAIL_EQUALS_ORDER
    assert "Nothing is waiting." in light.signed_in().get(PAGE).text


def test_a_number_nobody_has_is_told_at_its_field_and_kept(light: Installation) -> None:
    found = declared(light, reference="the blue lamp")
    answer = light.signed_in(Role.AGENT).send(f"{PAGE}/{found.id}/order", form_at=PAGE, number="4711")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert 'value="4711"' in answer.text
    assert f'aria-describedby="e-number-{found.id}"' in answer.text


def test_an_agent_confirms_and_says_how_they_made_sure(light: Installation) -> None:
    light.keep(an_order("1001"))
    found = declared(light, reply_to="eve@example.com")
    agent = light.signed_in(Role.AGENT)
    refused = agent.send(f"{PAGE}/{found.id}/confirm", form_at=PAGE, reason="  ")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Say how you made sure." in refused.text
    agent.send(f"{PAGE}/{found.id}/confirm", form_at=PAGE, reason="Phoned the number of the order")
    after = on_record(light, found)
    assert (after.proof, after.reason) == (Proof.AGENT_CONFIRMED, "Phoned the number of the order")
    assert after.proven_by is not None
    again = agent.send(f"{PAGE}/{found.id}/confirm", form_at=PAGE, reason="Again")
    assert again.status_code == HTTPStatus.CONFLICT


def test_an_agent_says_which_goods_a_typed_part_means_and_then_it_is_carried_out(light: Installation) -> None:
    light.keep(an_order("1001", lines=(a_line("11", quantity=2), a_line("12"))))
    found = declared(light, part="One of the lamps")
    agent = light.signed_in(Role.AGENT)
    assert "Goods not known yet" in agent.get(PAGE).text
    refused = agent.send(f"{PAGE}/{found.id}/units", form_at=PAGE, **{"units.11": "0"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose at least one unit." in refused.text
    agent.send(f"{PAGE}/{found.id}/units", form_at=PAGE, **{"units.11": "1", "units.12": "0"})
    assert on_record(light, found).units == (Picked(LineId("11"), 1, "Tent lantern"),)
    assert light.jobs.waiting[-1] == OpenWithdrawal(MERCHANT, found.id)
    assert "Nothing is waiting." in agent.get(PAGE).text


def test_what_a_shops_own_form_received_waits_for_somebody_to_say_which_goods_it_means(light: Installation) -> None:
    order = an_order("1001", withdrawn=Moment(PLACED, Source.PLATFORM))
    at = light.deps
    with at.units(MERCHANT) as unit:
        shop = unit.shops.get(light.shop(MERCHANT))
        apply_shop_events([(OrderSeen(order),)], shop, unit, at.ids)
        unit.commit()
    page = light.signed_in().get(PAGE).text
    for said in ("What was told in the shop’s own form", "Goods not known yet", "ida@example.com"):
        assert said in page
    assert Withdrawing(light).letters() == []


def test_a_declaration_about_no_order_cannot_be_confirmed(light: Installation) -> None:
    found = declared(light, reference="the blue lamp")
    answer = light.signed_in().send(f"{PAGE}/{found.id}/confirm", form_at=PAGE, reason="Phoned")
    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("action", ["order", "confirm"])
def test_who_only_looks_changes_nothing(light: Installation, action: str) -> None:
    light.keep(an_order("1001"))
    found = declared(light, reply_to="eve@example.com")
    viewer = light.signed_in(Role.VIEWER)
    assert found.id not in viewer.get(PAGE).text.replace(f"d-{found.id}", "")  # no form names it
    answer = viewer.send(f"{PAGE}/{found.id}/{action}", number="1001", reason="Phoned")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert on_record(light, found) == found


def test_the_list_turns_its_pages(light: Installation) -> None:
    function = Withdrawing(light)
    for number in range(52):
        function.declare(reference=f"lamp {number}-x")
    first = light.signed_in().get(PAGE).text
    assert first.count("card--apart") == 50
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert light.signed_in().get(following).text.count("card--apart") == 2


def test_the_function_is_switched_on_by_the_owner_after_a_test_mail(light: Installation) -> None:
    owner, shop = light.signed_in(), light.shop(MERCHANT)
    switch = f"/admin/shops/{shop}/withdrawal"
    refused = owner.send(switch, is_on="1")
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "First send a test mail" in refused.text
    with light.deps.units(MERCHANT) as unit:
        unit.senders.tested(light.clock.now())
        unit.commit()
    assert light.signed_in(Role.AGENT).send(switch, is_on="1").status_code == HTTPStatus.FORBIDDEN
    assert owner.send(switch, is_on="1").status_code == HTTPStatus.SEE_OTHER
    page = owner.get("/admin/shops").text
    assert "The withdrawal function is on." in page
    assert light.app.test_client().get("/s/key-Nordkap/withdraw").status_code == HTTPStatus.OK
    owner.send(switch, is_on="0")
    assert light.app.test_client().get("/s/key-Nordkap/withdraw").status_code == HTTPStatus.NOT_FOUND
