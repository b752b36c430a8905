"""The API describes itself, to programs and to people, from this server alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from plugin.web.application import Application
from plugin.web.docs import blueprint
from plugin.web.docs.views import coded, type_of
from plugin.web.headers import secure
from plugin.web.openapi import openapi
from tests.support.browser import violations
from tests.support.storefront import EXAMPLES

STATIC = Path(__file__).parents[3] / "static"


@pytest.fixture
def app() -> Flask:
    app = Application("aftercare", static_folder=str(STATIC))
    secure(app, is_https=False)
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_programs_get_an_openapi_document(client: FlaskClient) -> None:
    answer = client.get("/openapi.json")
    assert answer.mimetype == "application/json"
    assert answer.json == json.loads(json.dumps(openapi()))
    assert answer.json is not None
    assert answer.json["openapi"].startswith("3.1")


def test_every_reference_in_the_document_leads_somewhere() -> None:
    document = openapi()
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named == set(document["components"]["schemas"])


@pytest.mark.parametrize("language", ["en", "de", "ar", "zh-Hans"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("policy", "PolicyAnswer"),
        ("orders/example/entitlements", "EntitlementsAnswer"),
        ("product-information", "ProductInformationAnswer"),
    ],
)
def test_the_example_answers_fit_the_document(language: str, path: str, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": openapi()["components"]}
    jsonschema.validate(json.loads((EXAMPLES / language / path).read_text()), schema)


def test_people_find_every_operation_and_every_field(client: FlaskClient) -> None:
    page = client.get("/docs").text
    document = openapi()
    for schema in document["components"]["schemas"].values():
        assert all(f"<code>{field}</code>" in page for field in schema["properties"])
    assert all(f"<code>{path}</code>" in page for path in document["paths"])


def test_the_page_asks_nobody_else_for_anything(client: FlaskClient) -> None:
    page = client.get("/docs").text
    assert "<script" not in page
    assert [link for link in re.findall(r'(?:src|href)="([^"]+)"', page) if link.startswith(("http", "//"))] == []


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "format": "date-time"}, "instant"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or nothing"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Link"}}, "list of Link"),
        ({"enum": ["ltr", "rtl"]}, '"ltr" or "rtl"'),
        ({"allOf": [{"$ref": "#/components/schemas/Market"}]}, "Market"),
        ({"type": "boolean"}, "yes or no"),
    ],
)
def test_a_type_is_told_in_a_few_words(schema: dict[str, object], words: str) -> None:
    assert type_of(schema) == words


def test_code_in_a_description_is_marked_and_markup_in_it_is_text() -> None:
    assert coded("An `ETag` <b>") == "An <code>ETag</code> &lt;b&gt;"


@pytest.mark.browser
def test_axe_finds_nothing_to_mend_and_nothing_overflows(page: Page, address: str) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/docs")
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
    assert violations(page) == []  # narrow, where lines and targets have the least room
