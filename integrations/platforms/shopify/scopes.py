"""What the app asks a merchant for: the least our documents and webhooks take (tests work it out from the schema)."""

from typing import Final

READING: Final = frozenset({"read_orders", "read_returns", "read_products", "read_customers"})
"""What knowing orders takes; asked for at installation."""
WRITING: Final = frozenset({"write_orders", "write_returns", "write_products"})
"""Refunds, returns, notes, and what themes print; asked for at installation."""
TOLD: Final = frozenset({"read_fulfillments"})
"""What being told of parcels takes: webhooks of fulfilments and their events, and no document of ours."""
INSTALLED: Final = READING | WRITING | TOLD
"""What installing grants."""
OPTIONAL: Final = frozenset(
    {
        "read_draft_orders",
        "write_draft_orders",
        "read_store_credit_account_transactions",
        "write_store_credit_account_transactions",
    }
)
"""Replacements and store credit: asked for when a merchant turns them on."""
EVERYTHING_EVER: Final = "read_all_orders"
"""Orders older than 60 days; Shopify grants it to an app on request (shopify.dev, "Access scopes", 2026-10)."""
