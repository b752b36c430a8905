"""Orders of ours, found again: the order they are made for remembers when making one began, the new one its key.

Orders cannot be looked up by their meta. So before the first attempt the old order is given the key and the shop's own
clock; whoever comes again reads the orders made since then, and the one with the key is the one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.marks import FOR, KEY, mark, meta, says, value_of
from integrations.platforms.woocommerce.actions.seen import Item, LiveOrder
from integrations.platforms.woocommerce.fields import gmt
from integrations.platforms.woocommerce.records import AddressRecord, Meta
from plugin.domain.order import Order

_BEGAN: Final = "_aftercare_began_"
_EARLIER: Final = timedelta(minutes=5)
"""An order is dated before it is saved, and several servers have several clocks."""


class _Listed(Struct):
    id: int
    meta_data: list[Meta] = []


@dataclass(frozen=True, slots=True)
class Begun:
    """The order that something is made for, and what was made for it under this key so far."""

    live: LiveOrder
    made: LiveOrder | None


def begin(calls: Calls, order: Order, key: str) -> Begun:
    """The order as it is now, marked; where it was marked before, what came of that."""
    live, answer = calls.order(order)
    name = f"{_BEGAN}{mark(key)}"
    began = value_of(live.meta_data, name)
    if isinstance(began, str):
        return Begun(live, _found(calls, gmt(began, name), live.id, key))
    at = answer.told_at or gmt(live.date_modified_gmt, "date_modified_gmt")
    calls.write("PUT", f"orders/{live.id}", {"meta_data": [meta(name, f"{at:%Y-%m-%dT%H:%M:%S}")]}, object)
    return Begun(live, None)


def made_for(live: LiveOrder, key: str) -> dict[str, object]:
    """What an order of ours begins with: the key, and the same shopper, currency and addresses."""
    return {
        "meta_data": [meta(KEY, key), meta(FOR, str(live.id))],
        "currency": live.currency,
        "customer_id": live.customer_id or 0,
        "billing": _typed(live.billing),
        "shipping": _typed(live.shipping),
    }


def shown(item: Item) -> list[dict[str, object]]:
    """What was chosen and typed in for a line (a size, an engraving): its meta that is not hidden."""
    return [meta(each.key, value_of([each], each.key)) for each in _visible(item.meta_data)]


def _visible(metas: Iterable[Meta]) -> Iterable[Meta]:
    return (each for each in metas if each.key and not each.key.startswith("_"))


def _typed(address: AddressRecord) -> dict[str, object]:
    """An address without its empty fields: an empty e-mail address is refused."""
    return {name: value for name, value in asdict(address).items() if value}


def _found(calls: Calls, began: datetime, order: int, key: str) -> LiveOrder | None:
    since = f"{began - _EARLIER:%Y-%m-%dT%H:%M:%S}"
    asked = {"after": since, "dates_are_gmt": "true", "orderby": "id", "order": "asc", "_fields": "id,meta_data"}
    for listed in calls.pages("orders", _Listed, asked):
        if says(listed.meta_data, KEY, key) and says(listed.meta_data, FOR, str(order)):
            return calls.find(f"orders/{listed.id}", LiveOrder)
    return None
