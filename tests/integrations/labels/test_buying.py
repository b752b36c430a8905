"""A label from the asking to the sealed file, through the real provider's adapter over loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from integrations.guarded_http import open_session
from integrations.labels.sendcloud.client import SendcloudClient
from integrations.labels.sendcloud.provider import Sendcloud
from plugin.domain.returning.label import LabelState
from tests.support.label_desk import LabelDesk
from tests.support.sendcloud import ANSWERS, LABEL, Reply, SendcloudServer, serving


@pytest.fixture
def server() -> Iterator[SendcloudServer]:
    with serving(SendcloudServer()) as server:
        yield server
        assert server.wrong == []


@pytest.fixture
def desk(server: SendcloudServer) -> LabelDesk:
    desk = LabelDesk()
    session = open_session(allows_private=True, timeouts=(0.5, 0.5))
    desk.provider = Sendcloud(SendcloudClient("pk_1", "sk_1", session, server.address))  # type: ignore[assignment]  # the same port
    return desk


def test_a_label_is_bought_and_kept(desk: LabelDesk) -> None:
    label = desk.request()
    assert desk.issue(label) == "issued"
    assert desk.read(label) == LABEL
    carriage = desk.got(label).carriage
    assert carriage
    assert carriage.tracking == ANSWERS["list"]["data"][0]["tracking_number"]


def test_an_answer_that_never_came_leaves_one_sale_and_one_label(desk: LabelDesk, server: SendcloudServer) -> None:
    server.fail("/returns/announce", Reply(hangs=True))
    label = desk.request()
    assert desk.issue(label) == "requested"
    desk.tick(timedelta(minutes=1))
    assert desk.issue(label) == "issued"
    assert len(server.returns) == len(server.bodies) == 1


def test_a_refusal_waits_for_a_person_with_the_providers_words(desk: LabelDesk, server: SendcloudServer) -> None:
    server.fail("/returns/announce", Reply(400, ANSWERS["error"]))
    label = desk.request()
    assert desk.issue(label) == "failed"
    parked = desk.got(label)
    assert (parked.state, parked.code) == (LabelState.FAILED, "provider_refused")
    assert parked.detail == "The postal code you provided is invalid."


def test_a_busy_provider_is_left_alone_for_as_long_as_it_says(desk: LabelDesk, server: SendcloudServer) -> None:
    server.fail("/returns/announce", Reply(429, headers=(("Retry-After", "600"),)))
    label = desk.request()
    desk.issue(label)
    assert desk.got(label).due_at == desk.now + timedelta(minutes=10)
