"""Whoever calls with keys nobody asked for is refused without getting in anybody's way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from plugin.domain.connection import Credentials
from plugin.domain.effects import ProveKeys
from plugin.domain.key_request import KeyRequest, KeysNotWanted, KeyState
from plugin.ports.key_exchange import SentKeys
from plugin.usecases.receive_keys import receive_denial, receive_keys
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeSecrets
from tests.fakes.units import FakeUnits

SECRETS = FakeSecrets()
ASKED = KeyRequest("asked1", "https://nordkap.example", SECRETS.hash("name"), None, NOW, NOW + timedelta(hours=1))
KEYS = Credentials("ck", "cs")


class ReadingOnly(FakeUnits):
    """Units of which nobody may open one to write."""

    def __call__(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - never returns
        raise AssertionError("the right to write was taken")


@pytest.fixture
def asked(units: FakeUnits) -> FakeUnits:
    with units(MERCHANT) as unit:
        unit.key_requests.save(ASKED)
        unit.commit()
    return units


def send(units: FakeUnits, name: str = "name", request: str = "asked1", hours: int = 0) -> None:
    sent, at = SentKeys(name, KEYS), NOW + timedelta(hours=hours)
    receive_keys(request, sent, merchant=MERCHANT, units=units, secrets=SECRETS, now=at)


def deny(units: FakeUnits, name: str = "guess") -> None:
    receive_denial("asked1", name, merchant=MERCHANT, units=units, secrets=SECRETS, now=NOW)


@pytest.mark.parametrize(
    "call",
    [
        lambda units: send(units, name="guess"),
        lambda units: send(units, request="another"),
        lambda units: send(units, hours=1),
        deny,
    ],
)
def test_a_stranger_and_who_is_late_are_refused_before_anything_is_written(
    asked: FakeUnits, call: Callable[[FakeUnits], None]
) -> None:
    with pytest.raises(KeysNotWanted):
        call(ReadingOnly(asked.tables))


def test_keys_are_kept_with_the_job_that_proves_them(asked: FakeUnits) -> None:
    send(asked)
    kept = asked.of(MERCHANT).key_requests["asked1"]
    assert (kept.state, kept.keys, kept.due_at) == (KeyState.CAME, KEYS, NOW)
    assert asked.effects(MERCHANT) == [ProveKeys(MERCHANT, "asked1")]


def test_a_no_after_keys_have_come_takes_them_away_from_nobody(asked: FakeUnits) -> None:
    send(asked)
    deny(asked, "name")
    assert asked.of(MERCHANT).key_requests["asked1"].state is KeyState.CAME
