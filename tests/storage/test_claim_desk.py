"""What the desk of claims keeps: settings that are sealed, goodwill that is never given twice, looks once a day."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.refund.payee import BankAccount
from plugin.domain.shop import Role, StaffMember
from plugin.storage import Storage
from plugin.storage.tables import claim_settings
from tests.build import MERCHANT, NOW
from tests.storage.conftest import OpenStorage, settle

MEMBER = StaffMember(StaffId("staff1"), "kaja@nordkap.example", Role.AGENT, "de", NOW)
ACCOUNT = BankAccount.parse("Nordkap", "DE89 3704 0044 0532 0130 00")
LIMITS = ClaimSettings((Money(20000, "EUR"),), (Money(5000, "EUR"), Money(50000, "SEK")), ACCOUNT)
MONTH = NOW.date()


@pytest.fixture
def desk(opened: OpenStorage, database_url: str) -> Storage:
    storage = opened(database_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.staff.save(MEMBER)
        unit.commit()
    return storage


def test_settings_come_back_as_they_were_and_the_account_is_not_readable_at_rest(desk: Storage) -> None:
    with desk.units(MERCHANT) as unit:
        assert unit.claim_desk.settings() == ClaimSettings()
        unit.claim_desk.save_settings(ClaimSettings(), NOW)
        unit.claim_desk.save_settings(LIMITS, NOW)
        unit.commit()
    with desk.units.read(MERCHANT) as unit:
        assert unit.claim_desk.settings() == LIMITS
    with desk.engine.connect() as connection:
        assert b"DE89370400440532013000" not in bytes(connection.execute(select(claim_settings.c.content)).scalar_one())


def test_goodwill_counts_by_member_month_and_currency(desk: Storage) -> None:
    with desk.units(MERCHANT) as unit:
        for _ in range(2):
            unit.claim_desk.add_goodwill(MEMBER.id, MONTH, Money(700, "EUR"))
        unit.commit()
    with desk.units.read(MERCHANT) as unit:
        assert unit.claim_desk.goodwill(MEMBER.id, MONTH.replace(day=1), "EUR") == Money(1400, "EUR")
        assert unit.claim_desk.goodwill(MEMBER.id, MONTH, "SEK") == Money(0, "SEK")
        assert unit.claim_desk.goodwill(MEMBER.id, MONTH + timedelta(days=31), "EUR") == Money(0, "EUR")


def test_what_units_that_run_at_once_give_out_of_one_budget_never_exceeds_it(desk: Storage) -> None:
    start, budget, each = Barrier(4), Money(1000, "EUR"), Money(300, "EUR")

    def give() -> None:
        start.wait()
        with desk.units(MERCHANT) as unit:
            if unit.claim_desk.hold_goodwill(MEMBER.id, MONTH, "EUR") + each <= budget:
                unit.claim_desk.add_goodwill(MEMBER.id, MONTH, each)
            unit.commit()

    _at_once(give, 4)
    with desk.units.read(MERCHANT) as unit:
        assert unit.claim_desk.goodwill(MEMBER.id, MONTH, "EUR") == Money(900, "EUR")


def _at_once(work: Callable[[], None], count: int) -> None:
    threads = [Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_look_is_recorded_once_a_day_for_each_subject(desk: Storage) -> None:
    first = PersonalView(MEMBER.id, Seen.CLAIM, "claim1", "R-1", NOW)
    again = PersonalView(MEMBER.id, Seen.CLAIM, "claim1", "R-1", NOW + timedelta(minutes=5))
    order = PersonalView(MEMBER.id, Seen.ORDER, "claim1", "1001", NOW + timedelta(minutes=6))
    tomorrow = PersonalView(MEMBER.id, Seen.CLAIM, "claim1", "R-1", NOW + timedelta(days=1))
    with desk.units(MERCHANT) as unit:
        assert not unit.claim_desk.is_view_known(first)
        for view in (first, again, order, tomorrow):
            unit.claim_desk.add_view(view)
        assert unit.claim_desk.is_view_known(again)
        unit.commit()
    with desk.units.read(MERCHANT) as unit:
        told = [(look.at, look.number) for look in unit.personal_records.looks(["another", "claim1"])]
        assert told == [(view.at, view.number) for view in (first, order, tomorrow)], "each is told to whom it is about"
        assert unit.claim_desk.views(10) == [tomorrow, order, first]
        assert unit.claim_desk.views(1) == [tomorrow]
