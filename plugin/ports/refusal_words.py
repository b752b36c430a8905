"""What a shopper is told where the rules refuse."""

from collections.abc import Callable

from plugin.domain.claim_engine.finding import Finding

RefusalWords = Callable[[Finding, str], str | None]
"""The sentence for a finding in a shopper's language (BCP 47); None where only a person finds the words. Pure."""
