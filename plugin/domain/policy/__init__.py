"""The merchant's policy: a model of promises by market, and which of them a line of an order gets."""

from plugin.domain.policy.terms import Payer
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

__all__ = ["MarketPolicy", "Payer", "PolicyVersion"]
