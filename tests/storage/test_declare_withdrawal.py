"""Two taps on the confirming button, at the same instant, on both databases: one declaration, one acknowledgement."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from plugin.documents.declaration_letters import declaration_letters
from plugin.domain.clocks.engine import Law
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.storage import Storage
from plugin.storage.ids import TimeOrderedIds
from plugin.storage.tables import declarations, mails
from plugin.usecases.declare_withdrawal import Declared, declare_withdrawal
from tests.build import NOW, a_shop
from tests.fakes.sources import FakeSecrets

TAPS = 4
GIVEN = Declared(Statement("Ida Holm", "1001", "ida@example.com"), "de", "form1", "192.0.2.1", "DE")


def test_taps_at_once_declare_once(storage: Storage) -> None:
    law, start = Law(load_rulebook(), HolidayCalendar()), threading.Barrier(TAPS)
    letters = declaration_letters(law, "https://aftercare.example", FakeSecrets())

    def tap(_: int) -> Declaration:
        start.wait(10)
        ids = TimeOrderedIds()
        return declare_withdrawal(GIVEN, shop=a_shop(), units=storage.units, ids=ids, letters=letters, now=NOW)

    with ThreadPoolExecutor(TAPS) as taps:
        answers = list(taps.map(tap, range(TAPS)))
    assert len({answer.number for answer in answers}) == 1
    with storage.engine.connect() as connection:
        counts = [connection.execute(select(func.count()).select_from(each)).scalar() for each in (declarations, mails)]
    assert counts == [1, 1]
