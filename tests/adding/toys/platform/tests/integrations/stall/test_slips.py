"""What a slip says, and what is no slip."""

from __future__ import annotations

import pytest

from integrations.platforms.stall import TRANSLATOR
from plugin.domain.shop_events import OrderSeen
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message
from tests.support.repository import ROOT


def test_each_slip_is_an_order() -> None:
    slips = (ROOT / "tests/payloads/stall/slips.jsonl").read_bytes().splitlines()
    events = [event for slip in slips for event in TRANSLATOR.translate(Message("", slip, {}))]
    assert [event.order.number for event in events if isinstance(event, OrderSeen)] == ["7", "8"]


def test_a_price_that_is_no_number_is_named() -> None:
    with pytest.raises(Unreadable) as refused:
        TRANSLATOR.translate(Message("", b'{"slip": 9, "what": "A jug", "cents": "1,20", "sold": "2026-03-01"}', {}))
    assert refused.value.field == "cents"
