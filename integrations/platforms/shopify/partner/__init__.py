"""What is asked of Shopify's Partner API, for whom whoever runs the app sells plans by Shopify App Pricing."""

from importlib.resources import files
from typing import Final

API_VERSION: Final = "2026-07"
"""The first with `activeSubscription` (shopify.dev, "Active subscription")."""
ACTIVE_SUBSCRIPTION: Final = (files(__name__) / "active_subscription.graphql").read_text(encoding="utf-8")
