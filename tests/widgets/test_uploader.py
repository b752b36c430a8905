"""The uploader in a real browser, on a store's page, against a real web process of another origin."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.journeys.test_evidence import Client
from tests.support import media
from tests.support.evidence_server import EvidenceServer
from tests.support.media import FILM, PLACE
from tests.support.processes import Nursery
from tests.support.repository import ROOT
from tests.support.storefront import Store, serving

pytestmark = pytest.mark.browser

VIDEO = media.mp4(film=FILM * 40_000)
SLOW = 3_000_000
"""Bytes a second: the video takes long enough to be interrupted."""
START = """([endpoint, token, place]) => {
  const file = document.querySelector("input").files[0];
  window.told = [];
  window.upload = new Uploader.Upload(file, {
    endpoint, language: "de", token: () => { window.asked = (window.asked ?? 0) + 1; return token.shift() ?? ""; },
    onProgress: (progress) => window.told.push(progress), ...(place ? { place } : {}),
  });
  void window.upload.start();
}"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    built = tmp_path_factory.mktemp("uploader") / "uploader.js"
    command = [ROOT / "node_modules" / ".bin" / "esbuild", "widgets/shared/uploader.ts", "--bundle", "--format=iife"]
    options = ["--global-name=Uploader", "--target=es2022,safari16.4", f"--outfile={built}", "--log-level=error"]
    subprocess.run([*command, *options], cwd=ROOT, check=True)
    return built.read_text()


@pytest.fixture(scope="module")
def server(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceServer]:
    home = tmp_path_factory.mktemp("evidence") / "home"
    running = EvidenceServer(nursery, home, {"UPLOAD_SLOTS": "2", "WEB_THREADS": "6", "EVIDENCE_FILES": "50"})
    running.start()
    yield running
    running.close()


@pytest.fixture
def store() -> Iterator[Store]:
    with serving() as running:
        yield running


class Shopper:
    """A page of the store with the uploader in it."""

    def __init__(self, page: Page, store: Store, server: EvidenceServer, script: str, folder: Path) -> None:
        self.page = page
        self.server = server
        self.network: CDPSession = page.context.new_cdp_session(page)
        self._at = store.show('<label>Photo or video <input type="file"></label>')
        self._script = script
        self._folder = folder
        self.draft = f"draft-{id(self)}"
        self.load()

    def load(self) -> None:
        self.page.goto(self._at)
        self.page.evaluate(self._script + "; window.Uploader = Uploader;")

    def upload(
        self, content: bytes, name: str = "video.mp4", *, tokens: list[str] | None = None, place: str = ""
    ) -> None:
        chosen = self._folder / name
        chosen.write_bytes(content)
        self.page.set_input_files("input", chosen)
        given = tokens or [self.server.token(self.draft)] * 5
        self.page.evaluate(START, [self.server.endpoint, given, place])

    def condition(self, *, offline: bool = False, upload: int = -1) -> None:
        wanted = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}
        self.network.send("Network.emulateNetworkConditions", wanted)

    def progress(self) -> dict[str, Any]:
        told: dict[str, Any] = self.page.evaluate("() => window.upload.progress")
        return told

    def wait(self, condition: str) -> dict[str, Any]:
        self.page.wait_for_function(
            f"() => {{ const it = window.upload.progress; return {condition}; }}", timeout=60_000
        )
        return self.progress()

    def place(self) -> str:
        place: str = self.page.evaluate("() => window.upload.place")
        return place

    def finished(self) -> dict[str, Any]:
        self.wait("it.state === 'checking'")
        self.server.check(self.place().rpartition("/")[2])
        return self.wait("it.state === 'ready'")


@pytest.fixture
def shopper(browser: Browser, store: Store, server: EvidenceServer, script: str, tmp_path: Path) -> Iterator[Shopper]:
    context = browser.new_context(bypass_csp=True)
    yield Shopper(context.new_page(), store, server, script, tmp_path)
    context.close()


def test_a_photo_goes_up_in_one_go_and_is_shown(shopper: Shopper) -> None:
    shopper.upload(media.jpeg((640, 480), gps=True), "Riß – crack.jpg")
    ready = shopper.finished()
    size = shopper.page.evaluate(
        "async (url) => { const it = new Image(); it.src = url; await it.decode(); return it.naturalWidth; }",
        ready["url"],
    )
    assert size == 640
    told = shopper.page.request.get(
        shopper.place(), headers={"Authorization": f"Bearer {shopper.server.token(shopper.draft)}"}
    ).json()
    assert told["name"] == "Riß – crack.jpg"


