"""What WooCommerce has nothing for: returns are ours alone, and single goods cannot be kept from leaving."""

from plugin.domain.order import PlatformReturn
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal
from plugin.ports.platform_returns import SeenReturn


class NotInWooCommerce:
    """Commands of the port that are refused, whatever they ask; `capabilities` says so beforehand."""

    def open_return(self, *_: object, **__: object) -> PlatformReturn:
        """No return is kept there."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def returns_of(self, *_: object, **__: object) -> tuple[SeenReturn, ...]:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def approve_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def decline_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def cancel_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def close_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def reopen_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def leave_in_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def send_back(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def dispose(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def handle_return(self, *_: object, **__: object) -> PlatformReturn:
        """As of `open_return`."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def cancel_fulfilment(self, *_: object, **__: object) -> None:
        """The order's status is all there is."""
        raise Rejected(Refusal.NOT_SUPPORTED)
