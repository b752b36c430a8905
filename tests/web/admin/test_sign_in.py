"""Sign-in by one-time links: who gets one, what it opens, and when it no longer does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from threading import Event
from typing import cast

import pytest

from plugin.domain.shop import Role
from plugin.web.admin import afterwards
from tests.build import MERCHANT
from tests.support.admin import LINK, Browser, Installation
from tests.support.log_lines import log_lines
from tests.support.nonces import without_nonces

ANNA = "anna@shop.example"


def ask(browser: Browser, email: str) -> str:
    answer = browser.send("/admin/sign-in", form_at="/admin/sign-in", email=email)
    assert answer.status_code == HTTPStatus.OK
    thread_of(browser).submit(int).result()
    return answer.text


def thread_of(browser: Browser) -> ThreadPoolExecutor:
    """The one thread that sends links: what is given to it last is done last."""
    return cast("ThreadPoolExecutor", browser.client.application.extensions["afterwards"])


def newest_link(installation: Installation) -> str:
    found = LINK.search(installation.deps.mailbox.newest()[0].mail.text)
    assert found
    return found[1]


def test_the_link_in_the_mail_signs_in_once(installation: Installation) -> None:
    installation.invite(email=ANNA)
    browser = installation.browser()
    ask(browser, " Anna@shop.example ")
    installation.run_jobs()
    link = newest_link(installation)
    assert "one-time" not in browser.get(link).headers.get("Location", "")
    assert browser.send(link, form_at=link).headers["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == HTTPStatus.OK
    again = installation.browser().send(link, form_at=link)
    assert again.status_code == HTTPStatus.FORBIDDEN
    assert "This link no longer works" in again.text


def test_following_the_link_alone_uses_nothing_up(light: Installation) -> None:
    _, token = light.invite()
    for _ in range(2):
        assert light.browser().get(f"/admin/sign-in/{token}").status_code == HTTPStatus.OK
    browser = light.browser()
    assert (
        browser.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}").status_code == HTTPStatus.SEE_OTHER
    )


def test_nobody_learns_who_works_here(light: Installation) -> None:
    light.invite(email=ANNA)
    pages = {ask(light.browser(), email) for email in (ANNA, "nobody@shop.example", "", "\u202e@")}
    assert len({without_nonces(page).replace("\n", "") for page in pages}) == 1
    light.run_jobs()
    assert [kept.mail.to for kept in light.deps.mailbox.newest()] == [ANNA]


def test_nobody_waits_while_a_link_is_written(light: Installation) -> None:
    light.invite(email=ANNA)
    browser = light.browser()
    is_free = Event()
    thread_of(browser).submit(is_free.wait)
    answer = browser.send("/admin/sign-in", form_at="/admin/sign-in", email=ANNA)
    answer.close()
    assert answer.status_code == HTTPStatus.OK
    assert light.jobs.waiting == []
    is_free.set()
    thread_of(browser).submit(int).result()
    assert len(light.jobs.waiting) == 1


def test_a_link_that_cannot_be_written_is_told_in_the_log_and_the_next_one_is_written(light: Installation) -> None:
    light.invite(email=ANNA)
    browser = light.browser()
    with log_lines() as told, light.app.app_context():
        afterwards.do(lambda: int("none"))
        ask(browser, ANNA)
    assert [line["error"].split(" at ")[0] for line in told if line["event"] == "undone"] == ["ValueError"]
    assert len(light.jobs.waiting) == 1


@pytest.mark.parametrize(("later", "status"), [(timedelta(minutes=14), 303), (timedelta(minutes=15), 403)])
def test_a_link_holds_for_fifteen_minutes(light: Installation, later: timedelta, status: int) -> None:
    light.invite(email=ANNA)
    browser = light.browser()
    ask(browser, ANNA)
    light.run_jobs()
    light.clock.advance(later)
    link = newest_link(light)
    assert browser.send(link, form_at="/admin/sign-in").status_code == status


@pytest.mark.parametrize("token", ["x", "a.b.c", "merchant1.x.y", "..", "a.b%00.c", "%E2%80%AE.x.y"])
def test_a_link_that_is_not_ours_opens_nothing(installation: Installation, token: str) -> None:
    browser = installation.browser()
    assert browser.get(f"/admin/sign-in/{token}").status_code in {200, 403, 422}
    assert browser.send(f"/admin/sign-in/{token}", form_at="/admin/sign-in").status_code in {403, 422}
    assert browser.get("/admin/").status_code == HTTPStatus.FOUND


def test_who_no_longer_works_here_gets_no_link_and_cannot_use_an_old_one(light: Installation) -> None:
    member, token = light.invite(email=ANNA)
    with light.deps.units(MERCHANT) as unit:
        unit.staff.save(replace(member, removed_at=light.clock.now()))
        unit.commit()
    ask(light.browser(), ANNA)
    assert light.jobs.waiting == []
    answer = light.browser().send(f"/admin/sign-in/{token}", form_at="/admin/sign-in")
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_signing_out_ends_the_session_even_for_a_copied_cookie(installation: Installation) -> None:
    browser = installation.signed_in()
    cookie = browser.client.get_cookie("aftercare_admin", path="/admin")
    assert cookie
    assert browser.send("/admin/sign-out").headers["Location"] == "/admin/sign-in"
    assert browser.get("/admin/").status_code == HTTPStatus.FOUND
    thief = installation.browser()
    thief.client.set_cookie("aftercare_admin", cookie.value, path="/admin")
    assert thief.get("/admin/").status_code == HTTPStatus.FOUND


def test_a_session_ended_elsewhere_ends_at_once(installation: Installation) -> None:
    laptop = installation.signed_in(email=ANNA)
    phone = installation.signed_in(email=ANNA)
    page = laptop.get("/admin/account").text
    revoke = page.split('action="/admin/account/sessions/')[1].split('"')[0]
    assert laptop.send(f"/admin/account/sessions/{revoke}").status_code == HTTPStatus.SEE_OTHER
    assert phone.get("/admin/").status_code == HTTPStatus.FOUND
    assert laptop.get("/admin/account").text.count("/revoke") == 0


def test_a_removed_member_is_out_at_once(installation: Installation) -> None:
    owner = installation.signed_in(Role.OWNER)
    agent = installation.signed_in(Role.AGENT)
    member, _ = installation.invite(Role.AGENT, "agent@shop.example")
    owner.send(f"/admin/staff/{member.id}/remove")
    assert agent.get("/admin/").status_code == HTTPStatus.FOUND


def test_after_signing_in_the_page_that_was_wanted_opens(light: Installation) -> None:
    _, token = light.invite()
    browser = light.browser()
    assert browser.get("/admin/orders?q=10").headers["Location"] == "/admin/sign-in"
    answer = browser.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}")
    assert answer.headers["Location"] == "/admin/orders?q=10"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(light: Installation) -> None:
    _, token = light.invite()
    answer = light.browser().send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}")
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("aftercare_admin=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/admin"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie


def test_asking_for_links_is_limited_by_address(light: Installation) -> None:
    browser = light.browser()
    statuses = [browser.send("/admin/sign-in", form_at="/admin/sign-in", email=ANNA).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    refused = browser.send("/admin/sign-in", form_at="/admin/sign-in", email=ANNA)
    assert "Too many" in refused.text
    assert int(refused.headers["Retry-After"]) > 0


def test_guessing_links_is_limited_too(light: Installation) -> None:
    browser = light.browser()
    path = "/admin/sign-in/merchant1.guess.guess"
    statuses = [browser.send(path, form_at="/admin/sign-in").status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]
