"""What the app asks a merchant for: the least our documents and webhooks take (tests work it out from the schema)."""

from collections.abc import Iterable
from typing import Final

READING: Final = frozenset({"read_orders", "read_returns", "read_products", "read_customers"})
"""What knowing orders takes; asked for at installation."""
WRITING: Final = frozenset({"write_orders", "write_returns", "write_products", "read_locations"})
"""Refunds, returns and the stock their goods go back into, notes, and what themes print; asked for at installation."""
SHOWING: Final = frozenset({"read_locales"})
"""Which languages the shop's pages are in: what themes print is written in those."""
TOLD: Final = frozenset({"read_fulfillments"})
"""What being told of parcels takes: webhooks of fulfilments and their events, and no document of ours."""
PROXIED: Final = frozenset({"write_app_proxy"})
"""What the shop's own address for shoppers' pages takes (shopify.dev, "About app proxies", 2026-10)."""
INSTALLED: Final = READING | WRITING | SHOWING | TOLD | PROXIED
"""What installing grants."""
ACCOUNT: Final = frozenset({"customer_read_orders"})
"""What the returns page takes to ask the Customer Account API in the shopper's own name. Asked for at installation, and
never by a call of ours: without it the page lists no orders, and everything else works."""
ASKED: Final = INSTALLED | ACCOUNT
"""What an installation is asked for."""
REPLACING: Final = frozenset({"read_draft_orders", "write_draft_orders"})
"""What sending goods again takes."""
CREDITING: Final = frozenset(
    {
        "read_store_credit_accounts",
        "read_store_credit_account_transactions",
        "write_store_credit_account_transactions",
    }
)
"""What store credit takes."""
HOLDING: Final = frozenset({"write_merchant_managed_fulfillment_orders"})
"""What keeping goods from leaving takes; writing implies reading. Goods at other companies' warehouses stay theirs."""
OPTIONAL: Final = REPLACING | CREDITING | HOLDING
"""Granted or not, the app works: `capabilities` says no to what is not granted, and the Shops page says why."""
EVERYTHING_EVER: Final = "read_all_orders"
"""Orders older than 60 days; Shopify grants it to an app on request (shopify.dev, "Access scopes", 2026-10)."""


def covers(granted: Iterable[str], needed: Iterable[str]) -> bool:
    """Whether everything needed was granted; writing implies reading (shopify.dev, "Access scopes", 2026-10)."""
    known = frozenset(granted)
    return all(scope in known or scope.replace("read_", "write_", 1) in known for scope in needed)
