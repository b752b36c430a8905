"""Who comes in from a shop's own admin is known by what the platform calls them, one shop at a time."""

from dataclasses import replace

from plugin.domain.ids import StaffId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_shop

SHOP, OTHER = a_shop(), a_shop("Other")
ANNA = StaffMember(StaffId("s1"), "anna@shop.example", Role.OWNER, "en", NOW)
BEN = replace(ANNA, id=StaffId("s2"), email="ben@shop.example")


def test_a_user_is_known_at_the_shop_they_come_from_and_may_be_known_anew(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.shops.add(OTHER)
        unit.staff.save(ANNA)
        unit.staff.save(BEN)
        unit.staff.join_user(SHOP.id, "42", ANNA.id)
        unit.commit()
    with units(MERCHANT) as unit:
        assert unit.staff.by_user(SHOP.id, "42") == ANNA
        assert unit.staff.by_user(SHOP.id, "43") is None
        assert unit.staff.by_user(OTHER.id, "42") is None
        unit.staff.join_user(SHOP.id, "42", BEN.id)
        assert unit.staff.by_user(SHOP.id, "42") == BEN


def test_who_was_removed_is_still_known(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.staff.save(replace(ANNA, removed_at=NOW))
        unit.staff.join_user(SHOP.id, "42", ANNA.id)
        assert unit.staff.by_user(SHOP.id, "42") == replace(ANNA, removed_at=NOW)
