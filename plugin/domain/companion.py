"""How a companion plugin shows which shop it is of: requests and links signed with the secret it got when connected.

Both texts that are signed are plain lines, so that any language with HMAC-SHA256 can write them
(`docs/integrating/companion-api.md`).
"""

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, Self

from plugin.domain.errors import NotAllowed, NotFound
from plugin.domain.ids import ShopId

SCHEME: Final = "Aftercare-Companion"
CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far a shop's clock may be off, and so how long a request can be repeated; repeating one changes nothing."""
PASS_HOLDS: Final = timedelta(hours=1)
"""The longest a link may hold: it stands in a page that was made for one signed-in customer."""
ADMISSION_HOLDS: Final = timedelta(minutes=10)
"""How long a plugin that was let in has to fetch its secret: the browser is on its way there."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST: Final = 512
_PARTS: Final = 4


class NotTheCompanion(NotAllowed):
    """The request is not signed by the plugin of a connected shop, or not just now."""

    code = "companion_unsigned"


class CompanionShopUnknown(NotFound):
    """The owner who made the code has no connected shop at the plugin's address."""

    code = "companion_shop_unknown"


@dataclass(frozen=True, slots=True)
class PluginAsking:
    """What a shop's plugin says when we look there: which app it asks, where its owner goes back to, and a challenge.

    The challenge is the SHA-256 of a secret that stays in the shop until its plugin fetches what it asked for
    (RFC 7636, S256 in hex): a code that is seen on its way is worth nothing to who sees it.
    """

    app: str
    return_to: str
    challenge: str


def is_asking_name(text: str) -> bool:
    """Whether a plugin could have asked under this name: 256 bits in hex."""
    return _DIGEST.fullmatch(text) is not None


def challenge_of(verifier: str) -> str:
    """The challenge of the secret a plugin kept."""
    return sha256(verifier.encode()).hexdigest()


def is_challenge(text: str) -> bool:
    """Whether it can be one."""
    return _DIGEST.fullmatch(text) is not None


def bound_to(secret: str, shop: ShopId, challenge: str) -> str:
    """The secret of a code that is for one plugin of one shop: what is hashed in the place of the secret itself."""
    return f"{secret}.{shop}.{challenge}"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What is signed of a request: `target` is path and query as they were sent; `at` whole seconds since 1970."""

    method: str
    target: str
    at: int
    body: bytes

    def is_signed(self, signature: str, secret: str, now: datetime) -> bool:
        """Whether this signature (hex) is the secret's own, and the request was made just now."""
        is_now = abs(now - datetime.fromtimestamp(self.at, UTC)) <= CLOCKS_DIFFER
        return is_now and hmac.compare_digest(self.signature(secret).encode(), signature.encode())

    def signature(self, secret: str) -> str:
        """HMAC-SHA256 in hex."""
        lines = ("aftercare request v1", self.method, self.target, str(self.at), sha256(self.body).hexdigest())
        return _signed(secret, lines)


@dataclass(frozen=True, slots=True)
class OrderPass:
    """The shop's word that the customer of this order is signed in there; both ids are the platform's own."""

    order: str
    customer: str
    until: datetime

    @classmethod
    def read(cls, text: str, shop_key: str, secret: str, now: datetime) -> Self | None:
        """The pass; None unless this shop's plugin signed it, and it holds now and not for longer than it may."""
        parts = text[:_LONGEST].split(".")
        if len(parts) != _PARTS or not all(part.isascii() and part.isdecimal() for part in parts[:3]):
            return None
        order, customer, until, signature = parts
        lines = ("aftercare pass v1", shop_key, order, customer, until)
        if len(until) > len("9999999999") or not hmac.compare_digest(
            _signed(secret, lines).encode(), signature.encode()
        ):
            return None
        ends = datetime.fromtimestamp(int(until), UTC)
        return cls(order, customer, ends) if now < ends <= now + PASS_HOLDS + CLOCKS_DIFFER else None

    def write(self, shop_key: str, secret: str) -> str:
        """The text a link carries: `order.customer.until.signature`."""
        fields = (self.order, self.customer, str(int(self.until.timestamp())))
        return ".".join((*fields, _signed(secret, ("aftercare pass v1", shop_key, *fields))))


def _signed(secret: str, lines: tuple[str, ...]) -> str:
    return hmac.new(secret.encode(), "\n".join(lines).encode(), sha256).hexdigest()
