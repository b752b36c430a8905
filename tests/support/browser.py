"""A real Chromium, the system's own, driven by Playwright; with axe for accessibility.

Where the system has Chromium without its windows, tests drive that, as Playwright does with a Chromium of its own: the
same engine draws and runs the same pages for half the work.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=20_000)  # a machine with everything else to do is slow; five seconds are no promise of ours
NAMES = ("chromium", "chromium-browser", "google-chrome")
WITHOUT_WINDOWS = "chromium-headless-shell"
OFF = (
    "WebUIOmniboxAimPopup",  # a page behind the address bar of every window, dearer than most of the pages we look at
    "SpareRendererForSitePerProcess",  # a process for a page that is never opened, started beside every one that is
    # Playwright's own list, for only the last such switch counts.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "AimEnabled"),
    *("NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
"""What a browser does beside showing pages."""
QUIET = (
    "--headless=new",
    "--no-sandbox",  # root in a container has no user namespaces to make one of; pages are our own
    "--site-per-process",  # every frame of another origin in a process of its own, as browsers with windows do
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    f"--disable-features={','.join(OFF)}",
)
OFF_BY_ITSELF = ("target-size", "label-content-name-mismatch")
"""Rules of axe that are asked for by name: WCAG 2.5.8 and 2.5.3."""
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def installed(*names: str) -> str:
    """The path of the system's Chromium: the first that goes by one of these names, else by one of `NAMES`."""
    found = os.environ.get("AFTERCARE_CHROMIUM") or next(filter(None, map(shutil.which, names or NAMES)), None)
    assert found, "Chromium is missing (Debian: apt-get install chromium); ./script/test gets it"
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of the system's Chromium, without its windows where it comes so."""
    return installed(WITHOUT_WINDOWS, *NAMES)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Give one running Chromium for all tests of this worker."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page in a profile of its own, 1280 px wide, in English."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    yield context.new_page()
    context.close()


def spill(page: Page) -> int:
    """Return how many pixels of the page do not fit its window's width."""
    page.wait_for_load_state()  # styles included: after a click only the answer's first bytes are sure to be there
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))  # without the scroll bar's own width


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds wrong with the page as it is now: rule, help text and the offending elements.

    By all the rules it has on, and by `OFF_BY_ITSELF`.
    """
    page.wait_for_load_state()  # styles included: an unstyled link on a dark page has the browser's own blue
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())  # not a script element: the pages' own policy forbids foreign scripts
    options = {"resultTypes": ["violations"], "rules": {name: {"enabled": True} for name in OFF_BY_ITSELF}}
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [
        {"rule": each["id"], "help": each["help"], "nodes": [node["html"] for node in each["nodes"]]} for each in found
    ]
