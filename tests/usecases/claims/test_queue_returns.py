"""Claims whose return may be behind are queued once an hour, those of the last day soon, all others within the hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plugin.domain.effects import KeepReturn
from plugin.domain.order import Platform
from plugin.usecases.claim.queue_returns import queue_due_returns
from tests.build import MERCHANT
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.demo_platform import open_demo_shop

NUMBER = "5400000001042"


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    """A claim whose job was lost."""
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.SHOPIFY, NUMBER))
    desk.open(NUMBER, asked(desk.shop.order(NUMBER).lines[0].id, 1, "quality.defective"))
    desk.forget(KeepReturn)
    return desk


def queued(desk: ClaimDesk, after: timedelta, *, is_whole: bool = False) -> int:
    """How many jobs wait for it after a look so much later."""
    now = desk.shop.clock.now() + after
    queue_due_returns(merchant=MERCHANT, units=desk.shop.units, now=now, is_whole=is_whole)
    return sum(isinstance(effect, KeepReturn) for effect in desk.shop.units.effects(MERCHANT))


def test_looking_every_minute_queues_a_lost_job_once_an_hour(desk: ClaimDesk) -> None:
    known = sum(isinstance(effect, KeepReturn) for effect in desk.shop.units.effects(MERCHANT))
    found = [queued(desk, timedelta(minutes=minute)) - known for minute in (14, 16, 17, 18, 59, 61)]
    assert found == [0, 1, 1, 1, 1, 2]


def test_a_change_of_long_ago_is_found_by_the_look_at_everything(desk: ClaimDesk) -> None:
    known = queued(desk, timedelta(days=3))
    assert queued(desk, timedelta(days=3), is_whole=True) == known + 1
