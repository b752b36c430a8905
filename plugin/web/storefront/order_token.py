"""Who may see an order's panel: whoever holds its token, which only this server can make.

The store's own order page gets the token on the server side and writes it into the element. It is a capability for
one order of one shop, cannot be guessed, and names the order only by our opaque id.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId, ShopId
from plugin.ports.secrets import Secrets, vouches

_PURPOSE = "storefront order token v1"
_LONGEST = 512


class UnknownOrder(NotFound):
    """No such order for this shop, or not one this token opens: the answer does not tell which."""

    code = "order_unknown"


def issue(secrets: Secrets, shop: ShopId, order: OrderId) -> str:
    """The token for one order of one shop, URL-safe; always the same, so pages that carry it can be cached."""
    signature = secrets.sign(_PURPOSE, f"{shop}\0{order}")
    return f"{_text(order.encode())}.{_text(signature)}"


def read(secrets: Secrets, shop: ShopId, token: str) -> OrderId:
    """The order this token opens in this shop. Raises `UnknownOrder` unless we issued it, to the letter."""
    order = _order(token[:_LONGEST].partition(".")[0])
    if not vouches(secrets, token, lambda each: issue(each, shop, order)):
        raise UnknownOrder
    return order


def _order(text: str) -> OrderId:
    try:
        return OrderId(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
    except ValueError as error:
        raise UnknownOrder from error


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
