"""What is refused whatever it asks; `capabilities` says so beforehand.

Store credit takes no key in Shopify (`storeCreditAccountCredit`, 2026-10), so that a lost answer would give it twice.
Exchanges, replacements and goods kept from leaving are not recorded: nobody can say what becomes of them.
"""

from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import CreditReceipt, OrderReceipt, Refusal


class NotInShopify:
    """The commands of the port that are not offered."""

    def issue_store_credit(self, *_: object, **__: object) -> CreditReceipt:
        """No credit is given."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def create_exchange(self, *_: object, **__: object) -> OrderReceipt:
        """No exchange is made."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def create_replacement_order(self, *_: object, **__: object) -> OrderReceipt:
        """No order is made."""
        raise Rejected(Refusal.NOT_SUPPORTED)

    def cancel_fulfilment(self, *_: object, **__: object) -> None:
        """Nothing is kept from leaving."""
        raise Rejected(Refusal.NOT_SUPPORTED)
