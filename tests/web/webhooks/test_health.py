"""Everybody at the desk sees how the connection to a shop is doing, and what to do about each problem."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

from plugin.domain.shop import Role
from tests.support.woocommerce_live import LiveShop


def shown(live: LiveShop, path: str = "") -> str:
    answer = live.installation.signed_in(Role.VIEWER).get(path or f"/admin/shops/{live.shop.id}/health")
    assert answer.status_code == HTTPStatus.OK
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_shop_that_is_well_shows_what_came_last(live: LiveShop) -> None:
    live.installation.clock.advance(timedelta(days=4))
    live.poll()
    now = live.installation.clock.now()
    at = (now - timedelta(seconds=51)).replace(tzinfo=None).isoformat()
    live.outside.change(205, at)
    live.deliver("order.updated", live.outside.orders[205])
    live.drain()
    text = shown(live)
    assert "No problem found" in text
    assert "Last webhook 25 Nov 2026, 12:00 UTC It came after 51 seconds The keys may read and write" in text
    assert text.count("Active") == 8
    assert "Off" not in text


def test_revoked_keys_are_noticed_by_the_next_poll_and_told_at_once(live: LiveShop) -> None:
    live.outside.keys.is_revoked = True
    live.installation.clock.advance(timedelta(minutes=15))
    live.poll()
    assert "The shop cannot be read The shop refuses these keys." in shown(live)
    assert "A shop is not read any more Woo Test Store refuses us. Nothing was deleted" in shown(live, "/admin/")
    assert live.order(205) is not None


def test_keys_for_reading_alone_are_told_with_what_to_do(live: LiveShop) -> None:
    live.outside.keys.scope = "read"
    live.outside.webhooks.clear()
    live.installation.clock.advance(timedelta(minutes=15))
    live.poll()
    text = shown(live)
    assert "The keys may read Webhooks" in text
    assert "Give them the permission “Read/Write” in WooCommerce." in text


def test_webhooks_the_shop_switched_off_are_mended_by_the_next_poll_and_told(live: LiveShop) -> None:
    for hook in live.outside.webhooks.values():
        hook["status"] = "disabled"
    live.installation.clock.advance(timedelta(minutes=15))
    live.poll()
    assert {hook["status"] for hook in live.outside.webhooks.values()} == {"active"}
    assert "Webhooks were off and have been made anew" in shown(live)


def test_a_shop_that_is_not_connected_has_no_such_page(live: LiveShop) -> None:
    browser = live.installation.signed_in(Role.OWNER)
    assert browser.send(f"/admin/shops/{live.shop.id}/disconnect").status_code == HTTPStatus.SEE_OTHER
    assert browser.get(f"/admin/shops/{live.shop.id}/health").status_code == HTTPStatus.NOT_FOUND
