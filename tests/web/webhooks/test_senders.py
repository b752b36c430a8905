"""For seconds a process goes by what it read of a shop; a new secret is believed at once all the same."""

from __future__ import annotations

from dataclasses import dataclass

from plugin.web.webhooks.senders import Sender, Senders
from tests.build import a_shop
from tests.support.woocommerce_live import LiveShop


@dataclass
class Ticks:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_shop_is_read_again_after_five_seconds_and_an_unknown_one_each_time() -> None:
    ticks, asked = Ticks(), []

    def read(key: str) -> Sender | None:
        asked.append(key)
        return Sender(a_shop(), ("secret",)) if key == "known" else None

    senders = Senders(read, ticks)
    for at, key in ((0, "known"), (4.9, "known"), (5.0, "known"), (5.0, "other"), (5.1, "other")):
        ticks.now = at
        assert (senders.get(key) is not None) is (key == "known")
    assert asked == ["known", "known", "other", "other"]


def test_what_is_signed_with_a_new_secret_is_taken_at_once(live: LiveShop) -> None:
    assert live.deliver("order.updated", b"{}").status_code == 200
    live.sign_with("newer")
    assert live.deliver("order.updated", b"{}", secret="newer").status_code == 200
    assert live.deliver("order.updated", b"{}", secret="wrong").status_code == 401
