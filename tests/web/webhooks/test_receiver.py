"""A delivery is answered in front of the application, as the application would, and what goes wrong is told there."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from http import HTTPStatus

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder, TestResponse

from plugin.domain.ids import InboxId, MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.stored import Arrival, InboxMessage
from plugin.ports.errors import Unavailable
from plugin.web.application import Application
from plugin.web.headers import secure
from plugin.web.observe import observe
from plugin.web.problems import http_problem, outside_problem
from plugin.web.webhooks.intake import Intake
from plugin.web.webhooks.receiver import Judge, Receiver, failures
from tests.build import NOW
from tests.support.log_lines import log_lines

NAME, PATH = "acme", "/webhooks/acme/key"


class Kept(list[str]):
    """What was kept, as `rest:topic:body`."""

    error: Exception | None = None

    def judge(self, rest: str, headers: Mapping[str, str], body: bytes) -> Arrival | HTTPStatus:
        if headers.get("x-signed") != "yes":
            return HTTPStatus.UNAUTHORIZED
        name = f"{rest}:{headers['content-type']}:{body.decode()}"
        of = (MerchantId("m"), ShopId("s"), Platform.SHOPIFY)
        return Arrival(InboxMessage(InboxId(name), *of, "topic", (), body, NOW), name)

    def keep(self, arrivals: Sequence[Arrival]) -> None:
        if self.error:
            raise self.error
        self += [str(each.message.id) for each in arrivals]


def served(judge: Judge, keep: Callable[[Sequence[Arrival]], None]) -> Flask:
    """The receiver in front of an application with the product's headers, log, protection and error answers."""
    app = Application("receiver")
    app.secret_key = b"receiver"
    csrf = CSRFProtect(app)
    observer = observe(app)
    missing = secure(app, is_https=True)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Unavailable, outside_problem)
    csrf.exempt(blueprint := failures([NAME]))
    app.register_blueprint(blueprint)
    app.wsgi_app = Receiver(app.wsgi_app, {NAME: judge}, Intake(lambda: nullcontext(keep), 1), missing, observer)  # type: ignore[method-assign]  # Flask's own way
    return app


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def app(kept: Kept) -> Flask:
    return served(kept.judge, kept.keep)


def send(app: Flask, path: str = PATH, **options: object) -> TestResponse:
    given: dict[str, object] = {"data": b"{}", "content_type": "text/x", "headers": {"X-Signed": "yes"}}
    return app.test_client().post(path, **(given | options))


@pytest.mark.parametrize("path", [PATH, f"{PATH}/", "/webhooks/acme", "/webhooks/acme/", "/webhooks/acme//a/b"])
def test_no_address_leads_elsewhere(app: Flask, kept: Kept, path: str) -> None:
    assert send(app, path).status_code == HTTPStatus.OK
    assert kept == [f"{path.removeprefix('/webhooks/acme').removeprefix('/').removesuffix('/')}:text/x:{{}}"]
    assert app.test_client().get(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_it_has_the_headers_the_count_and_the_line_of_any_other_answer(app: Flask) -> None:
    with log_lines() as lines:
        answer, refused = send(app), send(app, headers={})
    theirs = {name for name, _ in app.test_client().get("/healthz").headers}
    for each in (answer, refused):
        assert set(dict(each.headers)) == theirs | {"Cache-Control"}
        assert each.headers["Cache-Control"] == "no-store"
        assert each.content_length == len(each.data)
    assert (answer.text, refused.text) == ("OK\n", "Unauthorized\n")
    told = [(line["endpoint"], line["method"], line["status"]) for line in lines]
    assert told == [("webhooks.acme", "POST", 200), ("webhooks.acme", "POST", 401)]


def test_a_body_of_untold_length_is_read_and_only_so_far(app: Flask, kept: Kept) -> None:
    def chunked(body: bytes) -> TestResponse:
        asked = EnvironBuilder(path=PATH, method="POST", headers=[("X-Signed", "yes")], content_type="text/x")
        environ = asked.get_environ()
        environ["wsgi.input"], environ["wsgi.input_terminated"] = io.BytesIO(body), True
        return app.test_client().open(environ)

    assert chunked(b"abc").status_code == HTTPStatus.OK
    assert kept == ["key:text/x:abc"]
    assert chunked(b" " * (2 * 1024 * 1024 + 1)).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert len(kept) == 1


def test_what_cannot_be_kept_is_no_success_and_says_when_to_come_again(app: Flask, kept: Kept) -> None:
    kept.error = Unavailable("database: it is away")
    with log_lines() as lines:
        answer = send(app)
    assert (answer.status_code, answer.headers["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "30")
    assert answer.headers["Content-Security-Policy"]
    assert [(line["endpoint"], line["status"]) for line in lines] == [("webhooks.acme", 503)]


def test_an_error_nobody_thought_of_is_logged_with_its_place_and_without_its_words(app: Flask, kept: Kept) -> None:
    kept.error = ValueError("about Ida Holm")
    with log_lines() as lines:
        answer = send(app)
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert (lines[0]["event"], lines[0]["endpoint"], lines[0]["error"]) == ("failed", "webhooks.acme", ["ValueError"])
    assert lines[0]["at"][-1].endswith(" keep")
    assert "Ida" not in f"{lines}{answer.text}"
