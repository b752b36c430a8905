"""Whether shops pay for the app, and where a plan is chosen."""

from typing import Protocol

from plugin.domain.shop import Shop
from plugin.domain.subscription import UNMETERED, Feature, Subscription


class Subscriptions(Protocol):
    """What the operator takes money for, and which shop has what."""

    @property
    def paid(self) -> frozenset[Feature]:
        """Features that take a plan; empty as a rule."""
        ...

    def of(self, shop: Shop) -> Subscription:
        """The shop's plan as the platform knows it; never raises, because nobody is locked out by a fault."""
        ...

    def page(self, shop: Shop) -> str | None:
        """Where its plan is chosen, outside of our pages; None where there is none to choose."""
        ...


class Unmetered:
    """Nobody pays: what everybody has who runs the app themselves."""

    paid: frozenset[Feature] = frozenset()

    def of(self, shop: Shop) -> Subscription:  # noqa: ARG002 - the port's signature
        """The same for every shop."""
        return UNMETERED

    def page(self, shop: Shop) -> None:
        """Nothing to choose."""
