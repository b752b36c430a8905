"""The confirmation of an order's rights, on a durable medium (Directive 2011/83/EU art. 8(7))."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.entitlement import LineEntitlements
from plugin.domain.legal_documents import AttestedText
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.domain.shown import ShownText
from plugin.domain.stored import StoredOrder


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An order with everything its confirmation is made of; `at` is the instant it is made, aware UTC."""

    shop: Shop
    stored: StoredOrder
    policy: PolicyVersion | None
    lines: tuple[LineEntitlements, ...]
    attested: Sequence[AttestedText]
    at: datetime


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The words in the order's language: as text, as HTML that can stand in any mail, and as a `letter` of our own.

    `letter` is a whole HTML mail; `shown` is what to record.
    """

    language: str
    subject: str
    text: str
    html: str
    letter: str
    shown: tuple[ShownText, ...]


Confirm = Callable[[ToConfirm], Confirmation]
"""Words the confirmation; pure."""
