"""A platform's webhooks: telling a genuine delivery, and having a shop send them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from plugin.domain.connection import Credentials
from plugin.domain.hooks import Hook
from plugin.ports.platform import Message


@dataclass(frozen=True, slots=True)
class Delivery:
    """A genuine delivery; equal keys say the same, as long as the earlier one has not been applied."""

    message: Message
    key: str


@dataclass(frozen=True, slots=True)
class WantedHooks:
    """Where a shop's webhooks go, and what they are signed with."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class KeptHooks:
    """How a shop's webhooks stand now, and whether one of ours had been switched off or taken away."""

    hooks: tuple[Hook, ...]
    was_mended: bool


class Webhooks(Protocol):
    """One platform's; names of headers are in lower case."""

    def is_ping(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether this only asks whether we are there; anybody may."""
        ...

    def delivery(self, headers: Mapping[str, str], body: bytes, secret: str) -> Delivery | None:
        """What was delivered; None when it is not signed with this secret. Nothing is read before that is known."""
        ...

    def keep(self, address: str, credentials: Credentials, wanted: WantedHooks) -> KeptHooks:
        """Have the shop send what we want to know.

        What is missing, switched off or out of date is made anew, what is there twice taken away. Repeating it changes
        nothing. Raises `ShopFault` and nothing else.
        """
        ...

    def remove(self, address: str, credentials: Credentials, path: str) -> int:
        """Take away every webhook that leads to this path, wherever we were when it was made; how many there were.

        Other people's stay. Raises `ShopFault` and nothing else; what was taken away before that stays so.
        """
        ...
