"""Messages to staff and shoppers, worded in their language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.access import Token
from plugin.domain.certificates import Certificate, Expiry
from plugin.domain.claim.claim import Claim
from plugin.domain.connection import Connection
from plugin.domain.data_request import DataRequest, Turn
from plugin.domain.order import Order
from plugin.domain.outage import Outage
from plugin.domain.passkey import Passkey, PasskeyTurn
from plugin.domain.shop import Shop, StaffMember
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.mailer import Mail


class Letter(Protocol):
    """Words the message that brings somebody a one-time link."""

    def __call__(self, member: StaffMember, token: Token) -> Mail:
        """The message, with the link as an absolute address."""
        ...


class ClaimLinkLetter(Protocol):
    """Words the message that brings a shopper the link to their orders."""

    def __call__(self, shop: Shop, wish: LinkRequest, token: str, orders: Sequence[Order]) -> Mail:
        """The message to the address of the wish, in its language; `orders` are those the link leads to."""
        ...


class LateLetter(Protocol):
    """Words the message that the time to answer a claim runs out, or ran out."""

    def __call__(self, member: StaffMember, claim: Claim, at: datetime) -> Mail:
        """The message as of an instant, with the way to the case; nothing of the shopper's is in it."""
        ...


class OutageLetter(Protocol):
    """Words the message that a shop cannot be read."""

    def __call__(self, member: StaffMember, shop: Shop, connection: Connection, outage: Outage) -> Mail:
        """The message: since when, why, what goes on all the same, and the way to the shop's health."""
        ...


class DataRequestLetter(Protocol):
    """Words the message that somebody's data were asked for, and until when they have to be handed over."""

    def __call__(
        self, member: StaffMember, shop: Shop, request: DataRequest, turn: Turn, orders: Sequence[str] = ()
    ) -> Mail:
        """The message, with the way to the requests; of whom it is about it says the numbers of their `orders` only."""
        ...


class PasskeyLetter(Protocol):
    """Words the message that somebody signs in otherwise from now on: whoever it was, its owner hears of it."""

    def __call__(self, member: StaffMember, passkey: Passkey, turn: PasskeyTurn, at: datetime) -> Mail:
        """The message as of an instant, with the way to their account."""
        ...


class ExpiryLetter(Protocol):
    """Words the message that a document of products needs a successor."""

    def __call__(self, member: StaffMember, certificate: Certificate, expiry: Expiry) -> Mail:
        """The message, with the way to the merchant's documents."""
        ...
