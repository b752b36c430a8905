"""What is wrong between us and a connected shop, told from what polls and webhooks left behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from plugin.domain.connection import Connection
from plugin.domain.connection_faults import KeysCannotWrite
from plugin.domain.hooks import ShopHooks
from plugin.domain.outage import OutageKind, outage

UNPOLLED = timedelta(hours=1)
"""Longer than polls ever rest by themselves."""
UNTOLD = timedelta(hours=1)
"""A shop that is visited runs its scheduler within a minute (measured on WooCommerce 10.5)."""
LATE = timedelta(minutes=10)
_RECENT = timedelta(days=7)


class Problem(StrEnum):
    """Something somebody can do something about."""

    CONNECTION = "connection"
    """The last poll ended with a fault, which says more."""
    SILENT = "silent"
    """So have all of a day."""
    NOT_POLLED = "not_polled"
    """A poll is long overdue: no worker runs."""
    HOOKS = "hooks"
    """Webhooks could not be looked at or made, for a fault which says more."""
    HOOKS_OFF = "hooks_off"
    HOOKS_MENDED = "hooks_mended"
    """The shop had switched some off, or somebody took them away."""
    HOOKS_SILENT = "hooks_silent"
    """Orders changed, and no webhook told of it."""
    LATE = "late"
    """The last webhook waited long in the shop."""


class Scope(StrEnum):
    """What a shop's keys are good for."""

    READ = "read"
    READ_WRITE = "read_write"
    UNKNOWN = "unknown"


def problems(connection: Connection, hooks: ShopHooks | None, now: datetime) -> Iterator[Problem]:
    """Each problem once, what weighs most first."""
    if connection.fault:
        found = outage(connection, now)
        yield Problem.SILENT if found and found.kind is OutageKind.SILENT else Problem.CONNECTION
    if connection.due_at is not None and connection.due_at + UNPOLLED < now:
        yield Problem.NOT_POLLED
    if hooks is not None:
        yield from _of_hooks(hooks, connection, now)


def scope(hooks: ShopHooks | None) -> Scope:
    """Told by whether webhooks could be made, which takes writing; a shop does not say it."""
    if hooks is not None and hooks.fault == KeysCannotWrite.code:
        return Scope.READ
    return Scope.READ_WRITE if hooks and hooks.hooks and not hooks.fault else Scope.UNKNOWN


def _of_hooks(hooks: ShopHooks, connection: Connection, now: datetime) -> Iterator[Problem]:
    if hooks.fault:
        yield Problem.HOOKS
    if any(not hook.is_active for hook in hooks.hooks):
        yield Problem.HOOKS_OFF
    if hooks.mended_at and now - hooks.mended_at < _RECENT:
        yield Problem.HOOKS_MENDED
    changed, told = connection.read_until, hooks.heard_at or connection.connected_at
    if hooks.are_active and changed and changed > told + UNTOLD:
        yield Problem.HOOKS_SILENT
    if hooks.hooks and hooks.delay and hooks.delay > LATE:
        yield Problem.LATE
