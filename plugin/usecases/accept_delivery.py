"""Take in a message from a platform: it is kept, and nothing else happens in that commit."""

from collections.abc import Mapping
from datetime import datetime

from plugin.domain.ids import InboxId
from plugin.domain.shop import Shop
from plugin.domain.stored import Arrival, InboxMessage
from plugin.ports.ids import Ids
from plugin.ports.platform import Message
from plugin.ports.unit_of_work import Units


def accept_delivery(message: Message, delivery_key: str, *, shop: Shop, units: Units, ids: Ids, now: datetime) -> bool:
    """Whether the message was new: False when this delivery is waiting already, which the platform need not know.

    The caller has verified that the platform sent it. What counts as the same delivery is the platform's to say.
    """
    arrived = arrival_of(message, delivery_key, shop=shop, ids=ids, now=now)
    with units(shop.merchant, is_incoming=True) as unit:
        is_new = unit.inbox.add(arrived.message, arrived.delivery_key)
        unit.commit()
    return is_new


def arrival_of(
    message: Message, delivery_key: str, event_key: str | None = None, *, shop: Shop, ids: Ids, now: datetime
) -> Arrival:
    """The message as it is kept, by whoever keeps it."""
    kept = InboxMessage(
        id=InboxId(ids.new()),
        merchant=shop.merchant,
        shop=shop.id,
        platform=shop.platform,
        topic=message.topic,
        headers=tuple(_lower_case(message.headers).items()),
        body=message.body,
        received_at=now,
    )
    return Arrival(kept, delivery_key, event_key)


def _lower_case(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
