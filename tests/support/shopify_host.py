"""Shopify's admin around the frame, in Chromium: navigation, title and save bar as the framed page asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FrameLocator, Page, Route

from plugin.web.admin.embedded import APP_BRIDGE
from tests.integrations.shopify.signing import SHOP

ADDRESS = "https://admin.shopify.com/store/some-shop/apps/aftercare"
BRIDGE = Path(__file__).with_name("app_bridge.js")
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>body{margin:0;height:100vh;display:flex;flex-direction:column}iframe{border:0;flex:1}</style>
<h1 id="title"></h1><nav></nav>
<div id="bar" hidden>Unsaved changes <button id="discard">Discard</button> <button id="save">Save</button></div>
<div id="asks" hidden><button id="leave">Leave page</button></div>
<iframe src="{first}" title="Aftercare"></iframe>
<script>
const frame = document.querySelector("iframe"), by = (id) => document.getElementById(id);
let known = "";
const send = (told) => frame.contentWindow.postMessage(told, "*");
addEventListener("message", ({ data }) => {
  if ("title" in data) by("title").textContent = data.title;
  if ("bar" in data) by("bar").hidden = !data.bar;
  if ("title" in data) by("asks").hidden = true;
  if (data.asks) by("asks").hidden = false;
  if (!data.nav || JSON.stringify(data.nav) === known) return; // a button replaced while it is pressed does nothing
  known = JSON.stringify(data.nav);
  document.querySelector("nav").replaceChildren(...data.nav.map(([text, href]) => {
    const button = document.createElement("button");
    button.textContent = text;
    button.onclick = () => send({ go: href });
    return button;
  }));
});
for (const what of ["save", "discard", "leave"]) by(what).onclick = () => send({ [what]: true });
</script>"""


def open_admin(page: Page, app_at: str, token: Callable[[], str], path: str = "/admin/") -> FrameLocator:
    """Open the app inside the shop's admin; the framed page."""
    page.context.grant_permissions(["local-network-access"])  # a page of the internet frames one of this machine
    page.expose_function("sessionToken", token)
    bridge = BRIDGE.read_text()
    page.route(APP_BRIDGE, lambda route: route.fulfill(body=bridge, content_type="text/javascript"))
    first = f"{app_at}{path}?embedded=1&shop={SHOP}&id_token={token()}"

    def host(route: Route) -> None:
        route.fulfill(body=HOST.replace("{first}", first), content_type="text/html")

    page.route(ADDRESS, host)
    page.goto(ADDRESS)
    return page.frame_locator("iframe")
