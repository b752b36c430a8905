"""Inbox, parked records and mails as every adapter of the ports keeps them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.errors import NotFound
from plugin.domain.ids import InboxId, MerchantId, ParkedId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_shop
from tests.storage.conftest import Ports

SHOP = a_shop().id
LATER = NOW + timedelta(minutes=5)
MESSAGE = InboxMessage(
    InboxId("in1"), MERCHANT, SHOP, Platform.WOOCOMMERCE, "order.updated", (("X-Id", "7"),), b'{"id": 7}', NOW
)
RECORD = ParkedRecord(ParkedId("p1"), SHOP, Platform.WOOCOMMERCE, "order", "missing", "id", b"{}", NOW)
MAIL = Mail(to="ida@example.com", subject="Ihr Widerruf", text="Hallo Ida", language="de")


def receive(units: Units, message: InboxMessage = MESSAGE, key: str = "delivery1") -> bool:
    with units(message.merchant, is_incoming=True) as unit:
        is_new = unit.inbox.add(message, key)
        unit.commit()
    return is_new


def lease(ports: Ports, now: datetime = NOW, until: datetime = LATER) -> list[InboxMessage]:
    return list(ports.inbox_lease.lease(now, until, 10))


def test_a_delivery_repeated_while_it_waits_collapses(ports: Ports) -> None:
    assert receive(ports.units)
    assert not receive(ports.units, replace(MESSAGE, id=InboxId("in2")))
    assert [message.id for message in lease(ports)] == ["in1"]


def test_a_delivery_repeated_after_it_was_applied_is_news(ports: Ports) -> None:
    receive(ports.units)
    with ports.units(MERCHANT) as unit:
        unit.inbox.done([MESSAGE.id])
        unit.commit()
    assert receive(ports.units, replace(MESSAGE, id=InboxId("in2")))


def test_a_message_is_leased_whole_to_one_worker(ports: Ports) -> None:
    assert not ports.inbox_lease.is_any_due(NOW)
    receive(ports.units)
    assert ports.inbox_lease.is_any_due(NOW)
    assert lease(ports) == [replace(MESSAGE, attempts=1)]
    assert lease(ports) == []
    assert not ports.inbox_lease.is_any_due(NOW)


def test_a_lease_that_runs_out_is_handed_on(ports: Ports) -> None:
    receive(ports.units)
    lease(ports)
    assert lease(ports, LATER - timedelta(microseconds=1)) == []
    assert lease(ports, LATER, LATER + timedelta(minutes=5)) == [replace(MESSAGE, attempts=2)]


def test_a_message_given_back_is_due_when_told(ports: Ports) -> None:
    receive(ports.units)
    lease(ports)
    with ports.units(MERCHANT) as unit:
        unit.inbox.retry_at(MESSAGE.id, NOW + timedelta(seconds=30), "unavailable")
        unit.commit()
    assert lease(ports, NOW + timedelta(seconds=29)) == []
    assert [message.id for message in lease(ports, NOW + timedelta(seconds=30))] == ["in1"]


def test_a_late_message_is_hastened_with_its_reason_but_never_taken_from_who_is_at_it(ports: Ports) -> None:
    receive(ports.units)
    lease(ports)
    assert not hasten(ports, NOW), "somebody holds the lease"
    assert lease(ports) == []
    with ports.units(MERCHANT) as unit:
        unit.inbox.retry_at(MESSAGE.id, LATER, "unavailable")
        unit.commit()
    assert hasten(ports, NOW)
    with ports.units.read(MERCHANT) as unit:
        assert [each.reason for each in unit.inbox.late(LATER, 10)] == ["unavailable"]
    assert [message.id for message in lease(ports)] == ["in1"]
    with ports.units(MERCHANT) as unit:
        unit.inbox.done([MESSAGE.id])
        unit.commit()
    assert not hasten(ports, NOW), "it waits no more"


def hasten(ports: Ports, now: datetime) -> bool:
    with ports.units(MERCHANT) as unit:
        is_due = unit.inbox.hasten(MESSAGE.id, now)
        unit.commit()
    return is_due


def test_messages_of_all_merchants_are_leased_oldest_first_within_the_limit(ports: Ports) -> None:
    other = MerchantId("merchant2")
    with ports.units(other) as unit:
        unit.shops.add_merchant(Merchant(other, "Südkap SARL", NOW))
        unit.shops.add(a_shop("Südkap", merchant=other))
        unit.commit()
    receive(ports.units)
    older = replace(MESSAGE, merchant=other, shop=a_shop("Südkap").id, received_at=NOW - timedelta(seconds=1))
    receive(ports.units, older)
    assert [message.merchant for message in ports.inbox_lease.lease(NOW, LATER, 1)] == [other]
    assert [message.merchant for message in lease(ports)] == [MERCHANT]


def test_the_same_body_is_parked_once_and_its_attempts_counted(units: Units) -> None:
    again = replace(RECORD, id=ParkedId("p2"), code="malformed", field="total", parked_at=LATER)
    with units(MERCHANT) as unit:
        unit.parked.add([RECORD, replace(RECORD, id=ParkedId("p3"), body=b"[]", parked_at=LATER)])
        unit.parked.add([again])
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.parked.get(RECORD.id) == replace(RECORD, code="malformed", field="total", attempts=2)
        assert [record.id for record in unit.parked.all()] == ["p1", "p3"]
        assert [record.id for record in unit.parked.all(SHOP)] == ["p1", "p3"]


def test_what_was_parked_goes_when_it_is_read_or_dismissed(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.parked.add([RECORD, replace(RECORD, id=ParkedId("p2"), body=b"[]")])
        unit.parked.resolve(SHOP, "refund", [b"{}"])
        unit.parked.resolve(SHOP, "order", [b"{}", b"never parked"])
        assert [record.id for record in unit.parked.all()] == ["p2"]
        unit.parked.remove([ParkedId("p2"), ParkedId("unknown")])
        assert unit.parked.codes() == {}
        with pytest.raises(NotFound):
            unit.parked.get(RECORD.id)


def test_parked_states_of_an_order_are_found_in_their_shop_alone(units: Units) -> None:
    older = replace(RECORD, id=ParkedId("p2"), body=b"[]", subject="7", parked_at=NOW - timedelta(hours=1))
    other = replace(RECORD, id=ParkedId("p3"), body=b"[3]", subject="77")
    with units(MERCHANT) as unit:
        unit.shops.add(a_shop("Another"))
        assert unit.parked.about(SHOP, ["7"]) == []
        unit.parked.add([RECORD])
        assert unit.parked.about(SHOP, ["7"]) == [], "nobody could tell what it is"
        unit.parked.add([replace(older, id=ParkedId("p4"), body=b"[4]", parked_at=NOW), older, other])
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert [record.id for record in unit.parked.about(SHOP, ["7"])] == ["p2", "p4"]
        assert unit.parked.about(SHOP, ["8", "77"]) == [other]
        assert unit.parked.about(SHOP, []) == []
        assert unit.parked.about(a_shop("Another").id, ["7", "77"]) == []
        many = [str(number) for number in range(1_200)]
        assert [record.id for record in unit.parked.about(SHOP, many)] == ["p2", "p3", "p4"]


def test_a_mail_is_forgotten_once_sent(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.mails.add("mail1", MAIL, NOW)
        assert unit.mails.get("mail1") == MAIL
        unit.mails.sent("mail1", NOW)
        assert unit.mails.get("mail1") is None
        assert unit.mails.get("mail2") is None
        assert unit.mails.is_known("mail1")
        assert not unit.mails.is_known("mail2")


def test_mails_that_wait_are_named_newest_first_and_those_sent_are_not(units: Units) -> None:
    minute = timedelta(minutes=1)
    with units(MERCHANT) as unit:
        for number in range(5):
            unit.mails.add(f"mail{number}", MAIL, NOW + number * minute)
        unit.mails.sent("mail2", LATER)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert list(unit.mails.unsent(NOW, NOW + 4 * minute, 10)) == ["mail3", "mail1", "mail0"]
        assert list(unit.mails.unsent(NOW + minute, NOW + 4 * minute, 10)) == ["mail3", "mail1"]
        assert list(unit.mails.unsent(NOW, NOW + 4 * minute, 1)) == ["mail3"]
        assert list(unit.mails.unsent(LATER, LATER + minute, 10)) == []
