import pytest

from plugin.domain.shop_statuses import NoSuchStatus, as_meant, statuses_of
from plugin.domain.times import Moment, Source
from tests.build import PLACED, an_order


@pytest.mark.parametrize(
    ("typed", "statuses"),
    [
        ("", ()),
        ("Arrived, wc-picked-up\narrived; zugestellt_2", ("arrived", "picked-up", "zugestellt_2")),
        ("completed", ("completed",)),
    ],
)
def test_statuses_are_read_as_the_shop_writes_them_each_once(typed: str, statuses: tuple[str, ...]) -> None:
    assert statuses_of(typed) == statuses


@pytest.mark.parametrize(
    "typed", ["processing", "wc-cancelled", "übergeben", "<b>", "a" * 41, " ".join("abcdefghijklmnopqrstu")]
)
def test_what_is_no_status_of_an_order_that_has_arrived_is_refused(typed: str) -> None:
    with pytest.raises(NoSuchStatus):
        statuses_of(typed)


def test_an_order_under_such_a_status_had_arrived_by_its_last_change_and_any_other_is_as_reported() -> None:
    order = an_order(platform_status="picked-up", is_underway=True)
    meant = as_meant(order, ("picked-up",))
    assert (meant.delivered, meant.is_underway) == (Moment(order.updated_at, Source.STATUS), False)
    assert as_meant(order, ("arrived",)) is order
    known = an_order(platform_status="picked-up", delivered=Moment(PLACED, Source.STATUS))
    assert as_meant(known, ("picked-up",)) is known
