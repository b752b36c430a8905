"""Parcels of the same units on one Shopify return: each is one reverse delivery, and is corrected by itself."""

from __future__ import annotations

import pytest

from plugin.domain.order import PlatformReturn
from plugin.ports.platform_actions import ReturnCommand, Units
from plugin.ports.platform_returns import Travel
from tests.integrations.shopify.test_actions import ShopifyRig
from tests.integrations.shopify.test_actions import rig as rig  # noqa: PLC0414 - a fixture

LABEL = "https://aftercare.example/s/k/labels/{}.pdf"
URL = "https://carrier.example/{}"


@pytest.fixture
def made(rig: ShopifyRig) -> str:
    asked = ReturnCommand(rig.paid, (Units(rig.paid.lines[0].id, 2),), "R-1", is_approved=True)
    return rig.actions.open_return(asked, idempotency_key="open").id


def send(rig: ShopifyRig, made: str, *travels: Travel) -> PlatformReturn:
    units = (Units(rig.paid.lines[0].id, 1),)
    for travel in travels:
        kept = rig.actions.send_back(rig.paid, made, units, travel, idempotency_key="s")
    return kept


def numbers(kept: PlatformReturn) -> list[tuple[str | None, str | None]]:
    return [(each.number, each.url) for each in kept.deliveries]


def test_two_parcels_of_the_same_units_are_two_and_one_of_them_is_corrected(rig: ShopifyRig, made: str) -> None:
    first, second = Travel("X", URL.format("X"), beside=("Y",)), Travel("Y", beside=("X",))
    for _ in range(2):
        kept = send(rig, made, first, second)
    assert numbers(kept) == [("X", URL.format("X")), ("Y", None)]
    corrected = send(rig, made, Travel("Y", beside=("Z",)), Travel("Z", beside=("Y",)))
    assert numbers(corrected) == [("Z", None), ("Y", None)]


def test_a_parcel_is_known_by_its_label_before_it_has_a_number(rig: ShopifyRig, made: str) -> None:
    one, other = (Travel(label=LABEL.format(name)) for name in "ab")
    first = Travel(label=one.label, beside=(LABEL.format("b"),))
    second = Travel(label=other.label, beside=(LABEL.format("a"),))
    send(rig, made, first, second)
    kept = send(rig, made, Travel("Y", None, second.label, second.beside))
    assert [(each.number, each.label) for each in kept.deliveries] == [(None, one.label), ("Y", other.label)]


def test_a_new_number_says_that_the_address_of_the_old_one_is_none_of_its_own(rig: ShopifyRig, made: str) -> None:
    send(rig, made, Travel("X", URL.format("X")), Travel("Y"))
    (sent,) = [each for each in rig.shop.server.asked if each.operation == "ReverseDeliveryUpdate"]
    assert sent.variables["tracking"] == {"number": "Y", "url": None}
