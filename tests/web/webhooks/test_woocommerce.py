"""Deliveries as WooCommerce 10.5 makes them: verified by raw bytes, kept before they are answered, hints alone."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest

from plugin.domain.stored import InboxMessage
from plugin.usecases.rotate_hooks import rotate_hooks
from tests.build import MERCHANT
from tests.support.woocommerce import PAYLOADS, Record
from tests.support.woocommerce_live import LiveShop

RECORDED = [json.loads(line) for line in (PAYLOADS / "webhooks.jsonl").read_bytes().splitlines()]
NUMBER = 205
REFUNDED = 205


def waiting(live: LiveShop) -> list[InboxMessage]:
    """What is on record and not applied."""
    at = live.installation.deps
    return list(at.inbox_lease.lease(at.clock.now(), at.clock.now(), 1000))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what follows shows each kind of delivery on both
def test_every_recorded_delivery_is_verified_answered_and_applied(live: LiveShop) -> None:
    signed = 0
    by_secret = sorted(RECORDED, key=lambda delivery: delivery["secret"])
    for secret, group in groupby(by_secret, lambda delivery: delivery["secret"]):
        live.sign_with(html.unescape(secret))
        for recorded in group:
            headers = [(name, value) for name, value in recorded["headers"] if name not in {"Host", "Content-Length"}]
            body = base64.b64decode(recorded["body_base64"])
            client = live.installation.app.test_client()
            assert client.post(live.path, data=body, headers=headers).status_code == 200
            if recorded["topic"] or any(name.lower() == "x-wc-webhook-topic" for name, _ in headers):
                signed += 1
                tampered = client.post(live.path, data=body + b" ", headers=headers)
                assert tampered.status_code == 401
    assert len(RECORDED) == 289
    assert signed == 259
    tally = live.drain()
    assert not tally["parked"]
    assert not tally["retried"]
    assert tally["stored"]
    assert tally["reread"]
    live.reread()
    assert waiting(live) == []


@pytest.mark.parametrize("signature", ["", "AAAA", "ä"])
def test_what_the_shop_has_not_signed_is_refused_and_not_kept(live: LiveShop, signature: str) -> None:
    body = json.dumps(live.outside.orders[NUMBER]).encode()
    assert live.post(body, topic="order.updated", signature=signature).status_code == 401
    assert live.post(body, topic="order.updated").status_code == 401
    assert live.deliver("order.updated", body, secret="another").status_code == 401
    assert waiting(live) == []


def test_nothing_is_read_before_it_is_verified(live: LiveShop) -> None:
    assert live.post(b"\x00{not json", topic="order.updated", signature="x").status_code == 401
    assert live.deliver("order.updated", b"\x00{not json").status_code == 200


def test_the_unsigned_ping_is_answered_and_nothing_else_that_is_unsigned(live: LiveShop) -> None:
    client = live.installation.app.test_client()
    assert client.post(live.path, data={"webhook_id": "17"}).status_code == 200
    assert client.post(f"{live.path}/", data={"webhook_id": "17"}).status_code == 200
    assert client.post(live.path, data={"webhook_id": "x"}).status_code == 401
    assert (
        client.post(live.path, data={"webhook_id": "1"}, headers={"X-WC-Webhook-Topic": "order.updated"}).status_code
        == 401
    )
    assert waiting(live) == []


def test_an_address_of_no_shop_is_not_found_and_a_large_body_is_not_read(live: LiveShop) -> None:
    client = live.installation.app.test_client()
    assert client.post("/webhooks/woocommerce/nobody", data={"webhook_id": "17"}).status_code == 404
    assert live.deliver("order.updated", b" " * (2 * 1024 * 1024 + 1)).status_code == 413
    assert client.get(live.path).status_code == 405


def test_a_delivery_is_on_record_before_it_is_answered_and_equal_ones_collapse_while_it_waits(live: LiveShop) -> None:
    record = live.outside.orders[NUMBER]
    for _ in range(3):
        assert live.deliver("order.updated", record).status_code == 200
    assert live.deliver("order.created", record).status_code == 200
    kept = waiting(live)
    assert [message.topic for message in kept] == ["order.updated", "order.created"]
    assert json.loads(kept[0].body) == record
    live.drain()
    assert live.deliver("order.updated", record).status_code == 200
    assert len(waiting(live)) == 1


def changed(live: LiveShop, at: str, **fields: object) -> Record:
    live.outside.change(NUMBER, at, **fields)
    return live.outside.orders[NUMBER]


def total(live: LiveShop) -> tuple[str, bool]:
    stored = live.order(NUMBER)
    assert stored
    return stored.order.updated_at.isoformat(), stored.is_gone


def test_an_older_state_never_overwrites_a_newer_one(live: LiveShop) -> None:
    old = changed(live, "2026-11-24T10:00:00", status="processing")
    new = changed(live, "2026-11-24T11:00:00", status="completed")
    live.deliver("order.updated", new)
    live.drain()
    live.deliver("order.updated", old)
    assert live.drain() == {"outdated": 1}
    assert total(live) == ("2026-11-24T11:00:00+00:00", False)


def test_of_two_states_of_one_second_the_shop_itself_says_which_holds(live: LiveShop) -> None:
    first = changed(live, "2026-11-24T11:00:00", number="first")
    second = changed(live, "2026-11-24T11:00:00", number="second")
    live.deliver("order.updated", second)
    live.drain()
    live.deliver("order.updated", first)
    assert live.drain() == {"reread": 1}
    live.reread()
    stored = live.order(NUMBER)
    assert stored
    assert stored.order.number == "second"


def test_a_deletion_that_was_overtaken_by_its_undoing_takes_nothing_away(live: LiveShop) -> None:
    live.deliver("order.deleted", {"id": NUMBER})
    assert live.drain() == {"reread": 1}
    live.reread()
    assert total(live)[1] is False
    changed(live, "2026-11-24T12:00:00", status="trash")
    live.deliver("order.deleted", {"id": NUMBER})
    live.drain()
    live.reread()
    assert total(live)[1] is True
    live.deliver("order.restored", changed(live, "2026-11-24T12:00:00", status="completed"))
    live.drain()
    live.reread()
    assert total(live)[1] is False


def test_an_order_that_is_deleted_for_good_is_gone_once_its_action_was_heard(live: LiveShop) -> None:
    del live.outside.orders[NUMBER]
    live.deliver("action.woocommerce_delete_order", {"action": "woocommerce_delete_order", "arg": NUMBER})
    live.drain()
    live.reread()
    assert total(live)[1] is True


def test_a_refund_that_was_deleted_is_gone_after_any_hint(live: LiveShop) -> None:
    stored = live.order(REFUNDED)
    assert stored
    assert stored.order.refunds
    live.outside.orders[REFUNDED] = {**live.outside.orders[REFUNDED], "refunds": []}
    live.outside.refunds[REFUNDED] = []
    live.deliver("action.woocommerce_order_refunded", {"action": "woocommerce_order_refunded", "arg": REFUNDED})
    live.drain()
    live.reread()
    after = live.order(REFUNDED)
    assert after
    assert after.order.refunds == ()


def test_errors_and_ids_that_are_not_ours_change_nothing(live: LiveShop) -> None:
    error = {"code": "woocommerce_rest_shop_order_invalid_id", "message": "Ungültig", "data": {"status": 404}}
    live.deliver("order.updated", error)
    live.deliver("product.deleted", {"id": 2229})
    assert live.drain() == {"skipped_error_object": 1, "skipped_foreign_id": 1}
    live.deliver("order.deleted", {"id": 999999})
    live.drain()
    live.reread()
    assert live.order(999999) is None
    with live.installation.deps.units.read(MERCHANT) as unit:
        assert unit.parked.codes() == {}


def test_the_last_delivery_and_how_long_it_took_are_known(live: LiveShop) -> None:
    now = live.installation.clock.now()
    changed_at = (now - timedelta(seconds=51)).replace(tzinfo=None).isoformat()
    live.deliver("order.updated", changed(live, changed_at))
    live.drain()
    with live.installation.deps.units.read(MERCHANT) as unit:
        known = unit.hooks.get(live.shop.id)
    assert known
    assert (known.heard_at, known.delay) == (now, timedelta(seconds=51))


def test_a_rotated_secret_is_told_to_the_shop_and_the_one_before_counts_until_all_webhooks_have_it(
    live: LiveShop,
) -> None:
    at, old, order = live.installation.deps, live.secret, live.outside.orders[NUMBER]

    def rotated() -> int:
        return rotate_hooks(merchant=MERCHANT, units=at.units, secrets=at.secrets)

    def accepted() -> tuple[str, ...]:
        live.installation.clock.advance(timedelta(minutes=16))
        live.poll()
        with at.units.read(MERCHANT) as unit:
            hooks = unit.hooks.get(live.shop.id)
        assert hooks
        assert hooks.mended_at is None, "nobody had switched them off"
        return hooks.accepted

    assert (rotated(), rotated()) == (1, 0), "a shop signs with the old one still"
    assert live.secret == old
    assert live.deliver("order.updated", order).status_code == 200
    assert accepted() == (live.secret, old)
    assert live.secret != old
    assert live.deliver("order.updated", order).status_code == 200
    assert live.deliver("order.updated", order, secret=old).status_code == 200, "it was on its way"
    assert accepted() == (live.secret,)
    assert rotated() == 1


def test_a_shop_that_was_let_go_is_heard_no_more(live: LiveShop) -> None:
    body, secret = live.outside.orders[NUMBER], live.secret
    with live.installation.deps.units(MERCHANT) as unit:
        unit.hooks.remove(live.shop.id)
        unit.commit()
    assert live.deliver("order.updated", body, secret).status_code == 401


def test_a_hint_about_a_shop_that_is_not_connected_is_kept_for_people(live: LiveShop) -> None:
    with live.installation.deps.units(MERCHANT) as unit:
        unit.connections.remove(live.shop.id)
        unit.commit()
    live.deliver("order.deleted", {"id": NUMBER})
    assert live.drain() == {"parked": 1}


def test_a_secret_is_nobodys_to_read(live: LiveShop) -> None:
    with live.installation.storage.engine.connect() as connection:
        raw = repr(connection.exec_driver_sql("SELECT * FROM shop_hooks").all())
    assert live.secret not in raw
    assert live.secret.isalnum()
    with live.installation.deps.units.read(MERCHANT) as unit:
        known = unit.hooks.get(live.shop.id)
    assert known
    assert live.secret not in repr(replace(known))
