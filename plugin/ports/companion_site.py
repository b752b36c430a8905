"""Looking at a shop for what its companion plugin asks."""

from typing import Protocol

from plugin.domain.companion import PluginAsking


class CompanionSite(Protocol):
    """One platform's way of looking."""

    def asking(self, address: str, name: str) -> PluginAsking:
        """What the plugin of the shop at this canonical address asks under this name; nothing secret is sent there.

        Raises `ShopFault` and nothing else: `PluginNotAsking` where the shop knows of no such wish.
        """
        ...
