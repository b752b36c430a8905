"""Drop-off points: those nearest to where the order went, from the list the merchant keeps."""

from __future__ import annotations

from plugin.usecases.find_drop_off_points import find_drop_off_points
from plugin.usecases.save_return_settings import save_drop_off_points
from tests.build import MERCHANT, NOW, a_stored_order
from tests.support.label_desk import LabelDesk

POINTS = "name,street,postcode,city,country\n" + "".join(
    f"Kiosk {postcode},Torstr. 9,{postcode},Town,{country}\n"
    for postcode, country in (("80331", "DE"), ("10115", "DE"), ("10119", "FR"), ("10117", "DE"), ("12043", "DE"))
)


def found(desk: LabelDesk) -> list[str]:
    with desk.units.read(MERCHANT) as unit:
        return [point.postcode for point in find_drop_off_points(a_stored_order().id, unit=unit)]


def test_points_near_the_shopper_come_first_and_none_abroad() -> None:
    desk = LabelDesk()
    assert found(desk) == []
    assert save_drop_off_points(POINTS, merchant=MERCHANT, units=desk.units, now=NOW) == 5
    assert found(desk) == ["10117", "10115", "12043", "80331"]


def test_an_empty_list_takes_every_point_away() -> None:
    desk = LabelDesk()
    save_drop_off_points(POINTS, merchant=MERCHANT, units=desk.units, now=NOW)
    assert save_drop_off_points("  ", merchant=MERCHANT, units=desk.units, now=NOW) == 0
    assert found(desk) == []
