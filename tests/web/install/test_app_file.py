"""Every address that Shopify's CLI is told in `shopify.app.toml` leads to a view of ours."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from integrations.platforms.shopify.app_file import SHIPPED
from plugin.domain.clocks.engine import Law
from tests.support.admin import install


def test_every_address_in_the_apps_file_is_one_the_app_serves(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    told = tomllib.loads(SHIPPED.read_text())
    running = install(sqlite_url, tmp_path, law, PUBLIC_URL="https://aftercare.example.com")
    routes = running.app.url_map.bind("aftercare.example.com", url_scheme="https")

    def view(url: str, method: str) -> str:
        assert url.startswith("https://aftercare.example.com/")
        return routes.match(urlsplit(url).path, method)[0]

    assert view(told["application_url"], "GET") == "admin.home"
    assert {view(url, "GET") for url in told["auth"]["redirect_urls"]} == {"install_shopify.come_back"}
    assert {view(each["uri"], "POST") for each in told["webhooks"]["subscriptions"]} == {"webhooks.shopify"}
    running.storage.close()
