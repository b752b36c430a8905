"""The withdrawal function of a shop: switched by owners, and on a live shop only once mail is known to leave."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.access import RoleTooLow
from plugin.domain.ids import StaffId
from plugin.domain.sender import Sender
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.usecases.switch_withdrawal import NoMailHasLeft, has_withdrawal_function, switch_withdrawal
from tests.build import MERCHANT, NOW, PLACED, a_shop
from tests.fakes.units import FakeUnits

OWNER = StaffMember(StaffId("owner"), "kaja@nordkap.example", Role.OWNER, "de", PLACED)
AGENT = replace(OWNER, id=StaffId("agent"), role=Role.AGENT)
DEMO = a_shop("Demo", is_demo=True)


def switch(units: FakeUnits, shop: Shop | None = None, *, is_on: bool = True, **rest: object) -> Shop:
    ports = {"merchant": MERCHANT, "by": OWNER, "units": units, "now": NOW} | rest
    return switch_withdrawal((shop or a_shop()).id, is_on=is_on, **ports)  # type: ignore[arg-type]  # a test names what it wants otherwise


def mail_left(units: FakeUnits) -> None:
    with units(MERCHANT) as unit:
        unit.senders.tested(NOW)
        unit.commit()


def is_offered(units: FakeUnits) -> bool:
    with units.read(MERCHANT) as unit:
        return has_withdrawal_function(unit)


def test_a_live_shop_is_switched_on_only_after_a_test_mail_has_left(units: FakeUnits) -> None:
    with pytest.raises(NoMailHasLeft):
        switch(units)
    mail_left(units)
    assert switch(units).withdrawal_since == NOW


def test_a_test_by_the_sender_before_this_one_counts_no_more(units: FakeUnits) -> None:
    mail_left(units)
    with units(MERCHANT) as unit:
        unit.senders.save(Sender("Nordkap", "help@nordkap.example"), NOW)
        unit.commit()
    with pytest.raises(NoMailHasLeft):
        switch(units)


def test_only_owners_switch_it(units: FakeUnits) -> None:
    mail_left(units)
    for is_on in (True, False):
        with pytest.raises(RoleTooLow):
            switch(units, is_on=is_on, by=AGENT)


def test_switched_on_again_it_stays_on_since_the_first_time_and_off_is_off(units: FakeUnits) -> None:
    mail_left(units)
    switch(units)
    assert switch(units, now=NOW + timedelta(days=1)).withdrawal_since == NOW
    assert switch(units, is_on=False).withdrawal_since is None


def test_a_demo_needs_no_mail_and_makes_no_live_shop_lawful(units: FakeUnits) -> None:
    with units(MERCHANT) as unit:
        unit.shops.add(DEMO)
        unit.commit()
    switch(units, DEMO)
    assert not is_offered(units)
    mail_left(units)
    switch(units)
    assert is_offered(units)


def test_one_live_shop_without_it_is_one_too_few(units: FakeUnits) -> None:
    mail_left(units)
    switch(units)
    with units(MERCHANT) as unit:
        unit.shops.add(a_shop("Second"))
        unit.commit()
    assert not is_offered(units)
