"""Asking a shop for keys on its platform's own page, where the merchant says yes or no."""

from dataclasses import dataclass
from typing import Protocol

from plugin.domain.connection import Credentials


@dataclass(frozen=True, slots=True)
class KeyErrand:
    """What the shop is told: a name for us to know the keys by, where to send them, where to send the merchant back."""

    name: str
    callback: str
    return_to: str


@dataclass(frozen=True, slots=True)
class SentKeys:
    """What a shop sends: the name it was told, and the keys. Whose they are has to be proved."""

    name: str
    keys: Credentials


class KeyExchange(Protocol):
    """One platform's way of handing out keys."""

    def find(self, address: str) -> str:
        """The canonical address of the shop at the address somebody typed. Raises `ShopFault` and nothing else."""
        ...

    def page(self, address: str, errand: KeyErrand) -> str:
        """Where the merchant says yes or no."""
        ...

    def sent(self, body: bytes) -> SentKeys:
        """What a message to the callback says. Raises `Unreadable` and nothing else, whatever the bytes are."""
        ...
