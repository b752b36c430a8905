"""An answer that is kept ready differs in nothing from the application's own, and is counted and logged like it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry
from werkzeug.test import TestResponse

from plugin.domain.shop import Shop
from plugin.ports.deps import Deps
from plugin.web import storefront
from plugin.web.application import Application
from plugin.web.deps import provide
from plugin.web.headers import secure
from plugin.web.observe import observe


@pytest.fixture
def app(deps: Deps) -> Flask:
    app = Application("aftercare", static_folder=None)
    provide(app, deps)
    observer = observe(app)
    missing = secure(app, is_https=True)
    app.register_blueprint(storefront.blueprint)
    storefront.keep_ready(app, missing, observer)
    app.extensions["test.registry"] = observer.registry
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _told(response: TestResponse) -> tuple[int, bytes, set[tuple[str, str]]]:
    return response.status_code, response.data, set(response.headers)


def _count(app: Flask, status: int) -> float | None:
    registry: CollectorRegistry = app.extensions["test.registry"]
    labels = {"endpoint": "storefront.api.policy", "status": str(status)}
    return registry.get_sample_value("aftercare_requests_total", labels)


@pytest.mark.parametrize("query", ["country=DE&lang=en", "country=FR", "", "country=DE&lang=ar"])
@pytest.mark.parametrize("tag", [None, "*", '"another"'])
def test_the_second_answer_is_the_first_to_the_byte(
    client: FlaskClient, shop: Shop, query: str, tag: str | None
) -> None:
    headers = {"If-None-Match": tag} if tag else {}
    address = f"/storefront/v1/{shop.key}/policy?{query}"
    first = client.get(address, headers=headers)
    assert _told(client.get(address, headers=headers)) == _told(first)
    assert "Content-Security-Policy" in first.headers


def test_who_knows_the_answer_is_told_so_without_it(client: FlaskClient, shop: Shop) -> None:
    address = f"/storefront/v1/{shop.key}/policy"
    tag = client.get(address).headers["ETag"]
    repeated = client.get(address, headers={"If-None-Match": tag})
    assert (repeated.status_code, repeated.data, repeated.headers["ETag"]) == (304, b"", tag)


def test_every_answer_is_counted_under_the_application_s_own_name(client: FlaskClient, app: Flask, shop: Shop) -> None:
    for _ in range(5):
        client.get(f"/storefront/v1/{shop.key}/policy")
    client.get(f"/storefront/v1/{shop.key}/policy", headers={"If-None-Match": "*"})
    assert (_count(app, 200), _count(app, 304)) == (5, 1)


def test_the_application_is_asked_once_while_the_answer_is_kept(app: Flask, client: FlaskClient, shop: Shop) -> None:
    asked: list[str] = []
    app.before_request(lambda: asked.append("asked"))
    for _ in range(5):
        client.get(f"/storefront/v1/{shop.key}/policy?country=DE")
    assert asked == ["asked"]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_only_questions_are_answered_early(client: FlaskClient, shop: Shop, method: str) -> None:
    address = f"/storefront/v1/{shop.key}/policy"
    before = client.open(address, method=method)
    client.get(address)
    assert _told(client.open(address, method=method)) == _told(before)


def test_a_shop_that_is_not_there_stays_unknown(client: FlaskClient) -> None:
    assert [client.get("/storefront/v1/nobody/policy").status_code for _ in range(2)] == [404, 404]
