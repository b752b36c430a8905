"""Policies to start from: a new merchant promises nothing beyond the law until it says so."""

from datetime import datetime

from plugin.domain.policy import MarketPolicy, Payer, PolicyVersion

# fmt: off
EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})
# fmt: on
_EU_NEIGHBOURS = frozenset({"CH", "GB", "IS", "LI", "NO"})


def law_only(effective_from: datetime) -> PolicyVersion:
    """No promise to anybody: shoppers have what the law of their country gives them."""
    everywhere = MarketPolicy("everywhere", frozenset(), None, None, Payer.UNKNOWN, 0)
    return PolicyVersion("law-only-1", effective_from, (), everywhere)


def european_demo(effective_from: datetime) -> PolicyVersion:
    """The demo store's: free returns for 30 days in the EU, at the shopper's cost next door, 36 months on goods."""
    union = MarketPolicy(
        market="European Union",
        countries=EU,
        return_days=30,
        exchange_days=60,
        return_payer=Payer.SHOP,
        warranty_months=36,
        is_informed=True,
        is_told_return_cost=True,
        warranty_payer=Payer.SHOP,
    )
    neighbours = MarketPolicy(
        market="Switzerland, United Kingdom, EEA",
        countries=_EU_NEIGHBOURS,
        return_days=30,
        exchange_days=30,
        return_payer=Payer.SHOPPER,
        warranty_months=24,
        is_informed=True,
        is_told_return_cost=True,
        warranty_payer=Payer.SHOP,
    )
    elsewhere = MarketPolicy("Everywhere else", frozenset(), 14, None, Payer.SHOPPER, 12, warranty_payer=Payer.SHOPPER)
    return PolicyVersion("demo-1", effective_from, (union, neighbours), elsewhere, home_country="DE")
