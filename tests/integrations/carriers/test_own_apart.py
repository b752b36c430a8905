"""Accounts that karrio reads, tried from web: in a process of its own."""

from __future__ import annotations

import sys

import pytest
from requests import Session

from integrations.carriers import carriers, carriers_of_web
from integrations.carriers.karrio import apart
from integrations.carriers.karrio.adapters import karrio_apart
from integrations.carriers.karrio.apart import Answered, ApartSource, Asked
from integrations.carriers.karrio.kinds import KINDS
from integrations.carriers.karrio.worker.__main__ import answered
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import AskedParcel, CarrierSource
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from tests.integrations.carrier_contract import NOW
from tests.integrations.carriers.test_own_accounts import at
from tests.support.carriers.own_accounts import KEYS, OwnAccount, number
from tests.support.carriers.server import CarrierServer, Reply, serving

USPS = "usps"
PARCEL = AskedParcel(number(USPS), shipped_on=NOW.date())


def apart_from(server: CarrierServer) -> CarrierSource:
    opens = karrio_apart({USPS: server.address}, allows_private=True)[USPS].source
    assert opens
    return opens(CarrierAccount(USPS, KEYS[USPS], "push", NOW), Session())


def test_what_is_told_there_is_told_here_to_the_letter() -> None:
    with serving(OwnAccount(USPS)) as server:
        assert apart_from(server).ask([PARCEL], NOW) == tuple(at(server, USPS).ask([PARCEL], NOW))


@pytest.mark.parametrize(
    ("reply", "raised", "retry_after"),
    [
        (Reply(429, {}, (("Retry-After", "37"),)), Unavailable, 37.0),
        (Reply(401, {}), Rejected, None),
        (Reply(200, []), Unreadable, None),
    ],
)
def test_what_is_raised_there_is_raised_here(reply: Reply, raised: type[Exception], retry_after: float | None) -> None:
    with serving(OwnAccount(USPS)) as server:
        server.fail(reply)
        asked = Asked(USPS, KEYS[USPS], (PARCEL,), NOW, server.address, allows_private=True)
        with pytest.raises(raised) as caught:
            answered(asked).opened()
        assert getattr(caught.value, "retry_after", None) == retry_after


def test_a_process_that_comes_to_nothing_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    source = ApartSource(CarrierAccount(USPS, KEYS[USPS], "push", NOW), None, allows_private=False)
    for program in ((sys.executable, "-c", "raise SystemExit(3)"), ("/nowhere/python",)):
        monkeypatch.setattr(apart, "_PROGRAM", program)
        with pytest.raises(Unavailable):
            source.ask([PARCEL], NOW)


def test_web_asks_these_kinds_apart_and_the_others_itself() -> None:
    web = carriers_of_web()
    assert web.kinds() == carriers().kinds()
    for kind in web.kinds():
        source = web.source(CarrierAccount(kind, KEYS.get(kind, {"key": "a-key"}), "push", NOW))
        assert isinstance(source, ApartSource) is (kind in KINDS)


def test_an_empty_answer_tells_nothing() -> None:
    assert Answered().opened() == ()
