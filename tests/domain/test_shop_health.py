"""What is wrong between us and a shop is told by what polls and webhooks left behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.hooks import Hook, ShopHooks
from plugin.domain.ids import ShopId
from plugin.domain.shop_health import Problem, Scope, problems, scope

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WELL = Connection(ShopId("s"), Credentials("ck", "cs"), NOW - 9 * HOUR, read_until=NOW, polled_at=NOW, due_at=NOW)
ACTIVE = (Hook("order.updated", "1", is_active=True),)
HOOKS = ShopHooks(ShopId("s"), "secret", ACTIVE, checked_at=NOW, heard_at=NOW, delay=timedelta(seconds=51))
OFF = (Hook("order.updated", "1", is_active=False),)


def found(connection: Connection = WELL, hooks: ShopHooks | None = HOOKS) -> list[Problem]:
    return list(problems(connection, hooks, NOW))


def test_a_shop_that_is_read_and_tells_has_none() -> None:
    assert found() == []
    assert found(hooks=None) == []


@pytest.mark.parametrize(
    ("connection", "problem"),
    [
        (replace(WELL, fault="shop_keys_refused", due_at=None), Problem.CONNECTION),
        (replace(WELL, due_at=NOW - HOUR - timedelta(seconds=1)), Problem.NOT_POLLED),
    ],
)
def test_what_is_wrong_with_reading(connection: Connection, problem: Problem) -> None:
    assert found(connection) == [problem]


@pytest.mark.parametrize(
    ("hooks", "problem"),
    [
        (replace(HOOKS, fault="shop_keys_cannot_write"), Problem.HOOKS),
        (replace(HOOKS, hooks=OFF), Problem.HOOKS_OFF),
        (replace(HOOKS, mended_at=NOW - timedelta(days=6)), Problem.HOOKS_MENDED),
        (replace(HOOKS, heard_at=NOW - HOUR - timedelta(seconds=1)), Problem.HOOKS_SILENT),
        (replace(HOOKS, heard_at=None), Problem.HOOKS_SILENT),
        (replace(HOOKS, delay=timedelta(minutes=11)), Problem.LATE),
    ],
)
def test_what_is_wrong_with_webhooks(hooks: ShopHooks, problem: Problem) -> None:
    assert found(hooks=hooks) == [problem]


def test_a_quiet_shop_is_not_a_silent_one() -> None:
    long_ago = NOW - timedelta(days=30)
    assert found(replace(WELL, read_until=long_ago), replace(HOOKS, heard_at=long_ago)) == []


def test_what_was_mended_long_ago_is_told_no_more() -> None:
    assert found(hooks=replace(HOOKS, mended_at=NOW - timedelta(days=7))) == []


def test_the_scope_of_keys_is_known_once_webhooks_could_or_could_not_be_made() -> None:
    assert scope(HOOKS) is Scope.READ_WRITE
    assert scope(replace(HOOKS, fault="shop_keys_cannot_write")) is Scope.READ
    assert scope(replace(HOOKS, fault="shop_blocks")) is Scope.UNKNOWN
    assert scope(None) is Scope.UNKNOWN
