"""A bulk operation from its beginning to its file. Shopify runs it; we come back for it, after a crash as well.

Source: shopify.dev, "Perform bulk operations" (2026-10): five at once for an app and shop (recorded: the sixth is
refused with `OPERATION_IN_PROGRESS`), files lie seven days. We run one.
"""

from datetime import datetime
from typing import Final

import msgspec

from integrations.platforms.shopify.admin_api.client import AdminClient, Refused
from integrations.platforms.shopify.documents import Operation, mutation, query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.reading import Instant
from plugin.domain.connection_faults import AccessTooNarrow, ShopGathering, ShopUnavailable

_START: Final = mutation("bulk_start", "BulkStart")
_STATUS: Final = query("bulk_status", "BulkStatus")
_LOOKS: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds between looks at an operation, before it is left to the next poll: a small shop's is done by then."""
_LATER: Final = 30.0
"""Seconds until the next poll of a shop whose file is not ready."""
_UNDER_WAY: Final = frozenset({"CREATED", "RUNNING"})


class Gathered(msgspec.Struct, frozen=True, rename="camel"):
    """A finished operation: everything is in the file that had changed by `created_at`."""

    id: str
    status: str
    created_at: Instant
    root_object_count: str
    url: str | None = None
    error_code: str | None = None

    @property
    def number(self) -> str:
        """Its id, without what every id begins with."""
        return tail(self.id)

    @property
    def total(self) -> int:
        """How many records there are, not counting what lies inside them."""
        return int(self.root_object_count) if self.root_object_count.isdecimal() else 0

    @property
    def as_of(self) -> datetime:
        """Up to when nothing is missing."""
        return self.created_at


class _Begun(msgspec.Struct, frozen=True):
    id: str


class _Starting(msgspec.Struct, frozen=True, rename="camel"):
    bulk_operation: _Begun


class _Asked(msgspec.Struct, frozen=True, rename="camel"):
    bulk_operation: Gathered | None


def begin(client: AdminClient, asked: Operation) -> str:
    """Have it gathered: the operation's number. `ShopGathering` while Shopify has no room for one more of ours."""
    try:
        begun = client.change(_START, {"query": asked.text}, "bulkOperationRunQuery", _Starting)
    except Refused as refusal:
        if refusal.codes & {"OPERATION_IN_PROGRESS", "LIMIT_REACHED"}:
            raise ShopGathering("OPERATION_IN_PROGRESS", _LATER) from refusal
        raise AccessTooNarrow(", ".join(sorted(refusal.codes)) or None) from refusal
    return tail(begun.bulk_operation.id)


def finished(client: AdminClient, number: str) -> Gathered | None:
    """The operation, once it is done; None: it is gone or failed, and has to begin anew. `ShopGathering` before."""
    for pause in (*_LOOKS, None):
        found = client.ask(_STATUS, {"id": f"gid://shopify/BulkOperation/{number}"}).read(_Asked).bulk_operation
        if found is None or found.status not in _UNDER_WAY:
            return _settled(found)
        if pause is not None:
            client.line.sleep(pause)
    raise ShopGathering(f"{number}", _LATER)


def told(place: str | None) -> tuple[str | None, int]:
    """An operation's number and how many of its records are stored, of a place `number:count`; None: of no such one."""
    number, _, done = (place or "").partition(":")
    return (number, int(done)) if number.isdecimal() and done.isdecimal() else (None, 0)


def _settled(found: Gathered | None) -> Gathered | None:
    """An operation without records has no file."""
    if found is None or found.status != "COMPLETED":
        if found is not None and found.error_code == "ACCESS_DENIED":
            raise AccessTooNarrow(found.error_code)
        if found is not None and found.error_code == "INTERNAL_SERVER_ERROR":
            raise ShopUnavailable("bulk operation failed")
        return None
    return found if found.url is not None or found.total == 0 else None
