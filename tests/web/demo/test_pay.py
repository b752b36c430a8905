"""What an exchange costs more is paid on a page of the demo store, once, and leads back to the claim."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from plugin.demo.load import Demo
from plugin.demo.platform.actions import DemoPlatform
from plugin.demo.platform.books import Books
from plugin.domain.claim.commands.opening import open_claim
from plugin.domain.claim.record import extend
from plugin.domain.claim.replay import replay
from plugin.domain.ids import ClaimId
from plugin.domain.money import Money
from plugin.domain.order import OrderRef, Platform
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.stored import StoredOrder
from plugin.ports.platform_actions import Exchange, NewItem, Units
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits
from tests.support.claims import an_order_of, opened_line, opening, salts

CLAIM = ClaimId("claim1")
LANTERN = NewItem("502", 1)


@pytest.fixture
def stored(demo: Demo, units: FakeUnits) -> StoredOrder:
    shop = demo.shops[Platform.WOOCOMMERCE]
    ref = OrderRef(shop.platform, "3012")
    with units.read(shop.merchant) as unit:
        return unit.orders.by_ref(shop.id, [ref])[ref]


@pytest.fixture
def claimed(demo: Demo, units: FakeUnits, stored: StoredOrder) -> ClaimId:
    """Give a claim about the order."""
    order = an_order_of(1)
    line = opened_line(order, 1, Ground.SHOP_RETURN, 1, Remedy.EXCHANGE)
    opened = replace(opening(line), shop=stored.shop, order=stored.id, policy_version=None)
    drafts = open_claim(opened, {order.lines[0].id: 1}, proof="signed_in")
    entries = extend(CLAIM, (), drafts, stored.order.placed.at, salts())
    with units(demo.shops[Platform.WOOCOMMERCE].merchant) as unit:
        unit.claims.append(replay(CLAIM, entries), entries)
        unit.commit()
    return CLAIM


def exchange(demo: Demo, books: Books, clock: FakeClock, stored: StoredOrder, worth: int = 100) -> str | None:
    """Have the platform make an exchange for goods worth so many cents; give where the rest is paid."""
    shop = demo.shops[Platform.WOOCOMMERCE]
    platform = DemoPlatform(shop, books, lambda _message, _key: True, clock, "http://127.0.0.1:8123")
    units = (Units(stored.order.lines[0].id, 1),)
    asked = Exchange(stored.order, units, Money(worth, "EUR"), (LANTERN,))
    return platform.create_exchange(asked, idempotency_key=f"{CLAIM}:1").pay_at


def path(address: str | None) -> str:
    assert address
    found = urlsplit(address)
    assert found.netloc == "127.0.0.1:8123"
    return f"{found.path}?{found.query}&lang=en"


@pytest.mark.usefixtures("claimed")
def test_the_difference_is_shown_paid_once_and_leads_back_to_the_claim(
    client: FlaskClient, demo: Demo, books: Books, clock: FakeClock, stored: StoredOrder
) -> None:
    where = path(exchange(demo, books, clock, stored))
    page = unescape(client.get(where).text)
    assert re.search(r"To pay</span><strong>€\d+\.\d\d</strong>", page)
    assert ">Pay</button>" in page
    assert "no money moves" in page
    answer = client.post(where)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    back = client.get(answer.headers["Location"])
    assert back.status_code == HTTPStatus.OK
    assert "R-1" in back.text
    paid = re.search(r"Paid on [^<]*2027[^<]*", unescape(client.get(where).text))
    assert paid
    clock.advance(timedelta(days=1))
    client.post(where)
    again = unescape(client.get(where).text)
    assert paid[0] in again
    assert ">Pay</button>" not in again


def test_without_a_claim_the_way_back_is_the_order(
    client: FlaskClient, demo: Demo, books: Books, clock: FakeClock, stored: StoredOrder
) -> None:
    where = path(exchange(demo, books, clock, stored))
    assert f"/demo/orders/{stored.id}" in client.post(where).headers["Location"]


@pytest.mark.parametrize("change", [("pay/", "pay/1"), ("order=", "order=9"), ("shop=", "shop=x")])
def test_nothing_else_can_be_paid(
    client: FlaskClient, demo: Demo, books: Books, clock: FakeClock, stored: StoredOrder, change: tuple[str, str]
) -> None:
    where = path(exchange(demo, books, clock, stored)).replace(*change)
    assert client.get(where).status_code == HTTPStatus.NOT_FOUND
    assert client.post(where).status_code == HTTPStatus.NOT_FOUND


def test_an_exchange_that_costs_no_more_has_nothing_to_pay(
    demo: Demo, books: Books, clock: FakeClock, stored: StoredOrder
) -> None:
    assert exchange(demo, books, clock, stored, worth=100_000) is None
