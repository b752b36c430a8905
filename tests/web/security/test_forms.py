"""Another site's page changes nothing here, whatever cookies the browser sends along, and cannot choose a session."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.shop import Role
from tests.support.admin import RIVAL, TOKEN, Installation
from tests.web.security.desk import UNSAFE, actions, made_up, person
from tests.web.security.test_isolation import PUBLIC, REFUSED, ask, outside
from tests.web.security.world import THEIRS, World

COOKIELESS = {
    "portal": "addresses carry the token that opens them",
    "withdrawal": "all state is in the form",
    "evidence": "a header carries the token",
    "extensions": "a header carries the session token",
    "companion": "a header carries the signature",
    "install_woocommerce": "the name the shop was told is the proof",
    "webhooks": "a header carries the signature",
    "carrier_pushes": "the address and a header carry the proof",
}
"""Blueprints whose forms ask for no token, as they look at no cookie."""
FORM_EXPIRED = "form_expired"


def test_every_change_at_the_desk_needs_a_form_of_ours(installation: Installation) -> None:
    owner, stranger = person(installation, Role.OWNER), person(installation, None)
    for rule, method in actions(installation):
        if method in UNSAFE:
            for each in (owner, stranger):
                answer = each.ask(rule, method, is_from_our_page=False)
                assert (answer.status_code, answer.get_json()["code"]) == (400, FORM_EXPIRED), rule.endpoint


def test_a_form_of_one_browser_is_of_no_use_in_another(installation: Installation) -> None:
    owner, other = person(installation, Role.OWNER), person(installation, Role.OWNER)
    named = {"admin.invite", "admin.save_sender", "admin.language"}
    forms = [(rule, method) for rule, method in actions(installation) if rule.endpoint in named]
    assert {rule.endpoint for rule, _ in forms} == named
    for rule, method in forms:
        told = {"X-CSRFToken": other.form_token, "Accept": "application/json"}
        answer = owner.client.open(made_up(rule), method=method, headers=told)
        assert answer.get_json()["code"] == FORM_EXPIRED


def test_elsewhere_a_form_has_a_token_too_or_no_cookie_is_looked_at(installation: Installation) -> None:
    client, forms = installation.app.test_client(), outside(installation)
    with_token = [rule for rule in forms if rule.endpoint.partition(".")[0] not in COOKIELESS]
    assert {rule.endpoint.partition(".")[0] for rule in forms} >= COOKIELESS.keys()
    asked = [(rule, method) for rule in with_token for method in (rule.methods or set()) & UNSAFE]
    assert asked
    for rule, method in asked:
        answer = client.open(made_up(rule, path="x"), method=method, headers={"Accept": "application/json"})
        assert answer.get_json()["code"] == FORM_EXPIRED, rule.endpoint


def test_where_no_token_is_asked_for_the_cookie_of_an_owner_opens_nothing(world: World) -> None:
    owner = person(world.installation, Role.OWNER)
    cookie = owner.client.get_cookie("aftercare_admin", path="/admin")
    assert cookie
    _, link = world.installation.invite(Role.OWNER, "owner@rival.example", at=RIVAL)
    riding = {"Cookie": f"aftercare_admin={cookie.value}; session={link}"}
    before = world.theirs.rows()
    for rule in outside(world.installation):
        if rule.endpoint in PUBLIC or rule.endpoint.partition(".")[0] not in COOKIELESS:
            continue
        for asked, answer in ask(world, rule, world.ours, world.theirs, riding=riding):
            assert answer.status_code in REFUSED | {asked.instead}, rule.endpoint
            assert "Set-Cookie" not in answer.headers, rule.endpoint
            assert THEIRS not in answer.text.replace(f'value="{THEIRS}', "")
    assert world.theirs.rows() == before


@pytest.mark.parametrize("chosen", ["made.up", ""])
def test_a_session_that_somebody_else_chose_is_not_taken_up(installation: Installation, chosen: str) -> None:
    attacker, victim = installation.app.test_client(), installation.app.test_client()
    found = TOKEN.search(attacker.get("/admin/sign-in").text)
    planted = attacker.get_cookie("session")
    assert found
    assert planted
    victim.set_cookie("session", planted.value)
    victim.set_cookie("aftercare_admin", chosen, path="/admin")
    _, link = installation.invite(Role.OWNER, "victim@desk.example")
    assert victim.post(f"/admin/sign-in/{link}", data={"csrf_token": found[1]}).status_code == HTTPStatus.SEE_OTHER
    kept, session = victim.get_cookie("aftercare_admin", path="/admin"), victim.get_cookie("session")
    assert kept
    assert kept.value != chosen
    assert session is None or session.value != planted.value
    assert victim.get("/admin/account").status_code == HTTPStatus.OK
    attacker.set_cookie("aftercare_admin", chosen, path="/admin")
    assert attacker.get("/admin/account").status_code == HTTPStatus.FOUND
    stale = victim.post("/admin/account/language", data={"csrf_token": found[1], "language": "de"})
    assert stale.status_code == HTTPStatus.BAD_REQUEST
