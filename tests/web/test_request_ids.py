"""One id tells a story: the answer has it, each log line, and the worker's part of what the request began."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response

from plugin import log
from plugin.app import create_app
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.settings import Settings
from plugin.usecases.quote_policy import UnknownShop
from tests.support.admin import install
from tests.support.log_lines import log_lines

GIVEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
FORGED = (
    *("", "short", "a" * 65, "anna.secret@shop.example"),
    *("x" * 20 + "\u2028", "two words of sixteen", "a" * 20 + "\n"),
)


def application(tmp_path: Path, proxies: str = "0") -> Flask:
    app = create_app(Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "TRUSTED_PROXIES": proxies}))

    @app.get("/refused")
    def refused() -> str:
        raise UnknownShop

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("Anna Secret, anna.secret@shop.example")

    return app


def test_a_proxy_names_the_request_only_where_one_was_announced_and_only_by_an_id(tmp_path: Path) -> None:
    alone, behind = application(tmp_path), application(tmp_path, "1")
    assert behind.test_client().get("/healthz", headers={"X-Request-ID": GIVEN}).headers["X-Request-ID"] == GIVEN
    assert alone.test_client().get("/healthz", headers={"X-Request-ID": GIVEN}).headers["X-Request-ID"] != GIVEN
    seen = set()
    for forged in FORGED:
        answer = behind.test_client().get("/healthz", environ_overrides={"HTTP_X_REQUEST_ID": forged})
        assert re.fullmatch("[0-9a-f]{24}", answer.headers["X-Request-ID"])
        seen.add(answer.headers["X-Request-ID"])
    assert len(seen) == len(FORGED)


def test_problems_and_pages_of_errors_tell_the_id_that_the_log_knows_and_nothing_of_the_error(tmp_path: Path) -> None:
    browser = application(tmp_path, "1").test_client()
    told = {"X-Request-ID": GIVEN}
    with log_lines(log.with_ids) as lines:
        problem = browser.get("/refused", headers=told)
        program = browser.get("/broken", headers=told)
        person = browser.get("/broken", headers=told | {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "ar"})
    assert problem.get_json()["request"] == program.get_json()["request"] == GIVEN
    assert person.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert person.mimetype == "text/html"
    assert GIVEN in person.text
    assert 'dir="rtl"' in person.text
    assert {line["request"] for line in lines} == {GIVEN}
    assert {line["event"] for line in lines} == {"request", "failed"}
    assert "Anna" not in json.dumps(lines) + program.text + person.text
    assert log.request_id() is None


def test_what_is_done_once_the_answer_is_out_still_has_its_request_and_then_it_is_forgotten(tmp_path: Path) -> None:
    app, seen = application(tmp_path), []

    @app.get("/later")
    def later() -> Response:
        answer = Response("soon")
        answer.call_on_close(lambda: seen.append(log.request_id()))
        return answer

    answer = app.test_client().get("/later", buffered=True)
    assert seen == [answer.headers["X-Request-ID"]]
    assert log.request_id() is None


def test_who_is_signed_in_is_named_by_the_merchant_alone(sqlite_url: str, tmp_path: Path) -> None:
    running = install(sqlite_url, tmp_path, Law(load_rulebook(), HolidayCalendar()))
    browser = running.signed_in()
    with log_lines(log.with_ids) as lines:
        page = browser.get("/admin/nowhere")
    (line,) = lines
    assert line["merchant"]
    assert line["request"] == page.headers["X-Request-ID"]
    assert page.headers["X-Request-ID"] in page.text
    running.storage.close()
