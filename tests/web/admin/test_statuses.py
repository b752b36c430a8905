"""Statuses of a shop's own that mean delivered: named by managers, and counted from an order's next report on."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.shop import Role
from plugin.domain.shop_events import OrderSeen
from plugin.domain.times import Moment, Source
from plugin.usecases.apply_shop_events import apply_shop_events
from tests.build import MERCHANT, an_order
from tests.support.admin import Installation


@pytest.fixture
def path(light: Installation) -> str:
    return f"/admin/shops/{light.shop(MERCHANT)}/statuses"


def test_a_status_that_was_named_delivers_the_next_order_that_is_reported_under_it(
    light: Installation, path: str
) -> None:
    manager = light.signed_in(Role.MANAGER)
    assert manager.send(path, statuses="wc-Picked-Up").status_code == HTTPStatus.SEE_OTHER
    assert 'value="picked-up"' in manager.get(path).text
    order = an_order("7001", platform_status="picked-up")
    with light.deps.units(MERCHANT) as unit:
        shop = unit.shops.get(light.shop(MERCHANT))
        apply_shop_events([(OrderSeen(order),)], shop, unit, light.deps.ids)
        (stored,) = unit.orders.by_ref(shop.id, [order.ref]).values()
        unit.commit()
    assert stored.order.delivered == Moment(order.updated_at, Source.STATUS)


def test_what_is_no_such_status_is_told_at_the_field_and_stays_in_it(light: Installation, path: str) -> None:
    answer = light.signed_in(Role.MANAGER).send(path, statuses="picked-up, processing")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="picked-up, processing"' in answer.text
    assert "no status of an order that has arrived" in answer.text


def test_who_works_on_cases_reads_them_and_changes_none(light: Installation, path: str) -> None:
    agent = light.signed_in(Role.AGENT)
    assert "Save the statuses" not in agent.get(path).text
    assert agent.send(path, form_at="/admin/account", statuses="picked-up").status_code == HTTPStatus.FORBIDDEN
