"""What holds for every page: errors that say what to do, headers, forms, and the home page."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.shop import Role
from plugin.ports.mailer import Mail
from tests.build import MERCHANT, a_fulfilment, a_policy, an_event, an_order
from tests.support.admin import Installation, install
from tests.support.log_lines import log_lines

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_an_unknown_page_is_a_page_below_admin_and_a_problem_elsewhere(light: Installation) -> None:
    browser = light.signed_in()
    page = browser.get("/admin/nowhere", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (HTTPStatus.NOT_FOUND, "text/html")
    assert "Main navigation" in page.text
    assert light.browser().get("/admin/nowhere", headers=BROWSER).status_code == HTTPStatus.NOT_FOUND
    assert browser.get("/nowhere", headers=BROWSER).mimetype == "application/problem+json"
    assert browser.get("/administrator", headers=BROWSER).mimetype == "application/problem+json"
    assert browser.get("/admin/nowhere", headers={"Accept": "application/json"}).mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/admin/orders/nobody", "/admin/parked/nothing", "/admin/orders/%00", "/admin/orders/delivered"]
)
def test_a_thing_that_is_not_there_is_a_page_too(installation: Installation, path: str) -> None:
    answer = installation.signed_in().get(path)
    assert answer.status_code in {404, 422}
    assert "Back to Home" in answer.text


def test_a_wrong_method_is_a_page_that_names_the_right_ones(light: Installation) -> None:
    answer = light.signed_in().send("/admin/orders")
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert "GET" in answer.headers["Allow"]
    assert "use the button" in answer.text


@pytest.mark.parametrize("field", [{}, {"csrf_token": "forged"}])
def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(
    light: Installation, field: dict[str, str]
) -> None:
    (order,) = light.keep(an_order())
    browser = light.signed_in()
    answer = browser.client.post(f"/admin/orders/{order}/delivered", data={"on": "2026-11-10", **field})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "reload the page and send it again" in answer.text
    assert light.stored(order).marks == ()


def test_something_of_ours_that_breaks_is_a_page_without_its_insides(light: Installation) -> None:
    browser = light.signed_in()
    light.app.testing = False
    light.app.view_functions["admin.home"] = lambda: 1 // 0
    answer = browser.get("/admin/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Something broke on our side" in answer.text
    assert "ZeroDivision" not in answer.text


def test_what_breaks_is_logged_by_kind_and_place_without_path_or_message(
    light: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(token: str) -> None:
        raise ValueError(f"ida@example.com {token}")

    light.app.testing = False
    light.app.view_functions["admin.confirm"] = broken
    with log_lines() as events:
        light.browser().get("/admin/sign-in/a.b.secret")
    (event,) = [event for event in events if event["event"] == "failed"]
    assert (event["endpoint"], event["error"]) == ("admin.confirm", ["ValueError"])
    assert event["at"][-1].endswith("broken")
    assert "secret" not in caplog.text + str(events)
    assert "ida@" not in caplog.text + str(events)


def test_every_page_says_how_it_may_be_kept_and_framed(light: Installation) -> None:
    browser = light.signed_in(language="de")
    for path in ("/admin/", "/admin/orders", "/admin/nowhere"):
        headers = browser.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert {"Cookie", "Accept-Language"} <= set(headers["Vary"].split(", "))
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Content-Language"] == "de"


def test_behind_https_cookies_are_for_https_alone(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    running = install(sqlite_url, tmp_path, law, PUBLIC_URL="https://care.example.com")
    _, token = running.invite()
    client = running.app.test_client()
    client.get("/admin/sign-in", base_url="https://care.example.com")
    answer = client.get(f"/admin/sign-in/{token}", base_url="https://care.example.com")
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    form = answer.text.split('name="csrf_token" value="')[1].split('"')[0]
    entered = client.post(
        f"/admin/sign-in/{token}",
        data={"csrf_token": form},
        base_url="https://care.example.com",
        headers={"Referer": "https://care.example.com/admin/"},
    )
    kept = [c for c in entered.headers.getlist("Set-Cookie") if c.startswith("aftercare_admin")]
    assert len(kept) == 1
    assert "Secure" in kept[0]
    running.storage.close()


def test_a_language_is_chosen_and_kept_and_an_unknown_one_refused(installation: Installation) -> None:
    browser = installation.signed_in(Role.VIEWER)
    browser.send("/admin/account/language", language="ar")
    assert '<html lang="ar" dir="rtl">' in browser.get("/admin/").text
    assert browser.send("/admin/account/language", language="tlh").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_member_addressed_in_a_language_the_admin_has_not_reads_the_next_one(installation: Installation) -> None:
    browser = installation.signed_in(Role.VIEWER, language="fi")
    assert '<html lang="pl"' in browser.get("/admin/", headers={"Accept-Language": "fi, pl;q=0.5"}).text
    account = browser.get("/admin/account", headers={"Accept-Language": "fi"}).text
    assert '<html lang="en"' in account
    assert '<option value="en" selected' in account
    assert browser.send("/admin/account/language", language="fi").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_home_teaches_what_is_to_do_and_folds_it_when_done(installation: Installation) -> None:
    browser = installation.signed_in()
    page = browser.get("/admin/").text
    assert page.count("To do") == 2  # orders and promises; a shop is there
    delivered = a_fulfilment(events=(an_event(),))
    installation.keep(an_order("1"), an_order("2", fulfilments=(delivered,)))
    installation.park()
    with installation.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    page = browser.get("/admin/").text
    assert "To do" not in page
    assert "2 orders are on record." in page
    assert "1 record is parked with its reason" in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "2 messages could not be sent yet; we keep trying for five days."),
        ("ar", "تعذّر حتى الآن إرسال رسالتين؛ نواصل المحاولة مدة خمسة أيام."),
    ],
)
def test_home_says_what_could_not_be_sent_yet_and_is_silent_while_it_is_on_its_way(
    installation: Installation, language: str, told: str
) -> None:
    browser = installation.signed_in(language=language)
    with installation.deps.units(MERCHANT) as unit:
        for number in range(2):
            mail = Mail("ida@example.com", "Subject", "Text", "de")
            unit.mails.add(f"mail{number}", mail, installation.clock.now())
        unit.commit()
    assert told not in browser.get("/admin/").text
    installation.clock.advance(timedelta(hours=2))
    assert told in browser.get("/admin/").text
    with installation.deps.units(MERCHANT) as unit:
        for number in range(2):
            unit.mails.sent(f"mail{number}", installation.clock.now())
        unit.commit()
    assert told not in browser.get("/admin/").text


def metrics(running: Installation, **headers: str) -> tuple[int, str]:
    answer = running.app.test_client().get("/metrics", headers=headers)
    return answer.status_code, answer.text


def test_counters_are_for_the_bearer_of_the_token_alone(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    running = install(sqlite_url, tmp_path, law, METRICS_TOKEN="scrape-me-if-you-can")
    running.app.test_client().get("/healthz")
    status, text = metrics(running, Authorization="Bearer scrape-me-if-you-can")
    assert status == HTTPStatus.OK
    assert 'aftercare_requests_total{endpoint="observe.healthz"' in text
    for wrong in ("Bearer scrape-me", "Bearer ", "Bearer äöü", "Basic c2NyYXBlLW1lOg==", "scrape-me-if-you-can"):
        assert metrics(running, Authorization=wrong)[0] == HTTPStatus.NOT_FOUND
    assert metrics(running)[0] == HTTPStatus.NOT_FOUND
    running.storage.close()


def test_without_a_token_there_are_no_counters_to_read(light: Installation) -> None:
    assert metrics(light)[0] == HTTPStatus.NOT_FOUND
    assert metrics(light, Authorization="Bearer None")[0] == HTTPStatus.NOT_FOUND
