"""The app as its partner sells it at Shopify."""

from dataclasses import dataclass, field

from plugin.domain.subscription import Feature


@dataclass(frozen=True, slots=True)
class PartnerApp:
    """`organisation` and `app` are numbers of the Partner Dashboard, `handle` the app's name in addresses."""

    organisation: str
    token: str = field(repr=False)
    app: str
    handle: str
    paid: frozenset[Feature] = frozenset()
    """Features that take a plan."""
