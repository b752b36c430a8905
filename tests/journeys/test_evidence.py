"""Evidence sent to a real web process: killed in the middle, asked for too much at once, starved of bytes."""

from __future__ import annotations

import io
import socket
import struct
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support import media
from tests.support.evidence_server import EvidenceServer
from tests.support.media import FILM, PLACE
from tests.support.processes import Nursery, eventually
from tests.support.workers import working

FILM_LONG = FILM * 20_000
VIDEO = media.mp4(film=FILM_LONG)
CHUNK = 500_000


LIMITS = {"UPLOAD_SLOTS": "2", "WEB_THREADS": "6"}


@pytest.fixture(scope="module")
def server(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceServer]:
    """Give one that goes on running: every client has a draft of its own."""
    running = EvidenceServer(nursery, tmp_path_factory.mktemp("evidence") / "home", LIMITS)
    running.start()
    yield running
    running.close()


@pytest.fixture
def mortal(nursery: Nursery, tmp_path: Path) -> Iterator[EvidenceServer]:
    """Give one to kill."""
    running = EvidenceServer(nursery, tmp_path / "home", LIMITS)
    running.start()
    yield running
    running.close()


class Client:
    """A tus client, as short as one can be."""

    def __init__(self, server: EvidenceServer, draft: str = "") -> None:
        self.server = server
        token = server.token(draft or f"draft-{uuid.uuid4().hex}")
        self.headers = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}

    def announce(self, size: int) -> str:
        answer = requests.post(self.server.endpoint, headers={**self.headers, "Upload-Length": str(size)}, timeout=20)
        assert answer.status_code == 201
        return answer.headers["Location"]

    def offset(self, place: str) -> int:
        return int(requests.head(place, headers=self.headers, timeout=20).headers["Upload-Offset"])

    def send(self, place: str, offset: int, content: bytes) -> requests.Response:
        headers = {**self.headers, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return requests.patch(place, data=io.BytesIO(content), headers=headers, timeout=60)

    def finish(self, place: str, content: bytes) -> None:
        offset = self.offset(place)
        while offset < len(content):
            assert self.send(place, offset, content[offset : offset + CHUNK]).status_code == 204
            offset = self.offset(place)

    def stalled(self, place: str, offset: int, length: int, sent: bytes) -> socket.socket:
        """A chunk whose bytes stop coming."""
        connection = socket.create_connection(("127.0.0.1", self.server.port))
        path = place.removeprefix(self.server.url)
        lines = [f"PATCH {path} HTTP/1.1", "Host: x", f"Content-Length: {length}", f"Upload-Offset: {offset}"]
        lines += ["Content-Type: application/offset+octet-stream", *(f"{k}: {v}" for k, v in self.headers.items())]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + sent)
        return connection


def test_a_server_that_is_killed_in_the_middle_of_a_chunk_goes_on_where_it_was(mortal: EvidenceServer) -> None:
    client = Client(mortal)
    place = client.announce(len(VIDEO))
    assert client.send(place, 0, VIDEO[:CHUNK]).status_code == 204
    hanging = client.stalled(place, CHUNK, CHUNK, VIDEO[CHUNK : CHUNK + 70_000])
    mortal.kill()
    hanging.close()
    mortal.start()
    assert client.offset(place) == CHUNK
    client.finish(place, VIDEO)
    mortal.check(place.rpartition("/")[2])
    told = requests.get(place, headers=client.headers, timeout=20).json()
    assert (told["state"], told["media_type"], told["bytes"]) == ("ready", "video/mp4", len(VIDEO))
    shown = requests.get(told["url"], timeout=20)
    assert FILM_LONG in shown.content
    assert PLACE not in shown.content


