"""Owners hear by mail of a shop that cannot be read: once each time, in their language, with what goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.documents.letters import outage_letter
from plugin.domain.connection import POLL_EVERY, Connection, Credentials
from plugin.domain.connection_faults import KeysRefused, ShopFault, ShopUnavailable
from plugin.domain.outage import Outage, OutageKind, outage
from plugin.domain.shop import Role, Shop
from plugin.usecases.alert_outages import alert_outages
from plugin.usecases.invite_staff import invite_staff
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

LETTER = outage_letter("https://aftercare.example")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REFUSED, SILENT = KeysRefused("HTTP 401"), ShopUnavailable("unknown name")


@pytest.fixture
def shop() -> Shop:
    return a_shop()


@pytest.fixture
def connected(units: FakeUnits, shop: Shop, ids: FakeIds, secrets: FakeSecrets) -> FakeUnits:
    """Give a shop, two owners of different languages, and somebody whom it is none of the business of."""
    for name, role, language in (("anna", Role.OWNER, "en"), ("ben", Role.OWNER, "de"), ("cleo", Role.AGENT, "en")):
        address = f"{name}@shop.example"
        invite_staff(address, role, language, merchant=MERCHANT, units=units, ids=ids, secrets=secrets, now=NOW)
    with units(MERCHANT) as unit:
        unit.connections.save(Connection(shop.id, Credentials("ck", "cs"), NOW, polled_at=NOW, due_at=NOW))
        unit.commit()
    return units


def poll(units: FakeUnits, shop: Shop, at: datetime, fault: ShopFault | None = None) -> None:
    """Let a poll end so."""
    with units(MERCHANT) as unit:
        known = unit.connections.get(shop.id)
        assert known
        unit.connections.settle(known.failed(fault, at) if fault else known.polled(at, POLL_EVERY, is_complete=True))
        unit.commit()


def told(units: FakeUnits, at: datetime) -> list[tuple[str, str]]:
    """Addresses and subjects of what two runs on this day queue: the second has nothing to add."""
    before = set(units.of(MERCHANT).mails_queued)
    count = alert_outages(merchant=MERCHANT, units=units, letter=LETTER, now=at)
    assert alert_outages(merchant=MERCHANT, units=units, letter=LETTER, now=at) == 0
    mails = units.of(MERCHANT).mails
    new = [mails[mail_id] for mail_id in units.of(MERCHANT).mails_queued.keys() - before]
    assert len(new) == count
    return sorted((mail.to, mail.subject) for mail in new)


STOPPED = [
    ("anna@shop.example", "Nordkap is not read any more"),
    ("ben@shop.example", "Nordkap wird nicht mehr gelesen"),
]


def test_revoked_keys_are_told_at_once_to_every_owner_and_once(connected: FakeUnits, shop: Shop) -> None:
    assert told(connected, NOW) == []
    poll(connected, shop, NOW + HOUR, REFUSED)
    assert told(connected, NOW + HOUR) == STOPPED
    assert told(connected, NOW + 30 * DAY) == []


def test_keys_that_were_mended_and_revoked_again_are_told_again(connected: FakeUnits, shop: Shop) -> None:
    poll(connected, shop, NOW + HOUR, REFUSED)
    told(connected, NOW + HOUR)
    with connected(MERCHANT) as unit:
        unit.connections.save(Connection(shop.id, Credentials("ck2", "cs2"), NOW + DAY, due_at=NOW + DAY))
        unit.commit()
    poll(connected, shop, NOW + DAY)
    assert told(connected, NOW + DAY) == []
    poll(connected, shop, NOW + 2 * DAY, REFUSED)
    assert told(connected, NOW + 2 * DAY) == STOPPED


def test_a_shop_that_does_not_answer_is_told_after_a_day_of_it_and_not_of_each_attempt(
    connected: FakeUnits, shop: Shop
) -> None:
    for hours in range(24):
        poll(connected, shop, NOW + hours * HOUR, SILENT)
        assert told(connected, NOW + hours * HOUR) == []
    assert [subject for _, subject in told(connected, NOW + DAY)] == [
        "Nordkap has not answered for a day",
        "Nordkap antwortet seit einem Tag nicht",
    ]
    poll(connected, shop, NOW + 2 * DAY, SILENT)
    assert told(connected, NOW + 2 * DAY) == []


def test_one_answer_in_between_begins_the_day_anew(connected: FakeUnits, shop: Shop) -> None:
    poll(connected, shop, NOW, SILENT)
    poll(connected, shop, NOW + 20 * HOUR)
    poll(connected, shop, NOW + 21 * HOUR, SILENT)
    assert told(connected, NOW + 30 * HOUR) == []
    assert len(told(connected, NOW + 45 * HOUR)) == 2


def test_the_message_says_what_happened_what_goes_on_and_where_to_look(connected: FakeUnits, shop: Shop) -> None:
    poll(connected, shop, NOW, REFUSED)
    told(connected, NOW)
    (text,) = [mail.text for mail in connected.of(MERCHANT).mails.values() if mail.language == "en"]
    assert "Nordkap has refused us since" in text
    assert "The shop refuses these keys. Make new ones in WooCommerce" in text
    assert "Everything read so far stays" in text
    assert f"https://aftercare.example/admin/shops/{shop.id}/health" in text


def test_an_outage_from_before_its_beginning_was_kept_counts_from_the_last_good_poll() -> None:
    known = Connection(a_shop().id, Credentials("ck", "cs"), NOW - DAY, polled_at=NOW, fault="shop_keys_refused")
    assert outage(known, NOW + HOUR) == Outage(OutageKind.STOPPED, NOW)
    assert outage(replace(known, fault=None), NOW) is None
