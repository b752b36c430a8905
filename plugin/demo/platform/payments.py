"""The demo platform's checkout for what an exchange costs more: booked like everything else it does."""

from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec

from plugin.demo.platform.books import Book, Books, Deed
from plugin.domain.money import Money
from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop
from plugin.ports.clock import Clock
from plugin.ports.demo_payments import Payable


@dataclass(frozen=True, slots=True)
class BookedPayments:
    """`plugin.ports.demo_payments.DemoPayments` of every demo shop."""

    books: Books
    clock: Clock

    def payable(self, shop: Shop, order: OrderRef, made: str) -> Payable | None:
        """None: nothing of this id was made for the order, or nothing is due for it."""
        deed = _due(self.books.read(shop.id, order), made)
        return _payable(deed) if deed else None

    def pay(self, shop: Shop, order: OrderRef, made: str) -> Payable | None:
        """The same, paid now or before; twice is once."""
        with self.books.held(shop.id, order) as page:
            deed = _due(page.book, made)
            if deed and deed.paid_at is None:
                paid = msgspec.structs.replace(deed, paid_at=self.clock.now())
                deeds = tuple(paid if each is deed else each for each in page.book.deeds)
                page.write(msgspec.structs.replace(page.book, deeds=deeds))
                deed = paid
        return _payable(deed) if deed else None


def pay_address(base_url: str, shop: Shop, order: OrderRef, made: str) -> str:
    """The page of the demo store on which it is paid."""
    return f"{base_url}/demo/pay/{made}?{urlencode({'shop': shop.key, 'order': order.external_id})}"


def _due(book: Book, made: str) -> Deed | None:
    found = (deed for deed in book.deeds if deed.kind == "exchange" and deed.id == made)
    return next((deed for deed in found if deed.beyond > 0), None)


def _payable(deed: Deed) -> Payable:
    return Payable(deed.key, Money(deed.beyond, deed.currency), deed.paid_at)