def test_the_worker_looks_at_a_file_as_soon_as_it_is_whole(nursery: Nursery, server: EvidenceServer) -> None:
    client = Client(server)
    photo, page = media.jpeg((900, 600), gps=True), media.jpeg() + bytes(5_000) + b"<script>alert(1)</script>"
    places = [client.announce(len(content)) for content in (photo, page)]
    for place, content in zip(places, (photo, page), strict=True):
        client.finish(place, content)

    def told() -> list[dict[str, str]]:
        return [requests.get(place, headers=client.headers, timeout=20).json() for place in places]

    with working(nursery, server.home, f"sqlite:///{server.home / 'aftercare.sqlite3'}"):
        eventually(lambda: {each["state"] for each in told()} == {"ready", "refused"}, "both files are looked at")
    assert [each["code"] for each in told()] == [None, "evidence_mixed"]
    assert b"Nokia" not in requests.get(told()[0]["url"], timeout=20).content


def test_a_chunk_that_is_killed_while_it_is_written_is_taken_whole_or_not_at_all(mortal: EvidenceServer) -> None:
    client = Client(mortal)
    place = client.announce(len(VIDEO))
    for pause in (0.0, 0.005, 0.02):
        offset = client.offset(place)
        sending = threading.Thread(target=_send_and_shrug, args=(client, place, offset))
        sending.start()
        time.sleep(pause)
        mortal.kill()
        sending.join()
        mortal.start()
        assert client.offset(place) in {offset, offset + CHUNK}
    client.finish(place, VIDEO)
    mortal.check(place.rpartition("/")[2])
    told = requests.get(place, headers=client.headers, timeout=20).json()
    assert (told["state"], told["bytes"]) == ("ready", len(VIDEO))


def _send_and_shrug(client: Client, place: str, offset: int) -> None:
    try:
        client.send(place, offset, VIDEO[offset : offset + CHUNK])
    except requests.ConnectionError:
        return


def test_uploads_wait_their_turn_and_never_keep_anybody_else_waiting(server: EvidenceServer) -> None:
    hanging = []
    for _ in range(2):
        client = Client(server)
        place = client.announce(len(VIDEO))
        hanging.append(client.stalled(place, 0, CHUNK, VIDEO[:1_000]))
    time.sleep(0.5)
    late = Client(server)
    place = late.announce(len(VIDEO))
    refused = late.send(place, 0, VIDEO[:CHUNK])
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    began = time.monotonic()
    for _ in range(20):
        assert requests.get(f"{server.url}/healthz", timeout=60).status_code == 200
    assert time.monotonic() - began < 5
    for connection in hanging:
        # RST instead of FIN: the shopper's train entered a tunnel
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    deadline = time.monotonic() + 20
    while late.send(place, 0, VIDEO[:CHUNK]).status_code != 204:
        assert time.monotonic() < deadline, "a slot of a lost connection never came free"
        time.sleep(0.1)
    assert late.offset(place) == CHUNK


def test_a_chunk_whose_bytes_stop_coming_gives_its_slot_back(server: EvidenceServer) -> None:
    hanging = []
    for _ in range(2):
        client = Client(server)
        hanging.append(client.stalled(client.announce(len(VIDEO)), 0, CHUNK, VIDEO[:1_000]))
    late = Client(server)
    place = late.announce(len(VIDEO))
    began = time.monotonic()
    while late.send(place, 0, VIDEO[:CHUNK]).status_code != 204:
        assert time.monotonic() - began < 40, "whoever dawdles keeps a slot"
        time.sleep(0.5)
    for connection in hanging:
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
        connection.close()


def test_a_connection_that_is_cut_leaves_the_offset_where_it_was(server: EvidenceServer) -> None:
    client = Client(server)
    place = client.announce(len(VIDEO))
    assert client.send(place, 0, VIDEO[:CHUNK]).status_code == 204
    client.stalled(place, CHUNK, CHUNK, VIDEO[CHUNK : CHUNK + 300_000]).close()
    assert client.offset(place) == CHUNK
    client.finish(place, VIDEO)
    assert client.offset(place) == len(VIDEO)
