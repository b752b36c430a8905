"""Messages are large: whoever has to look into all that wait holds a few of them in memory, never all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from plugin.domain.ids import InboxId, ParkedId
from plugin.domain.order import Platform
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.ports.mailer import Mail
from plugin.storage import Storage
from plugin.usecases.erase_person import erase_person
from tests.build import MERCHANT, NOW, a_shop

SHOP, EMAIL = a_shop().id, "ida@example.com"
MANY, FEW = 120, 50
NAMED = (0, 70, 119)
PARKED = ParkedRecord(ParkedId("p"), SHOP, Platform.WOOCOMMERCE, "", "not_json", "", b"", NOW)
MESSAGE = InboxMessage(InboxId("in"), MERCHANT, SHOP, Platform.WOOCOMMERCE, "order.updated", (), b"", NOW)


@pytest.fixture
def full(storage: Storage) -> Storage:
    """Give a merchant of whose many messages of each kind three name the same person."""
    bodies = [f"{number} {EMAIL if number in NAMED else ''}" for number in range(MANY)]
    with storage.units(MERCHANT) as unit:
        for number, body in enumerate(bodies):
            unit.inbox.add(replace(MESSAGE, id=InboxId(f"in{number:03}"), body=body.encode()), f"key{number}")
            unit.mails.add(f"mail{number:03}", Mail("shop@example.com", "A return", body, "en"), NOW)
            unit.parked.add([replace(PARKED, id=ParkedId(f"p{number:03}"), body=body.encode())])
        unit.commit()
    return storage


@contextmanager
def asked(storage: Storage) -> Iterator[list[str]]:
    """Whatever is asked of the database meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    yield statements
    event.remove(storage.engine, "before_cursor_execute", note)


def test_what_is_parked_is_read_as_it_is_asked_for(full: Storage) -> None:
    with full.units(MERCHANT) as unit:
        walk = unit.parked.all()
        first = next(walk)
        unit.parked.remove([each for each in unit.parked.codes() if each != first.id])
        assert len(list(walk)) < FEW


def test_an_erasure_looks_into_a_few_messages_at_once_and_finds_them_all(full: Storage) -> None:
    with asked(full) as statements:
        erasure = erase_person(EMAIL, merchant=MERCHANT, units=full.units, now=NOW)
    assert (erasure.parked, erasure.mails, erasure.waiting) == (3, 3, 3)
    for cell in ("parked.body", "mails.content", "inbox.content"):
        opening = [each for each in statements if each.startswith("SELECT") and cell in each]
        assert len(opening) >= MANY / FEW, cell


def test_mail_that_waits_for_somebody_is_found_among_many_in_order(full: Storage) -> None:
    with full.units(MERCHANT) as unit:
        for number in NAMED:
            unit.mails.add(f"theirs{number}", Mail(EMAIL, str(number), "Text", "en"), NOW)
        assert [mail.subject for mail in unit.personal_records.mails(EMAIL)] == ["0", "119", "70"], "by id"
