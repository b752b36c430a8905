"""Mail that did not leave at once, and who it comes from, as every adapter of the ports keeps them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from plugin.domain.identity import by_email
from plugin.domain.sender import Encryption, MailServer, Sender
from plugin.ports.mailer import Mail
from plugin.ports.undelivered import GIVEN_UP, UndeliveredMail
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from tests.build import MERCHANT, NOW

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
IDA = Mail("ida@example.com", "Your return", "Hello Ida", "en")
JO = replace(IDA, to="jo@example.com")
SENDER = Sender(
    "Nordkap", "help@nordkap.example", None, MailServer("mail.example.com", 587, Encryption.STARTTLS, "u", "hunter2")
)


@pytest.fixture
def queued(units: Units) -> Units:
    with units(MERCHANT) as unit:
        unit.mails.add("mail1", IDA, NOW)
        unit.mails.add("mail2", JO, LATER)
        unit.commit()
    return units


def test_a_message_that_failed_is_listed_with_its_last_fault_and_all_its_attempts(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        assert unit.undelivered.all(10) == []
        unit.undelivered.failed("mail1", "unreachable", "", NOW)
        unit.undelivered.failed("mail1", "server_busy", "451 later ida@example.com", LATER)
        unit.commit()
    with queued.read(MERCHANT) as unit:
        (found,) = unit.undelivered.all(10)
        assert found == UndeliveredMail(
            "mail1", IDA, NOW, 2, "server_busy", "451 later ida@example.com", LATER, parked_at=None
        )
        assert unit.mails.get("mail1") == IDA, "it is tried again"


def test_a_parked_message_is_not_tried_again_until_it_is_revived_and_then_as_if_new(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        unit.undelivered.failed("mail1", "recipient_refused", "550", NOW)
        unit.undelivered.park("mail1", NOW)
        assert unit.mails.get("mail1") is None
        assert list(unit.mails.unsent(NOW, LATER + HOUR, 10)) == ["mail2"]
        assert [each.parked_at for each in unit.undelivered.all(10)] == [NOW]
        assert list(unit.undelivered.revive(["mail1", "unknown", "mail2"], LATER)) == ["mail1"]
        assert unit.mails.get("mail1") == IDA
        (found,) = unit.undelivered.all(10)
        assert (found.parked_at, found.queued_at, found.attempts) == (None, LATER, 1)


def test_a_message_that_leaves_at_last_is_listed_no_more(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        unit.undelivered.failed("mail1", "unreachable", "", NOW)
        unit.mails.sent("mail1", LATER)
        unit.undelivered.failed("mail1", "unreachable", "", LATER)
        unit.undelivered.park("mail1", LATER)
        assert unit.undelivered.all(10) == []
        assert unit.undelivered.revive(None, LATER) == []
        assert unit.mails.is_known("mail1")


def test_what_waited_too_long_is_parked_with_the_fault_it_had_or_as_given_up(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        unit.mails.add("mail0", IDA, NOW - HOUR)
        unit.undelivered.failed("mail1", "unreachable", "", NOW)
        assert unit.undelivered.give_up(LATER, LATER) == 2
        assert unit.undelivered.give_up(LATER, LATER + HOUR) == 0
        found = {each.id: (each.fault, each.parked_at) for each in unit.undelivered.all(10)}
        assert found == {"mail1": ("unreachable", LATER), "mail0": (GIVEN_UP, LATER)}


def test_the_newest_come_first_within_the_limit(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        for mail_id in ("mail1", "mail2"):
            unit.undelivered.failed(mail_id, "unreachable", "", NOW)
        assert [each.id for each in unit.undelivered.all(10)] == ["mail2", "mail1"]
        assert [each.id for each in unit.undelivered.all(1)] == ["mail2"]


def test_a_dismissed_message_is_gone_and_its_event_still_known(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        unit.undelivered.failed("mail1", "recipient_refused", "550", NOW)
        assert unit.undelivered.dismiss(["mail1", "mail2", "unknown"]) == 1
        assert unit.undelivered.all(10) == []
        assert unit.mails.get("mail1") is None
        assert unit.mails.get("mail2") == JO, "only what failed can be dismissed"
        assert unit.mails.is_known("mail1")
        assert list(unit.mails.unsent(NOW, LATER + HOUR, 10)) == ["mail2"]


def test_whatever_waits_for_an_address_can_be_forgotten(queued: Units) -> None:
    with queued(MERCHANT) as unit:
        unit.undelivered.failed("mail1", "recipient_refused", "550", NOW)
        assert unit.undelivered.forget(by_email("Ida@Example.com ")) == 1
        assert unit.undelivered.forget(by_email("ida@example.com")) == 0
        assert unit.mails.get("mail1") is None
        assert unit.mails.get("mail2") == JO


def test_a_sender_is_kept_with_the_password_and_replaced_whole(units: Units) -> None:
    with units(MERCHANT) as unit:
        assert unit.senders.get() is None
        unit.senders.save(SENDER, NOW)
        unit.commit()
    with units(MERCHANT) as unit:
        assert unit.senders.get() == SENDER
        unit.senders.save(replace(SENDER, server=None), LATER)
        assert unit.senders.get() == replace(SENDER, server=None)
        unit.senders.save(None, LATER)
        assert unit.senders.get() is None


def test_a_test_counts_for_the_sender_it_was_sent_by(units: Units) -> None:
    with units(MERCHANT) as unit:
        assert unit.senders.last_test_sent() is None
        unit.senders.tested(NOW)
        assert unit.senders.last_test_sent() == NOW
        unit.senders.save(SENDER, LATER)
        assert unit.senders.last_test_sent() is None
        unit.senders.tested(LATER)
        assert unit.senders.get() == SENDER
        assert unit.senders.last_test_sent() == LATER


def test_neither_password_nor_address_nor_a_servers_words_are_readable_in_the_database(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.senders.save(SENDER, NOW)
        unit.mails.add("mail1", IDA, NOW)
        unit.undelivered.failed("mail1", "recipient_refused", "550 ida@example.com", NOW)
        unit.commit()
    with storage.engine.connect() as connection:
        rows = [*connection.execute(text("select * from senders")), *connection.execute(text("select * from mails"))]
    kept = b"".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for row in rows for cell in row
    )
    for secret in (b"hunter2", b"nordkap.example", b"mail.example.com", b"ida@example.com"):
        assert secret not in kept
