"""The store that tests change tells of each change exactly what the recorded one told of it."""

from __future__ import annotations

import pytest

from integrations.platforms.woocommerce.webhooks import TOPICS
from tests.support.woocommerce_timeline import STEPS, TIMELINE, Store

NUMBER = 7
FIRST = {"create": (), "untrash": ("create", "trash"), "delete_refund": ("create", "refund")}


def recorded(step: str) -> set[str]:
    """The topics of ours that the recorded step was told by."""
    (found,) = [entry for entry in TIMELINE if entry["step"] == step]
    return {delivery["topic"] for delivery in found["deliveries"] if delivery["topic"] in TOPICS}


@pytest.mark.parametrize("change", STEPS)
def test_a_change_is_told_as_it_was_recorded(change: str) -> None:
    store = Store()
    for before in FIRST.get(change, ("create",)):
        assert store.act(before, NUMBER)
    store.queue.clear()
    assert store.act(change, NUMBER)
    assert {topic for topic, _ in store.queue} == recorded(STEPS[change])


def test_quick_changes_are_told_once_with_the_last_state_as_recorded() -> None:
    (step,) = [entry for entry in TIMELINE if entry["step"] == "two quick updates before queue runs (coalescing)"]
    assert len([delivery for delivery in step["deliveries"] if delivery["path"] == "/hooks/order/updated"]) == 1
    store = Store()
    store.act("create", NUMBER)
    store.queue.clear()
    store.act("touch", NUMBER)
    store.act("complete", NUMBER)
    assert store.queue == [("order.updated", NUMBER)]
    assert b'"status": "completed"' in store.deliver(0)[1]


def test_a_change_nobody_recorded_is_not_guessed() -> None:
    store = Store()
    store.act("create", NUMBER)
    with pytest.raises(KeyError):
        store.act("merge", NUMBER)
