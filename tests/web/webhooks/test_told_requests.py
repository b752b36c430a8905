"""A delivery is followed by one id from the shop's request to what the worker queues for it."""

from __future__ import annotations

import json

from plugin import log
from plugin.jobs import codec
from plugin.jobs.schedule import periodic
from tests.support.log_lines import log_lines
from tests.support.woocommerce_live import LiveShop

NUMBER = 205


def test_a_delivery_carries_the_id_of_its_request_to_the_worker(live: LiveShop) -> None:
    running, queued = live.installation, []
    before = running.jobs.add

    def add(effects: object, *, key: str | None = None) -> None:
        wanted = list(effects)  # type: ignore[call-overload]  # effects, as the port says
        queued.extend(codec.dump(effect, log.request_id()) for effect in wanted)
        before(wanted, key=key)

    running.jobs.add = add  # type: ignore[method-assign]  # this installation's own, to see what is queued
    with log_lines(log.with_ids) as lines:
        answer = live.deliver("order.updated", live.outside.orders[NUMBER])
        drain = periodic(running.deps)["drain_inbox"].run
        drain(running.clock.now())
    request = answer.headers["X-Request-ID"]
    told = {line["event"]: line for line in lines if line.get("request") == request}
    assert told.keys() == {"request", "delivery"}
    assert told["request"]["shop"] == told["delivery"]["shop"] == live.shop.id
    assert told["request"]["merchant"] == told["delivery"]["merchant"] == live.shop.merchant
    assert told["delivery"]["outcome"]
    assert queued
    assert {codec.request_of(fields) for fields in queued} == {request}
    assert json.loads(queued[0])["merchant"] == live.shop.merchant
    assert log.request_id() is None


def test_a_job_of_an_older_release_and_one_of_a_newer_are_read_alike() -> None:
    """An older worker reads past what it does not know, as ours reads past a newer one's."""
    fields = '{"merchant":"m1","mail_id":"1"}'
    assert codec.request_of(fields) is None
    named = fields[:-1] + ',"_request":"abc","_later":1}'
    assert codec.load("send_mail", named) == codec.load("send_mail", fields)
    assert codec.request_of(named) == "abc"
    assert codec.dump(codec.load("send_mail", fields)) == fields
