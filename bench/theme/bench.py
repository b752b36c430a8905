"""A shop's page with and without our blocks: what holds it back, moves and weighs, and what Lighthouse says of both."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from bench.result import Result, Size
from bench.theme import lighthouse
from tests.support.browser import QUIET, installed
from tests.support.embedded import WATCH_SHIFTS, layout_shift
from tests.support.theme import EXTENSION, Page
from tests.support.theme_store import CDN, goods, html, written

_ROUNDS = {Size.TINY: 1, Size.QUICK: 9, Size.FULL: 25}
_POINTS = 3
_SLOWER = 4
"""How much slower the processor is made than this machine's."""
_BLOCKING = "() => performance.getEntriesByType('resource').filter((e) => e.renderBlockingStatus === 'blocking').length"
_NAMES = ("with", "without")


@dataclass(frozen=True, slots=True)
class _Visit:
    """One opening of a page."""

    blocking: int
    shift: float
    main_thread_ms: float


def theme(size: Size) -> Iterator[Result]:
    """Both pages are opened in turn, each in a profile of its own, on a slowed processor."""
    pages = _pages()
    with _serving(pages) as address:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=list(QUIET))
            turns = [{name: _visit(browser, f"{address}/{name}") for name in _NAMES} for _ in range(_ROUNDS[size])]
            browser.close()
        yield from _results(turns, pages)
        if size is not Size.TINY and lighthouse.is_installed():
            lost = lighthouse.median_points(f"{address}/without") - lighthouse.median_points(f"{address}/with")
            yield Result(
                "theme: Lighthouse points lost, median of 5", lost, "points", None, _POINTS, is_lower_better=True
            )


def _results(turns: list[dict[str, _Visit]], pages: dict[str, bytes]) -> Iterator[Result]:
    ours, bare = ([turn[name] for turn in turns] for name in _NAMES)
    more = max(each.blocking for each in ours) - min(each.blocking for each in bare)
    yield Result(
        "theme: requests of our blocks that hold the page back", more, "requests", None, 0, is_lower_better=True
    )
    moved = max(each.shift for each in ours)
    yield Result("theme: layout shift with our blocks", moved, "CLS", None, 0, is_lower_better=True)
    weight = {path: len(gzip.compress(body, 9)) for path, body in pages.items()}
    yield Result("theme: page with all blocks, gzip", weight["with"], "bytes", weight["without"], is_lower_better=True)
    scripts = sum(size for path, size in weight.items() if path.endswith(".js"))
    yield Result("theme: scripts of our blocks, gzip", scripts, "bytes", is_lower_better=True)
    spent, before = (median(each.main_thread_ms for each in visits) for visits in (ours, bare))
    yield Result("theme: main thread, processor slowed 4 times", spent, "ms", before, is_lower_better=True)


def _visit(browser: Browser, address: str) -> _Visit:
    context = browser.new_context(viewport={"width": 412, "height": 915}, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    page.goto(address, wait_until="networkidle")
    shift, blocking = layout_shift(page), page.evaluate(_BLOCKING)
    measured = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return _Visit(blocking, shift, measured["TaskDuration"] * 1000)


def _pages() -> dict[str, bytes]:
    """By path: both pages and our scripts, which here come from the page's own server."""
    settings = {"details": True, "heading": True, "withdrawal": True, "align": "center"}
    page = Page("DE", "de", written(), goods(), (goods(),), settings)
    made = {name: html(page, with_blocks=name == "with").replace(CDN, "/").encode() for name in _NAMES}
    return made | {path.name: path.read_bytes() for path in Path(EXTENSION).glob("assets/*.js")}


@contextmanager
def _serving(pages: dict[str, bytes]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path[1:])
            self.send_response(404 if body is None else 200)
            kind = "text/javascript" if self.path.endswith(".js") else "text/html; charset=utf-8"
            packed = gzip.compress(body or b"")
            for name, value in (("Content-Type", kind), ("Content-Encoding", "gzip"), ("Content-Length", len(packed))):
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(packed)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's name for it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
