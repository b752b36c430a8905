"""The application as its processes start it, as an app at Shopify: nothing of it is put in place by a test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from plugin.app import build_app
from plugin.domain.order import Platform
from plugin.domain.shop_token import Grant
from plugin.jobs.schedule import periodic
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.shopify.take_in_shop import InstallMeans, take_in_shop
from plugin.web.admin.embedded import APP_BRIDGE
from tests.integrations.shopify.signing import CLIENT, SECRET, SHOP, STRANGE, staff_claims, token

HOUR = timedelta(hours=1)


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str) -> Iterator[Runtime]:
    environ = {
        "AFTERCARE_HOME": str(tmp_path / "home"),
        "DATABASE_URL": sqlite_url,
        "PUBLIC_URL": "https://app.example",
    }
    keys = {"SHOPIFY_CLIENT_ID": CLIENT, "SHOPIFY_CLIENT_SECRET": SECRET.ljust(32, "x")}
    opened = open_runtime(Settings.from_env({**environ, **keys}))
    yield opened
    opened.close()


def test_it_answers_a_shops_admin_and_strangers_as_themselves(runtime: Runtime) -> None:
    client = build_app(runtime.settings, runtime.deps).test_client()
    stale = token(staff_claims(datetime.now(UTC)), STRANGE)
    for told in ("", f"&id_token={stale}"):
        sent = client.get(f"/admin/?embedded=1&shop={SHOP}{told}")
        assert sent.status_code == HTTPStatus.FOUND
        page = client.get(sent.headers["Location"])
        assert f'<script data-api-key="{CLIENT}" src="{APP_BRIDGE}">' in page.text
    assert client.post("/webhooks/shopify", json={}).status_code == HTTPStatus.UNAUTHORIZED
    assert client.get("/healthz").status_code == HTTPStatus.OK


def test_its_worker_has_what_reading_and_acting_in_a_shop_takes(runtime: Runtime) -> None:
    deps, now = runtime.deps, datetime.now(UTC)
    assert deps.shopify
    assert deps.shopify.scopes
    grant = Grant("shpat", tuple(deps.shopify.scopes.lacking(())), now + HOUR, "shprt", now + HOUR)
    shop = take_in_shop(SHOP, grant, InstallMeans(deps.directory, deps.units, deps.ids, deps.secrets), now)
    assert deps.shopify.scopes.lacking(grant.scopes) == []
    assert Platform.SHOPIFY in deps.sources
    assert type(deps.actions(shop)).__module__.startswith("integrations.platforms.shopify")
    assert {"poll_shops", "keep_tokens"} <= periodic(deps).keys()
