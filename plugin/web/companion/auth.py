"""Which shop's plugin is asking, by the signature of its request."""

from flask import request

from plugin.domain.companion import SCHEME, NotTheCompanion, SignedRequest
from plugin.domain.shop import Shop
from plugin.usecases.companion_secret import companion_secrets
from plugin.web.deps import deps
from plugin.web.limits import count_shop

_PARTS = 3
_MOST_DIGITS = 10


def signing_shop() -> Shop:
    """The shop whose secret signed this request just now. Raises `NotTheCompanion`."""
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    parts = rest.strip().split(":")
    if scheme != SCHEME or len(parts) != _PARTS:
        raise NotTheCompanion
    key, at, signature = parts
    if not (at.isascii() and at.isdecimal() and len(at) <= _MOST_DIGITS):
        raise NotTheCompanion
    needs = deps()
    shop = needs.directory.shop_by_key(key)
    theirs = companion_secrets(shop, needs.secrets) if shop else []
    signed = SignedRequest(request.method, _target(), int(at), request.get_data())
    if shop is None or not any(signed.is_signed(signature, each, needs.clock.now()) for each in theirs):
        raise NotTheCompanion
    count_shop(shop)
    return shop


def _target() -> str:
    query = request.query_string.decode("latin-1")
    return f"{request.path}?{query}" if query else request.path
