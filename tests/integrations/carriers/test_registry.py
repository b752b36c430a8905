"""The registry of carriers' adapters."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.request import Request

import pytest
from requests.cookies import create_cookie

from integrations.carriers import CARRIERS, carriers
from integrations.carriers.aftership import translate as aftership
from integrations.carriers.seventeen_track import translate as seventeen_track
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.carriers import carrier_named
from plugin.ports.carrier import Capability

SINCE = datetime(2026, 3, 1, tzinfo=UTC)


def account(kind: str) -> CarrierAccount:
    return CarrierAccount(kind, {"key": "a-key"}, "a-push-token", SINCE)


@pytest.mark.parametrize("kind", CARRIERS)
def test_each_adapter_does_what_its_kind_says(kind: str) -> None:
    found = carriers()
    assert found.kinds()[kind].kind == kind
    can = found.kinds()[kind].capabilities
    assert (found.source(account(kind)) is not None) is (Capability.POLL in can)
    assert (found.push(account(kind)) is not None) is (Capability.PUSH in can)
    assert found.kinds()[kind].documentation.startswith("https://")


def test_whose_adapter_is_not_here_is_neither_asked_nor_heard() -> None:
    assert carriers().source(account("nobody")) is None
    assert carriers().push(account("nobody")) is None


def test_merchants_share_connections_and_no_cookies() -> None:
    found = carriers()
    session = found._sessions("17track")
    assert found._sessions("17track") is session
    told = create_cookie("who", "somebody", domain="example.com")
    session.cookies.set_cookie_if_ok(told, Request("https://example.com"))
    assert not list(session.cookies)


def test_every_carrier_of_an_adapter_is_one_of_ours() -> None:
    for keys in (aftership.KEYS, seventeen_track.KEYS):
        assert {slug for slug in keys.carriers if carrier_named(slug) != slug} == set()
        told = [key for those in keys.carriers.values() for key in those]
        assert len(told) == len(set(told))
        assert len(keys.origin) > 40
