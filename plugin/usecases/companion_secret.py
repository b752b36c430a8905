"""The secret a shop's companion plugin signs with: made from when it was connected, so that nothing secret is kept.

Connecting anew, or disconnecting, changes that instant and with it the secret: the old one is worth nothing then.
"""

from base64 import urlsafe_b64encode

from plugin.domain.shop import Shop
from plugin.ports.secrets import Secrets

_PURPOSE = "companion secret v1"


def companion_secrets(shop: Shop, secrets: Secrets) -> list[str]:
    """What its plugin may sign with: made under each of our secrets that counts."""
    made = (companion_secret(shop, each) for each in secrets.accepted())
    return [each for each in made if each is not None]


def companion_secret(shop: Shop, secrets: Secrets) -> str | None:
    """The secret; None: no plugin is connected."""
    if shop.companion_since is None:
        return None
    signed = secrets.sign(_PURPOSE, f"{shop.id}\0{shop.companion_since.isoformat()}")
    return urlsafe_b64encode(signed).rstrip(b"=").decode()
