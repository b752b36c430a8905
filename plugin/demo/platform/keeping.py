"""The demo platform's commands about returns: booked before it answers, reported by webhook."""

from typing import Protocol

import msgspec

from plugin.demo.platform import returns
from plugin.demo.platform.books import Books
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import DeclineReason, Refusal, ReturnCommand, Units
from plugin.ports.platform_returns import Disposed, SeenReturn, Travel


class Desk(Protocol):
    """What of the platform these commands take."""

    @property
    def shop(self) -> Shop:
        """Whose platform it is."""
        ...

    @property
    def books(self) -> Books:
        """What was done."""
        ...

    def expect_returns(self, order: Order) -> None:
        """Raises `Unavailable`, and `Rejected` where no returns are kept."""
        ...

    def check_units(self, units: tuple[Units, ...], order: Order) -> None:
        """Raises `Rejected` for units that were not sold."""
        ...

    def answer(self, order: Order) -> None:
        """Report what is not reported yet; raises `Unavailable` when the answer is to be lost."""
        ...


class KeepsReturns:
    """The part of `PlatformActions` that keeps returns."""

    def returns_of(self: Desk, order: Order, *, idempotency_key: str) -> tuple[SeenReturn, ...]:
        """Every return of the order."""
        self.expect_returns(order)
        known = self.books.read(self.shop.id, order.ref).returns
        return tuple(SeenReturn(returns.told(each), returns.maker(each, idempotency_key)) for each in known)

    def open_return(self: Desk, command: ReturnCommand, *, idempotency_key: str) -> PlatformReturn:
        """Requested, or open at once."""
        order = command.order
        self.expect_returns(order)
        with self.books.held(self.shop.id, order.ref) as page:
            given = next((known for known in page.book.returns if known.key == idempotency_key), None)
            if given is None:
                self.check_units(command.units, order)
                given = returns.opened(command, idempotency_key, page.book)
                page.write(msgspec.structs.replace(page.book, returns=(*page.book.returns, given)))
        self.answer(order)
        return returns.told(given)

    def approve_return(self: Desk, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; what was done is seen
        """From requested to open."""
        return _changed(self, order, return_id, returns.moved(returns.REQUESTED, returns.OPEN))

    def decline_return(
        self: Desk,
        order: Order,
        return_id: str,
        reason: DeclineReason,
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what was done is seen
    ) -> PlatformReturn:
        """From requested to declined."""
        return _changed(self, order, return_id, returns.declined(reason))

    def cancel_return(self: Desk, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; what was done is seen
        """From open to cancelled."""
        return _changed(self, order, return_id, returns.moved(returns.OPEN, returns.CANCELED))

    def close_return(self: Desk, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; what was done is seen
        """From open to closed."""
        return _changed(self, order, return_id, returns.moved(returns.OPEN, returns.CLOSED))

    def reopen_return(self: Desk, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; what was done is seen
        """From closed to open."""
        return _changed(self, order, return_id, returns.moved(returns.CLOSED, returns.OPEN))

    def leave_in_return(
        self: Desk,
        order: Order,
        return_id: str,
        units: tuple[Units, ...],
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what was done is seen
    ) -> PlatformReturn:
        """No more than these units, and what was received."""
        return _changed(self, order, return_id, returns.left(units))

    def send_back(
        self: Desk,
        order: Order,
        return_id: str,
        units: tuple[Units, ...],
        travel: Travel,
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what was done is seen
    ) -> PlatformReturn:
        """A parcel on its way back."""
        return _changed(self, order, return_id, returns.sent(units, travel))

    def dispose(
        self: Desk,
        order: Order,
        return_id: str,
        disposed: tuple[Disposed, ...],
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what was done is seen
    ) -> PlatformReturn:
        """What became of the goods."""
        return _changed(self, order, return_id, returns.disposed(disposed))

    def handle_return(
        self: Desk,
        order: Order,
        return_id: str,
        units: tuple[Units, ...],
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what was done is seen
    ) -> PlatformReturn:
        """What was received."""
        return _changed(self, order, return_id, returns.handled(units))


def _changed(desk: Desk, order: Order, return_id: str, change: returns.Change) -> PlatformReturn:
    desk.expect_returns(order)
    with desk.books.held(desk.shop.id, order.ref) as page:
        given = next((known for known in page.book.returns if known.id == return_id), None)
        if given is None:
            raise Rejected(Refusal.UNKNOWN_ORDER)
        after = change(given)
        if after != given:
            after = msgspec.structs.replace(after, is_reported=False)
            rest = tuple(after if known.id == return_id else known for known in page.book.returns)
            page.write(msgspec.structs.replace(page.book, returns=rest))
    desk.answer(order)
    return returns.told(after)
