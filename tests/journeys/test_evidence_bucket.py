"""Evidence kept in a bucket: the whole way through a real web process and an S3-compatible store on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer

from tests.journeys.test_evidence import FILM_LONG, VIDEO, Client
from tests.support.evidence_server import EvidenceServer
from tests.support.media import PLACE
from tests.support.processes import Nursery

KEYS = {
    "FILES_ACCESS_KEY": "key",
    "FILES_SECRET_KEY": "secret",
    "FILES_REGION": "us-east-1",
    "FILES_BUCKET": "evidence",
}


@pytest.fixture
def address() -> Iterator[str]:
    store = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    host, port = store.get_host_and_port()
    yield f"http://{host}:{port}"
    store.stop()


@pytest.fixture
def bucket(address: str) -> object:
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    client.create_bucket(Bucket="evidence")
    return client


@pytest.fixture
def server(nursery: Nursery, tmp_path: Path, address: str) -> Iterator[EvidenceServer]:
    running = EvidenceServer(nursery, tmp_path / "home", {**KEYS, "FILES_ENDPOINT": address})
    running.start()
    yield running
    running.close()


def test_a_video_goes_through_a_bucket_and_only_sealed_bytes_are_there(
    server: EvidenceServer,
    bucket: object,
) -> None:
    client = Client(server)
    place = client.announce(len(VIDEO))
    client.finish(place, VIDEO)
    parts = bucket.list_objects_v2(Bucket="evidence")["Contents"]  # type: ignore[attr-defined]  # boto3 has no types
    assert len(parts) == -(-len(VIDEO) // 500_000)
    server.check(place.rpartition("/")[2])
    told = requests.get(place, headers=client.headers, timeout=20).json()
    whole = requests.get(told["url"], timeout=20).content
    assert FILM_LONG in whole
    assert PLACE not in whole
    part = requests.get(told["url"], headers={"Range": "bytes=1000000-1000099"}, timeout=20)
    assert (part.status_code, part.content) == (206, whole[1_000_000:1_000_100])
    (kept,) = bucket.list_objects_v2(Bucket="evidence")["Contents"]  # type: ignore[attr-defined]  # likewise
    sealed = bucket.get_object(Bucket="evidence", Key=kept["Key"])["Body"].read()  # type: ignore[attr-defined]  # likewise
    assert len(sealed) > len(VIDEO)
    assert FILM_LONG[:60] not in sealed
    assert not (server.home / "files").exists()
