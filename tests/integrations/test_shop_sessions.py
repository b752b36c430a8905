"""Whoever calls a shop does so over its one session, and at most two at a time."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from requests import Session

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.shop_sessions import ShopSessions
from tests.integrations.woocommerce.proving import credentials
from tests.support.woocommerce_shop import Asked, recorded_shop, serving

SESSIONS = partial(open_session, allows_private=True)


def test_what_is_asked_one_after_the_other_goes_over_one_connection() -> None:
    with serving(recorded_shop()) as shop:
        source = WooCommerceSource(ShopSessions(SESSIONS), allows_http=True)
        for order in list(shop.orders)[:3]:
            assert source.order(shop.address, credentials(shop), str(order))
        assert shop.connections == 1


def test_a_third_who_asks_at_the_same_time_waits_for_a_connection() -> None:
    shop, two = recorded_shop(), Barrier(2)

    def answers_two_at_once(_: Asked) -> None:
        if len(shop.asked) <= 2:
            two.wait(timeout=20)

    shop.before = answers_two_at_once
    with serving(shop), ThreadPoolExecutor(6) as pool:
        source = WooCommerceSource(ShopSessions(SESSIONS), allows_http=True)
        orders = [str(order) for order in list(shop.orders)[:6]]
        found = list(pool.map(partial(source.order, shop.address, credentials(shop)), orders))
    assert all(found)
    assert shop.connections == 2


def test_who_is_called_longest_ago_makes_room() -> None:
    made = []

    def make() -> Session:
        made.append(SESSIONS())
        return made[-1]

    sessions = ShopSessions(make, most=2)
    first = sessions("https://one.example")
    sessions("https://two.example")
    assert sessions("https://one.example") is first
    sessions("https://three.example")
    assert sessions("https://one.example") is first
    sessions("https://two.example")
    assert len(made) == 4
