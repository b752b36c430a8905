"""The merchant pages in a frame of Shopify's admin, in Chromium: App Bridge alone is ours to stand in for.

The real one comes from Shopify's servers only. The stand-in does the two things ours relies on, as shopify.dev tells
them: it adds a fresh session token to each request of a script, and on the bounce page loads what was wanted with one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, Route

from plugin.domain.clocks.engine import Law
from plugin.web.admin.embedded import APP_BRIDGE
from tests.integrations.shopify.signing import SHOP
from tests.support.admin import listening
from tests.support.shopify_frame import Frame, framed

HOST = "https://admin.shopify.com/store/some-shop/apps/aftercare"
STAND_IN = """
const plain = window.fetch;
window.fetch = async (input, options = {}) => {
  const headers = new Headers(options.headers);
  headers.set("Authorization", `Bearer ${await window.sessionToken()}`);
  return plain(input, { ...options, headers });
};
const wanted = new URL(location).searchParams.get("shopify-reload");
if (wanted) window.sessionToken().then((token) => {
  location.replace(wanted + (wanted.includes("?") ? "&" : "?") + "id_token=" + token);
});
"""


@pytest.fixture
def frame(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Frame]:
    with framed(sqlite_url, tmp_path, law) as opened:
        yield opened


@pytest.mark.browser
def test_links_and_forms_work_in_the_frame_and_no_cookie_is_set(frame: Frame, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.context.grant_permissions(["local-network-access"])  # a page of the internet frames one of this machine
    page.expose_function("sessionToken", frame.token)
    page.route(APP_BRIDGE, lambda route: route.fulfill(body=STAND_IN, content_type="text/javascript"))
    with listening(frame.installation.app) as address:
        first = f"{address}/admin/?embedded=1&shop={SHOP}&id_token={frame.token()}"

        def host(route: Route) -> None:
            route.fulfill(
                body=f'<!doctype html><title>Admin</title><iframe src="{first}"></iframe>', content_type="text/html"
            )

        page.route(HOST, host)
        page.goto(HOST)
        inside = page.frame_locator("iframe")
        follow(inside)
    assert frame.staff()[0].language == "de"
    assert page.context.cookies() == []
    assert complaints == []


def follow(inside: FrameLocator) -> None:
    """From Home by a link to one's own page, and there by a form to another language."""
    inside.get_by_role("navigation").get_by_role("link", name="Account").click()
    inside.locator("select[name=language]").select_option("de")
    inside.locator("form:has(select[name=language]) button").click()
    inside.locator("html[lang=de]").wait_for()
