"""The demo platform's answers to our commands: done once per key, booked before it answers, reported by webhook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec

from plugin.demo.platform import rules
from plugin.demo.platform.books import Book, BookedRefund, Books, Deed, LineRefund
from plugin.demo.platform.keeping import KeepsReturns
from plugin.demo.platform.payments import pay_address
from plugin.demo.platform.records import record_of
from plugin.demo.platform.shopify_reports import refund_created, return_changed
from plugin.demo.platform.woocommerce_reports import order_updated
from plugin.domain.capabilities import Capabilities
from plugin.domain.money import Money
from plugin.domain.order import Order, Platform, Price
from plugin.domain.refund.allocation import Allocation, total_of
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.domain.shop import Shop
from plugin.ports.clock import Clock
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform import Message
from plugin.ports.platform_actions import (
    CreditReceipt,
    Exchange,
    OrderReceipt,
    RefundReceipt,
    Refusal,
    Units,
)

Deliver = Callable[[Message, str], object]
"""Hands a webhook to the shop's inbox, under its delivery key."""


@dataclass(frozen=True, slots=True)
class DemoPlatform(KeepsReturns):
    """`plugin.ports.platform_actions.PlatformActions` of one demo shop."""

    shop: Shop
    books: Books
    deliver: Deliver
    clock: Clock
    base_url: str
    """Where the demo store's pages are."""

    def capabilities(self, order: Order) -> Capabilities:
        """What can be done with this order."""
        self._be_available()
        return rules.capabilities(order)

    def refund(
        self, intent: RefundIntent, order: Order, *, idempotency_key: str, return_id: str | None = None
    ) -> RefundReceipt:
        """Pay back, or answer what was done under this key; a report that a crash kept back goes out now."""
        self._be_available()
        with self.books.held(self.shop.id, order.ref) as page:
            done = next((refund for refund in page.book.refunds if refund.key == idempotency_key), None)
            if done is None:
                self._refuse(rules.refusal(intent, order, page.book), order)
                done = _booked(intent, idempotency_key, return_id, self.clock.now())
                page.write(msgspec.structs.replace(page.book, refunds=(*page.book.refunds, done)))
        if not self.books.troubles(self.shop.id).delays_reports:
            self.report(order)
        self._maybe_lose_answer()
        return RefundReceipt(done.id, done.at)

    def report(self, order: Order) -> int:
        """Send the webhooks of everything not reported yet; how many. Sending one again changes nothing."""
        with self.books.held(self.shop.id, order.ref) as page:
            messages = self._reports(order, page.book)
            for key, message in messages:
                self.deliver(message, key)
            refunds = tuple(msgspec.structs.replace(refund, is_reported=True) for refund in page.book.refunds)
            returns = tuple(msgspec.structs.replace(given, is_reported=True) for given in page.book.returns)
            if messages:
                page.write(msgspec.structs.replace(page.book, refunds=refunds, returns=returns))
        return len(messages)

    def issue_store_credit(
        self,
        order: Order,
        amount: Money,
        *,
        expires_at: datetime | None,
        idempotency_key: str,
        is_combinable: bool = True,
        instead_of: tuple[Units, ...] = (),  # noqa: ARG002 - the port's; a code pays nothing back
    ) -> CreditReceipt:
        """A code for the order's shopper, as WooCommerce's coupons are."""
        until = [expires_at.isoformat()] if expires_at else []
        said = " ".join([str(amount.minor), amount.currency, *until, *([] if is_combinable else ["alone"])])
        deed = self._do(order, "store_credit", idempotency_key, said)
        return CreditReceipt(deed.id, f"CREDIT-{deed.id[-8:]}")

    def create_exchange(self, exchange: Exchange, *, idempotency_key: str) -> OrderReceipt:
        """A new order with the other goods, at the catalogue's prices."""
        order = exchange.order
        self.check_units(exchange.back, order)
        made = self.books.read(self.shop.id, order.ref).deed(idempotency_key)
        currency = exchange.credit.currency
        beyond = Money(made.beyond, currency) if made else rules.difference(exchange)
        said = " ".join(f"{item.quantity}x{item.variant}" for item in exchange.new)
        deed = self._do(order, "exchange", idempotency_key, f"{_said(exchange.back)} for {said}", beyond)
        number = f"{order.number}-E{deed.id[-3:]}"
        if deed.beyond > 0:
            pay_at = pay_address(self.base_url, self.shop, order.ref, deed.id)
            return OrderReceipt(deed.id, number, Money(deed.beyond, currency), pay_at)
        return OrderReceipt(deed.id, number, back=Money(-deed.beyond, currency) if deed.beyond else None)

    def create_replacement_order(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> OrderReceipt:
        """A new order with the same goods, free of charge."""
        self.check_units(units, order)
        deed = self._do(order, "replacement", idempotency_key, _said(units))
        return OrderReceipt(deed.id, f"{order.number}-R{deed.id[-3:]}")

    def cancel_fulfilment(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """Keep goods from leaving; WooCommerce has nothing to cancel but the order."""
        if not rules.capabilities(order).cancel_fulfilment:
            raise Rejected(Refusal.NOT_SUPPORTED)
        self.check_units(units, order)
        self._do(order, "cancel_fulfilment", idempotency_key, _said(units))

    def cancel_order(self, order: Order, *, restock: bool, idempotency_key: str) -> None:
        """Cancel an order of which nothing has left."""
        if any(fulfilment.shipped for fulfilment in order.fulfilments):
            raise Rejected(Refusal.WRONG_STATE)
        self._do(order, "cancel_order", idempotency_key, "restocked" if restock else "")

    def restock(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """Put goods on sale again."""
        self.check_units(units, order)
        self._do(order, "restock", idempotency_key, _said(units))

    def note(self, order: Order, text: str, *, idempotency_key: str) -> None:
        """Leave word for the merchant."""
        self._do(order, "note", idempotency_key, text)

    def _do(self, order: Order, kind: str, key: str, said: str, beyond: Money | None = None) -> Deed:
        self._be_available()
        with self.books.held(self.shop.id, order.ref) as page:
            deed = page.book.deed(key)
            if deed is None:
                self._refuse(None, order)
                difference = (beyond.minor, beyond.currency) if beyond else ()
                deed = Deed(key, kind, _number(key), said, *difference)
                page.write(msgspec.structs.replace(page.book, deeds=(*page.book.deeds, deed)))
        self._maybe_lose_answer()
        return deed

    def _be_available(self) -> None:
        with self.books.troubled(self.shop.id) as troubles:
            if troubles.unavailable:
                self.books.trouble(
                    self.shop.id, msgspec.structs.replace(troubles, unavailable=troubles.unavailable - 1)
                )
                raise Unavailable("the demo platform was told to be unavailable")

    def _maybe_lose_answer(self) -> None:
        """The hard case: it is done, and nobody hears of it."""
        with self.books.troubled(self.shop.id) as troubles:
            if troubles.lost_answers:
                left = msgspec.structs.replace(troubles, lost_answers=troubles.lost_answers - 1)
                self.books.trouble(self.shop.id, left)
                raise Unavailable("the demo platform was told to lose its answer")

    def _refuse(self, why: Refusal | None, order: Order) -> None:
        told = self.books.troubles(self.shop.id).refusal
        if told is not None:
            raise Rejected(told)
        if record_of(order) is None:
            raise Rejected(Refusal.UNKNOWN_ORDER)
        if why is not None:
            raise Rejected(why)

    def check_units(self, units: tuple[Units, ...], order: Order) -> None:
        """Raises `Rejected` for units that were not sold."""
        sold = {line.id: line.quantity for line in order.lines}
        if any(unit.line not in sold for unit in units):
            raise Rejected(Refusal.UNKNOWN_LINE)
        if not units or any(not 1 <= unit.quantity <= sold[unit.line] for unit in units):
            raise Rejected(Refusal.MORE_THAN_LEFT)

    def answer(self, order: Order) -> None:
        """Report what is not reported yet; raises `Unavailable` when the answer is to be lost."""
        self.report(order)
        self._maybe_lose_answer()

    def expect_returns(self, order: Order) -> None:
        """Raises `Unavailable`, and `Rejected` where no returns are kept, or everything is refused."""
        self._be_available()
        if not rules.capabilities(order).returns:
            raise Rejected(Refusal.NOT_SUPPORTED)
        self._refuse(None, order)

    def _reports(self, order: Order, book: Book) -> list[tuple[str, Message]]:
        """Webhooks with their delivery keys: WooCommerce sends the order, Shopify each refund and step by itself."""
        record = record_of(order)
        if record is None:
            return []
        refunds = [refund for refund in book.refunds if not refund.is_reported]
        if order.ref.platform is Platform.WOOCOMMERCE:
            key = f"order:{order.ref.external_id}:{','.join(refund.id for refund in book.refunds)}"
            return [(key, order_updated(record, order, book, self.clock.now()))] if refunds else []
        steps = [given for given in book.returns if not given.is_reported]
        return [
            *((f"refund:{refund.id}", refund_created(record, order, refund)) for refund in refunds),
            *((f"return:{given.id}:{given.status}", return_changed(order, given)) for given in steps),
        ]


def _booked(intent: RefundIntent, key: str, return_id: str | None, now: datetime) -> BookedRefund:
    lines = tuple(LineRefund(part.line, part.quantity, part.net, part.tax) for part in intent.allocations)
    return BookedRefund(
        id=_number(key),
        key=key,
        at=now,
        total=intent.total,
        lines=lines,
        beside=total_of((_beside(part) for part in intent.allocations), intent.total),
        is_online=intent.means is Means.ORIGINAL,
        restocked=intent.restock,
        return_id=return_id,
    )


def _beside(part: Allocation) -> Price:
    return part.shipping + part.shipping_tax + part.duty


def _number(key: str) -> str:
    """A number as the platforms give them, the same for the same key."""
    return str(int.from_bytes(sha256(key.encode()).digest()[:6]) + 1_000_000)


def _said(units: tuple[Units, ...]) -> str:
    return " ".join(f"{unit.quantity}x{unit.line}" for unit in units)
