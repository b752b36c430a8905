"""One command's conversation with a shop: faults and refusals are told in the port's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.admin_api.client import AdminClient, Refused
from integrations.platforms.shopify.documents import Operation
from plugin.domain.connection_faults import ShopFault
from plugin.domain.order import Order
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Refusal

T = TypeVar("T")
_CODES = {
    "INVALID_STATE": Refusal.WRONG_STATE,
    "NOT_FOUND": Refusal.UNKNOWN_ORDER,
    "NOT_EDITABLE": Refusal.WRONG_STATE,
}


@dataclass(frozen=True, slots=True)
class Calls:
    """Raises `Unavailable` and `Rejected`; their `detail` is Shopify's own word."""

    client: AdminClient

    def find(self, operation: Operation, kind: type[T], **variables: object) -> T:
        """What is there."""
        with told():
            return self.client.ask(operation, variables).read(kind)

    def change(self, operation: Operation, root: str, kind: type[T], variables: Json) -> T:
        """What became of a mutation, sent once: after `Unavailable` nobody knows whether it was carried out."""
        with told():
            return self.client.change(operation, variables, root, kind)


@contextmanager
def told() -> Iterator[None]:
    """Tell faults and refusals in the port's words: what only the merchant can mend is refused, the rest may pass."""
    try:
        yield
    except Refused as refusal:
        code = next((_CODES[each] for each in sorted(refusal.codes) if each in _CODES), Refusal.INVALID)
        raise Rejected(code, detail=refusal.said) from refusal
    except ShopFault as fault:
        detail = fault.detail or fault.code
        if fault.is_final:
            raise Rejected(Refusal.NOT_CONNECTED, detail=f"{fault.code}: {detail}") from fault
        raise Unavailable(fault.code, fault.retry_after, detail=detail) from fault


def gid(kind: str, external_id: str) -> str:
    """The global id of a thing of this kind."""
    return f"gid://shopify/{kind}/{external_id}"


def order_gid(order: Order) -> str:
    """The order's."""
    return gid("Order", order.ref.external_id)


def mark(key: str) -> str:
    """A short word for a key, for places that people read: twelve hexadecimal digits."""
    return f"Aftercare {sha256(key.encode()).hexdigest()[:12]}"
