"""One command's conversation with a shop: its faults are told in the port's words, and nothing is written twice."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TypeVar

from integrations.platforms.woocommerce.actions.seen import TRASH, LiveOrder, LiveRefund
from integrations.platforms.woocommerce.answers import Answer, NoRecord, decoded
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import ShopFault, ShopUnreadable
from plugin.domain.order import Order
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Refusal

T = TypeVar("T")
PER_PAGE: Final = 100
_OUR_FAULT: Final = "HTTP 400"


class Calls:
    """Raises `Unavailable` and `Rejected`; their `detail` is status and code of the shop's answer."""

    def __init__(self, reader: ShopReader) -> None:
        self._reader = reader

    def find(self, endpoint: str, kind: type[T], parameters: Mapping[str, str] | None = None) -> T | None:
        """What is there; None: WooCommerce answers that there is no such record."""
        with told():
            try:
                return decoded(self._reader.get(endpoint, parameters), kind)
            except NoRecord:
                return None

    def pages(self, endpoint: str, kind: type[T], parameters: Mapping[str, str] | None = None) -> Iterator[T]:
        """Every record of a collection."""
        number, last = 1, 1
        while number <= last:
            paged = {"per_page": str(PER_PAGE), "page": str(number), **(parameters or {})}
            with told():
                answer = self._reader.get(endpoint, paged)
                found = decoded(answer, list[kind])  # type: ignore[valid-type]  # a type that a variable holds
            yield from found
            number, last = number + 1, answer.pages

    def order(self, order: Order) -> tuple[LiveOrder, Answer]:
        """The order as it is now, and the answer it came in."""
        with told():
            try:
                answer = self._reader.get(f"orders/{order.ref.external_id}")
            except NoRecord as error:
                raise Rejected(Refusal.UNKNOWN_ORDER, detail=error.detail or "") from error
            live = decoded(answer, LiveOrder)
        if live.status == TRASH:
            raise Rejected(Refusal.UNKNOWN_ORDER, detail=TRASH)
        return live, answer

    def refunds(self, order: int) -> tuple[LiveRefund, ...]:
        """Every refund of an order; an order that is not there has none (200 and an empty list)."""
        return tuple(self.pages(f"orders/{order}/refunds", LiveRefund))

    def write(self, method: str, endpoint: str, body: object, kind: type[T]) -> T:
        """What the shop made of it. Sent once: after `Unavailable` nobody knows whether it was done."""
        with told():
            return decoded(self._reader.send(method, endpoint, body), kind)

    def delete(self, endpoint: str) -> None:
        """Have it gone for good, not into the bin."""
        with told():
            self._reader.send("DELETE", endpoint, None, {"force": "true"})

    def may_write(self, order: int) -> None:
        """Ask whether these keys may write, writing nothing: raises `Rejected` (`not_connected`) when they may not.

        A note without its text is refused with 400 once the keys have passed (WooCommerce 10.5).
        """
        try:
            self.write("POST", f"orders/{order}/notes", {}, object)
        except Rejected as error:
            if error.code != Refusal.INVALID:
                raise


@contextmanager
def told() -> Iterator[None]:
    """Tell a shop's faults in the port's words."""
    try:
        yield
    except ShopFault as fault:
        raise _said(fault) from fault


def _said(fault: ShopFault) -> Rejected | Unavailable:
    """What only the merchant can mend is refused; what may pass by itself is tried again."""
    detail = fault.detail or fault.code
    if fault.is_final:
        return Rejected(Refusal.NOT_CONNECTED, detail=f"{fault.code}: {detail}")
    if isinstance(fault, ShopUnreadable) and detail.startswith(_OUR_FAULT):
        return Rejected(Refusal.INVALID, detail=detail)
    if isinstance(fault, NoRecord):
        return Rejected(Refusal.UNKNOWN_ORDER, detail=detail)
    return Unavailable(fault.code, fault.retry_after, detail=detail)


def code_of(error: Rejected | Unavailable) -> str:
    """The code of the shop's error object; "" where it sent none."""
    return error.detail.partition(", ")[2]
