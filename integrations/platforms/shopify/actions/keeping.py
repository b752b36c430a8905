"""The commands about returns, and goods put on sale again (`plugin.ports.platform_returns`)."""

from integrations.platforms.shopify.actions import disposing, handling, restocking, returning, sending_back
from integrations.platforms.shopify.actions.conversation import Conversing
from plugin.domain.order import Order, PlatformReturn
from plugin.ports.platform_actions import DeclineReason, ReturnCommand, Units
from plugin.ports.platform_returns import Disposed, SeenReturn, Travel


class Keeping(Conversing):
    """The part of `PlatformActions` that keeps returns. Steps need no key: what was done is seen."""

    def returns_of(self, order: Order, *, idempotency_key: str) -> tuple[SeenReturn, ...]:
        """Every return of the order, those made elsewhere too."""
        with self._calls() as calls:
            return returning.returns_of(calls, order, idempotency_key)

    def open_return(self, command: ReturnCommand, *, idempotency_key: str) -> PlatformReturn:
        """A return request, or an open return."""
        with self._calls() as calls:
            return returning.open_return(calls, command, idempotency_key)

    def approve_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; a state is entered once
        """From requested to open."""
        with self._calls() as calls:
            return returning.approve(calls, order, return_id)

    def decline_return(
        self,
        order: Order,
        return_id: str,
        reason: DeclineReason,
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; a state is entered once
    ) -> PlatformReturn:
        """From requested to declined."""
        with self._calls() as calls:
            return returning.decline(calls, order, return_id, reason)

    def cancel_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; a state is entered once
        """From open to cancelled."""
        with self._calls() as calls:
            return returning.cancel(calls, order, return_id)

    def close_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; a state is entered once
        """From open to closed."""
        with self._calls() as calls:
            return returning.close(calls, order, return_id)

    def reopen_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; a state is entered once
        """From closed to open."""
        with self._calls() as calls:
            return returning.reopen(calls, order, return_id)

    def leave_in_return(
        self,
        order: Order,
        return_id: str,
        units: tuple[Units, ...],
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what is there is looked at
    ) -> PlatformReturn:
        """No more than these units, and what was received."""
        with self._calls() as calls:
            return handling.leave(calls, order, return_id, units)

    def send_back(
        self,
        order: Order,
        return_id: str,
        units: tuple[Units, ...],
        travel: Travel,
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; a parcel is known by what it holds
    ) -> PlatformReturn:
        """A reverse delivery with label and tracking."""
        with self._calls() as calls:
            return sending_back.send_back(calls, order, return_id, units, travel)

    def dispose(
        self,
        order: Order,
        return_id: str,
        disposed: tuple[Disposed, ...],
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what is there is looked at
    ) -> PlatformReturn:
        """Dispositions."""
        with self._calls() as calls:
            return disposing.dispose(calls, order, return_id, disposed)

    def handle_return(
        self,
        order: Order,
        return_id: str,
        units: tuple[Units, ...],
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; what is there is looked at
    ) -> PlatformReturn:
        """Units received."""
        with self._calls() as calls:
            return handling.handle(calls, order, return_id, units)

    def restock(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """On sale again, without a return that is known."""
        with self._calls() as calls:
            restocking.restock(calls, order, units, idempotency_key)
