"""Each widget's demo page works from a plain file server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.support.browser import spill, violations
from tests.support.looks import NARROW, WIDE, moving, spread, unbounded, walk
from tests.support.storefront import ROOT

pytestmark = pytest.mark.browser
OPEN = (
    "tag => document.querySelectorAll(tag).forEach((each) => each.shadowRoot.querySelectorAll('details')"
    ".forEach((details) => { details.open = true; }))"
)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's name for it
        pass


@pytest.fixture
def files() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(ROOT)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/widgets"
    server.shutdown()
    server.server_close()
    thread.join()


NAMES = [each["name"] for each in json.loads((ROOT / "widgets" / "manifest.json").read_text())["widgets"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_shows_its_languages_and_what_is_left_without_an_answer(page: Page, files: str, name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{files}/{name}/demo.html")
    page.wait_for_load_state("networkidle")
    shown = page.evaluate(
        "name => [...document.querySelectorAll(`aftercare-${name}`)]"
        ".map((element) => element.shadowRoot.firstElementChild.lang || 'light')",
        name,
    )
    assert shown == ["en", "de", "ar", "zh-Hans", "light"]
    page.evaluate(OPEN, f"aftercare-{name}")
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        assert (violations(page), spill(page), spread(page), unbounded(page), moving(page)) == ([], 0, [], [], [])
    assert [f"{stop.told}: {fault}" for stop in walk(page) for fault in stop.faults] == []
