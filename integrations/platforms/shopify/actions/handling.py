"""Which units of a return were received, and which do not come back after all; the return stays open, no money moves.

`returnProcess` is sent without a financial transfer (as recorded 2026-04): the refund stays a command of its own,
because `refundCreate` takes a key and `returnProcess` takes none, so that a lost answer would leave money in doubt.
"""

from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls
from integrations.platforms.shopify.actions.return_kept import Kept, KeptLine, kept, open_one
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation
from plugin.domain.ids import LineId
from plugin.domain.order import Order, PlatformReturn
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal, Units

_PROCESS: Final = mutation("return_process", "ReturnProcess")
_REMOVE: Final = mutation("return_remove", "ReturnRemove")


class _Anything(msgspec.Struct):
    pass


def handle(calls: Calls, order: Order, return_id: str, units: tuple[Units, ...]) -> PlatformReturn:
    """The return with at least so many units received. Raises `Rejected` (`more_than_left`, `wrong_state`)."""
    found = open_one(calls, order, return_id)
    lines: list[Json] = []
    for each in units:
        rest = each.quantity - sum(line.processed_quantity for line in found.lines(each.line))
        lines += [{"id": line.id, "quantity": count} for line, count in _taken(found, each.line, rest)]
    if lines:
        asked = {"returnId": found.id, "returnLineItems": lines, "notifyCustomer": False}
        calls.change(_PROCESS, "returnProcess", _Anything, {"input": asked})
    return kept(calls, order, return_id)[1]


def leave(calls: Calls, order: Order, return_id: str, units: tuple[Units, ...]) -> PlatformReturn:
    """The return with no more than these units and what was received. One that is left empty is closed by Shopify."""
    found, shown = kept(calls, order, return_id)
    stay = {each.line: each.quantity for each in units}
    lines: list[Json] = []
    for of in {line.line for line in shown.lines}:
        there = list(found.lines(of))
        rest = max(sum(line.quantity for line in there) - stay.get(of, 0), 0)
        count = min(rest, sum(line.unprocessed_quantity for line in there))
        lines += [{"returnLineItemId": line.id, "quantity": part} for line, part in _taken(found, of, count)]
    if not lines:
        return shown
    if found.status != "OPEN":
        raise Rejected(Refusal.WRONG_STATE, detail=found.status)
    calls.change(_REMOVE, "removeFromReturn", _Anything, {"id": found.id, "lines": lines})
    return kept(calls, order, return_id)[1]


def _taken(found: Kept, of: LineId, count: int) -> list[tuple[KeptLine, int]]:
    """So many unreceived units, line by line."""
    taken: list[tuple[KeptLine, int]] = []
    for line in found.lines(of):
        share = min(count, line.unprocessed_quantity)
        if share > 0:
            taken.append((line, share))
            count -= share
    if count > 0:
        raise Rejected(Refusal.MORE_THAN_LEFT)
    return taken