def test_progress_only_grows_and_ends_with_the_whole(shopper: Shopper) -> None:
    shopper.upload(VIDEO)
    shopper.finished()
    told = shopper.page.evaluate("() => window.told.map((each) => [each.state, each.sent])")
    sent = [each[1] for each in told]
    assert sent == sorted(sent)
    assert sent[-1] == len(VIDEO)
    assert len(set(sent)) > 8
    assert list(dict.fromkeys(state for state, _ in told)) == ["sending", "checking", "ready"]


def test_a_lost_connection_is_taken_up_again(shopper: Shopper) -> None:
    shopper.condition(upload=SLOW)
    shopper.upload(VIDEO)
    shopper.wait("it.sent > 1_000_000")
    shopper.condition(offline=True)
    shopper.page.wait_for_timeout(700)
    lost = shopper.progress()
    assert lost["state"] == "sending"
    assert lost["sent"] < len(VIDEO)
    shopper.condition()
    body = shopper.page.request.get(shopper.finished()["url"]).body()
    assert len(body) == len(VIDEO)
    assert FILM * 40_000 in body
    assert PLACE not in body


def test_a_server_that_was_killed_is_asked_again_until_it_is_back(shopper: Shopper) -> None:
    shopper.condition(upload=SLOW)
    shopper.upload(VIDEO)
    shopper.wait("it.sent > 1_000_000")
    shopper.server.kill()
    shopper.page.wait_for_timeout(500)
    shopper.server.start()
    shopper.condition()
    assert FILM * 40_000 in shopper.page.request.get(shopper.finished()["url"]).body()


def test_a_pause_stops_at_once_and_going_on_repeats_nothing_that_was_taken(shopper: Shopper) -> None:
    shopper.condition(upload=SLOW)
    shopper.upload(VIDEO)
    shopper.wait("it.sent > 1_000_000")
    shopper.page.evaluate("() => window.upload.pause()")
    paused = shopper.progress()
    shopper.page.wait_for_timeout(400)
    assert shopper.progress() == paused
    assert paused["state"] == "paused"
    shopper.condition()
    shopper.page.evaluate("() => void window.upload.start()")
    shopper.finished()
    offsets = shopper.page.evaluate("() => window.told.map((each) => each.sent)")
    assert offsets == sorted(offsets)


def test_a_full_server_is_waited_for(shopper: Shopper) -> None:
    hanging = []
    for number in range(2):
        client = Client(shopper.server, f"{shopper.draft}-{number}")
        hanging.append(client.stalled(client.announce(len(VIDEO)), 0, 500_000, VIDEO[:100]))
    shopper.page.wait_for_timeout(300)
    statuses: list[int] = []
    shopper.page.on("response", lambda response: statuses.append(response.status))
    shopper.upload(VIDEO)
    shopper.page.wait_for_timeout(1_500)
    assert 503 in statuses
    assert shopper.progress()["state"] == "sending"
    for connection in hanging:
        connection.close()
    shopper.finished()


def test_a_reloaded_page_goes_on_with_the_same_file(shopper: Shopper) -> None:
    shopper.condition(upload=SLOW)
    shopper.upload(VIDEO)
    shopper.wait("it.sent > 1_000_000")
    place = shopper.place()
    shopper.load()
    shopper.condition()
    shopper.upload(VIDEO, place=place)
    shopper.finished()
    assert shopper.page.evaluate("() => window.told.find((each) => each.sent > 0).sent") > 1_000_000
    assert shopper.place() == place


def test_a_refusal_says_why_in_the_shoppers_language(shopper: Shopper) -> None:
    shopper.upload(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "photo.jpg")
    refused = shopper.wait("it.state === 'refused'")
    assert refused["code"] == "evidence_kind"
    assert refused["detail"].startswith("Diese Art von Datei kann nicht verwendet werden")


def test_a_file_refused_after_it_was_looked_at_says_why(shopper: Shopper) -> None:
    shopper.upload(media.jpeg() + media.archive(), "photo.jpg")
    shopper.wait("it.state === 'checking'")
    shopper.server.check(shopper.place().rpartition("/")[2])
    refused = shopper.wait("it.state === 'refused'")
    assert refused["code"] == "evidence_mixed"


def test_a_token_whose_time_is_over_is_asked_for_again(shopper: Shopper) -> None:
    shopper.upload(media.jpeg(), tokens=["expired", shopper.server.token(shopper.draft)])
    shopper.finished()
    assert shopper.page.evaluate("() => window.asked") == 2


def test_a_cancelled_file_is_taken_back(shopper: Shopper) -> None:
    shopper.condition(upload=SLOW)
    shopper.upload(VIDEO)
    shopper.wait("it.sent > 500_000")
    place = shopper.place()
    shopper.page.evaluate("() => window.upload.cancel()")
    client = Client(shopper.server, shopper.draft)
    answer = shopper.page.request.get(place, headers=client.headers)
    assert answer.status == 404
    assert shopper.progress()["state"] == "waiting"
