"""Whether a way of paying can give money back by itself."""

from typing import Final
from urllib.parse import quote

from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.seen import Gateway

_REFUNDS: Final = "refunds"


def pays_back(calls: Calls, gateway: str | None) -> bool:
    """What the gateway says of itself; a gateway whose plugin is gone, or none at all, pays nothing back."""
    if not gateway:
        return False
    found = calls.find(f"payment_gateways/{quote(gateway, safe='')}", Gateway)
    return found is not None and _REFUNDS in found.method_supports
