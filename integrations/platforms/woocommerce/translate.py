"""What a WooCommerce message means: a webhook by its topic, a record of an import by its shape. Pure.

REST API v3 and webhooks of WooCommerce 10.5. A webhook carries the order as of its delivery, not of the event, and
sometimes an error object instead.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from integrations.json_text import storable
from integrations.platforms.woocommerce import shapes, topics
from integrations.platforms.woocommerce.faults import BODY, unreadable
from integrations.platforms.woocommerce.fields import identifier
from integrations.platforms.woocommerce.fulfillments import FulfillmentsRecord, listed
from integrations.platforms.woocommerce.orders import DRAFTS, TRASHED, order
from integrations.platforms.woocommerce.products import product
from integrations.platforms.woocommerce.records import DeletedRecord, OrderRecord, ProductRecord, RefundRecord
from integrations.platforms.woocommerce.refunds import reported_refund
from plugin.domain.decoding import decoder
from plugin.domain.order import Platform
from plugin.domain.shop_events import Ignored, OrderSeen, ProductSeen, Reread, ShopEvent, Subject
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message

_ORDER: Final = decoder(OrderRecord)
_REFUND: Final = decoder(RefundRecord)
_PRODUCT: Final = decoder(ProductRecord)
_FULFILLMENTS: Final = decoder(FulfillmentsRecord)
_DELETED: Final = decoder(DeletedRecord)
_PING: Final = re.compile(rb"webhook_id=[0-9]{1,20}")


class WooCommerceTranslator:
    """Reads what WooCommerce sends and what its REST API returned."""

    platform: Platform = Platform.WOOCOMMERCE

    def translate(self, message: Message) -> tuple[ShopEvent, ...]:
        """What the message means; one event. Raises `Unreadable` and nothing else."""
        try:
            return (_meaning(message.topic, storable(message.body)),)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise unreadable(error) from error


def _meaning(topic: str, body: bytes) -> ShopEvent:
    if _PING.fullmatch(body):  # sent, unsigned and without topic, when a webhook is made
        return Ignored("ping")
    resource, _, event = topic.partition(".")
    if event == "deleted" and resource in _DELETIONS:
        return _DELETIONS[resource](identifier(_DELETED.decode(body).id, "id"))
    read = _READERS.get(resource)
    return read(body) if read else topics.unused(topic)


def _record(body: bytes) -> ShopEvent:
    """One record of an import. Most are orders, so that is tried first."""
    try:
        return _seen(_ORDER.decode(body))
    except msgspec.ValidationError:
        match shapes.shape(body):
            case shapes.Shape.REFUND:
                return reported_refund(_REFUND.decode(body))
            case shapes.Shape.PRODUCT:
                return ProductSeen(product(_PRODUCT.decode(body)))
            case shapes.Shape.FULFILLMENTS:
                return listed(_FULFILLMENTS.decode(body))
            case shapes.Shape.ERROR:
                return Ignored("error_object", shapes.error_code(body))
            case shapes.Shape.UNKNOWN:
                raise Unreadable("unknown_record", BODY) from None
            case shapes.Shape.ORDER:
                raise


def _webhook_order(body: bytes) -> ShopEvent:
    try:
        event = _seen(_ORDER.decode(body))
    except msgspec.ValidationError:
        if shapes.shape(body) is shapes.Shape.ERROR:
            return Ignored("error_object", shapes.error_code(body))
        raise
    return _reread(identifier(_DELETED.decode(body).id, "id")) if event == _IN_TRASH else event


def _webhook_product(body: bytes) -> ShopEvent:
    if shapes.shape(body) is shapes.Shape.ERROR:
        return Ignored("error_object", shapes.error_code(body))
    return ProductSeen(product(_PRODUCT.decode(body)))


def _seen(record: OrderRecord) -> ShopEvent:
    if record.status == TRASHED:
        return _IN_TRASH
    if record.status in DRAFTS:  # an abandoned block checkout: no order was placed
        return Ignored("checkout_draft")
    return OrderSeen(order(record))


def _reread(order_id: str) -> Reread:
    """A deletion is undated and may be overtaken by its undoing: only the shop knows which came last."""
    return Reread(Subject.ORDER, Platform.WOOCOMMERCE, order_id)


def _foreign(any_id: str) -> Ignored:
    """A trashed page or post is announced as a deleted product too, and past lines keep what was sold anyway."""
    return Ignored("foreign_id", any_id)


_IN_TRASH: Final = Ignored("trashed")
_DELETIONS: Final[Mapping[str, Callable[[str], ShopEvent]]] = {"order": _reread, "product": _foreign}
_READERS: Final[Mapping[str, Callable[[bytes], ShopEvent]]] = {
    "": _record,
    "order": _webhook_order,
    "product": _webhook_product,
    "action": topics.action,
}
