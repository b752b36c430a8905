"""Everything that can go wrong between us and a shop: a closed set, each with what the merchant can do about it.

Adapters raise these and nothing else. `facts["field"]` names the form's field when it was typed by the merchant.
"""

from typing import ClassVar

from plugin.domain.errors import DomainError, Invalid, NotFound


class ShopFault(DomainError):
    """The shop cannot be read now. `detail` is the platform's own word (`HTTP 503`), for who looks closer."""

    code = "shop_fault"
    field: ClassVar[str | None] = None
    is_final: ClassVar[bool] = False
    """Whether trying again is pointless until the merchant has acted."""

    def __init__(self, detail: str | None = None, retry_after: float | None = None) -> None:
        super().__init__({"field": self.field, "detail": detail} if self.field else {"detail": detail})
        self.detail = detail
        self.retry_after = retry_after
        """Seconds the shop asked us to wait, when it said so."""


class UnusableAddress(ShopFault, Invalid):
    """What was typed is no address of a shop."""

    code = "shop_address_unusable"
    field = "address"
    is_final = True


class AddressNotHttps(ShopFault, Invalid):
    """Keys would travel readable; only the operator's setting allows that."""

    code = "shop_address_not_https"
    field = "address"
    is_final = True


class NeedsPublicAddress(ShopFault, Invalid):
    """Shops send keys and webhooks to a public https address only, and this installation has none (`PUBLIC_URL`)."""

    code = "shop_needs_public_address"
    field = "address"
    is_final = True


class PlainPermalinks(ShopFault, Invalid):
    """WordPress answers, with "plain" permalinks, under which WooCommerce takes no keys (measured on 10.5)."""

    code = "shop_plain_permalinks"
    field = "address"
    is_final = True


class PrivateAddress(ShopFault, Invalid):
    """The name leads into a private network, which only the operator's setting allows."""

    code = "shop_address_private"
    field = "address"


class NotWooCommerce(ShopFault, Invalid):
    """Something answers there, and it is not WooCommerce's REST API."""

    code = "shop_without_api"
    field = "address"


class ShopMoved(ShopFault, Invalid):
    """The shop sends us to another address; keys are not carried there unasked."""

    code = "shop_moved"
    field = "address"


class MalformedKeys(ShopFault, Invalid):
    """What was pasted cannot be a pair of keys: part of one, or the two swapped."""

    code = "shop_keys_malformed"
    field = "key"
    is_final = True


class KeysRefused(ShopFault, Invalid):
    """The shop does not know these keys, or their owner may not see orders any more."""

    code = "shop_keys_refused"
    field = "key"
    is_final = True


class KeysCannotRead(ShopFault, Invalid):
    """The keys are right and were made for writing only."""

    code = "shop_keys_cannot_read"
    field = "key"
    is_final = True


class KeysCannotWrite(ShopFault, Invalid):
    """The keys are right and were made for reading only."""

    code = "shop_keys_cannot_write"
    field = "key"
    is_final = True


class ShopBlocks(ShopFault):
    """A firewall, security plugin or password in front of the shop turns us away."""

    code = "shop_blocks"


class ShopUnavailable(ShopFault):
    """No useful answer in time: down, overloaded, unknown name, broken certificate."""

    code = "shop_unavailable"


class ShopUnreadable(ShopFault):
    """An answer that breaks off or is no JSON."""

    code = "shop_unreadable"


class AccessRevoked(ShopFault, Invalid):
    """The platform takes the app's access no more: it was removed from the shop, or its access ran out."""

    code = "shop_access_revoked"
    is_final = True


class AccessTooNarrow(ShopFault, Invalid):
    """The app has not been given a permission that it needs."""

    code = "shop_access_narrow"
    is_final = True


class AppRefused(ShopFault):
    """The platform does not know this installation's app: its operator has to give the right client id and secret."""

    code = "shop_app_refused"


class ShopClosed(ShopFault):
    """The platform has closed the shop for now, or for good: an unpaid bill, a lock, no such shop any more."""

    code = "shop_closed"


class ShopGathering(ShopFault):
    """The platform is still putting together what we asked for; what is there stays, and we come back by ourselves."""

    code = "shop_gathering"


class NotConnected(ShopFault, NotFound):
    """The shop has no keys here."""

    code = "shop_not_connected"
    is_final = True


class PluginNotAsking(ShopFault, NotFound):
    """The shop answers, and its companion plugin asks us for nothing under this name, or not any more."""

    code = "shop_plugin_not_asking"
    is_final = True
