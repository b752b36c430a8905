"""Links to an order's tracking page: each opens that page of one order, for a while, and nothing else.

Who holds one sees what the shopper sees, and can claim nothing with it: it may have been passed on.
"""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from plugin.domain.ids import OrderId
from plugin.domain.shop import Shop
from plugin.ports.secrets import Secrets
from plugin.usecases.prove_shopper import tracking_token

HOLDS: Final = timedelta(days=90)
"""As long as a parcel of the slowest way is looked for."""


def tracking_path(secrets: Secrets, shop: Shop, order: OrderId, now: datetime, language: str) -> str:
    """The page's path on this server."""
    token = tracking_token(secrets, shop.id, order, now + HOLDS)
    return f"/s/{shop.key}/tracking/{token}?{urlencode({'lang': language})}"
