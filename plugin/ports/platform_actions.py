"""What we have a shop's platform do: pay back, keep returns, make orders, give credit. One adapter per shop.

Every command carries an idempotency key and may be given twice: the second time it answers what the first did. Adapters
raise `Unavailable` (the outcome is unknown: give the same command again) and `Rejected` with a `Refusal` (nothing
happened, but for `in_doubt`), and nothing else. docs/platform-actions.md says which call of which platform answers to
which command.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from plugin.domain.capabilities import Capabilities
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.shop import Shop
from plugin.ports.platform_returns import DeclineReason, PlatformReturns, ReturnCommand, Units


class Refusal(StrEnum):
    """Why a platform will not do it; the code of `Rejected`."""

    NOT_SUPPORTED = "not_supported"
    """The platform, or this order's way of paying, cannot do it: `capabilities` said so."""
    NOT_CONNECTED = "not_connected"
    """There is no live connection to the shop."""
    UNKNOWN_ORDER = "unknown_order"
    UNKNOWN_LINE = "unknown_line"
    NOT_PAID = "not_paid"
    MORE_THAN_LEFT = "more_than_left"
    """More money or more units than the platform has left."""
    GIFT_CARD = "gift_card"
    """A gift card's price does not go back."""
    PAYMENT_CLOSED = "payment_closed"
    """The way the money came is closed (a dead card, a refund too late): the shopper has to say where it should go."""
    WRONG_STATE = "wrong_state"
    """The return or order is past the step that was asked for."""
    PRICE_CHANGED = "price_changed"
    """What an exchange comes to is not what the shopper was told; nothing was made, and a person decides."""
    IN_DOUBT = "in_doubt"
    """It may have been done, or may be done yet, and nothing tells whose doing what is there is: a person looks at the
    platform first."""
    INVALID = "invalid"
    """The platform understood the command and found a fault in it that is ours."""


@dataclass(frozen=True, slots=True)
class RefundReceipt:
    """The platform has the refund: `id` is its id there, `at` when it happened, aware UTC."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderReceipt:
    """An order that the platform made: external id, and the number the shopper knows it by.

    `due` is what the shopper has yet to pay, in the platform's own checkout, at `pay_at` where the platform says where;
    None: nothing is due. `back`: what an exchange costs less, which is ours to pay back; None: nothing.
    """

    id: str
    number: str
    due: Money | None = None
    pay_at: str | None = None
    back: Money | None = None


@dataclass(frozen=True, slots=True)
class CreditReceipt:
    """Store credit that the platform gave; `code` is what the shopper types in, None where it sits on the account."""

    id: str
    code: str | None


@dataclass(frozen=True, slots=True)
class NewItem:
    """So many units of a product or variant, by the platform's id."""

    variant: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """Units that come back, what they count for in the order's presentment currency, and what goes out for them.

    `told`: the difference the shopper was told, what they pay more (below zero: get back); None: nobody told them one.
    """

    order: Order
    back: tuple[Units, ...]
    credit: Money
    new: tuple[NewItem, ...]
    told: Money | None = None


class PlatformActions(PlatformReturns, Protocol):
    """The commands for one shop."""

    def capabilities(self, order: Order) -> Capabilities:
        """What can be done with this order; asks the platform where it has to."""
        ...

    def refund(
        self, intent: RefundIntent, order: Order, *, idempotency_key: str, return_id: str | None = None
    ) -> RefundReceipt:
        """Pay back exactly the intent's allocations, line by line with units, price and tax; never a bare amount.

        `Means.PAYOUT` moves no money: the refund is put on record as paid elsewhere. Restocks when the intent says so.
        """
        ...

    def issue_store_credit(
        self,
        order: Order,
        amount: Money,
        *,
        expires_at: datetime | None,
        idempotency_key: str,
        is_combinable: bool = True,
        instead_of: tuple[Units, ...] = (),
    ) -> CreditReceipt:
        """Credit for the order's shopper and nobody else, in the order's presentment currency.

        `is_combinable`: whether it is good beside other codes, where the platform gives it as a code. `instead_of`:
        the units whose price it stands for, which the platform may take for paid back; () where it is given besides.
        """
        ...

    def create_exchange(self, exchange: Exchange, *, idempotency_key: str) -> OrderReceipt:
        """Other goods for those that come back; what they cost more is paid in the platform's checkout.

        The platform's own prices decide. Where they come to another difference than `told`, nothing is made:
        `Rejected` with `PRICE_CHANGED`; where the platform merely rounds otherwise, by a minor unit for each unit of
        goods at most, it comes to what was told. What they cost less is no part of it (`OrderReceipt.back`): that is
        a refund.
        """
        ...

    def create_replacement_order(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> OrderReceipt:
        """The same goods again, free of charge, to the same address."""
        ...

    def cancel_fulfilment(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """Keep goods that have not left from leaving."""
        ...

    def cancel_order(self, order: Order, *, restock: bool, idempotency_key: str) -> None:
        """Cancel an order of which nothing has left; pays nothing back by itself."""
        ...

    def restock(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """Put goods that came back on sale again, apart from any refund."""
        ...

    def note(self, order: Order, text: str, *, idempotency_key: str) -> None:
        """Leave word for the merchant on the order; the shopper does not see it."""
        ...


class ActionsOf(Protocol):
    """Finds the adapter of a shop."""

    def __call__(self, shop: Shop) -> PlatformActions:
        """The shop's own. Raises `Rejected` (`not_connected`) for a shop that nothing can be done in."""
        ...


__all__ = [
    "ActionsOf",
    "CreditReceipt",
    "DeclineReason",
    "Exchange",
    "NewItem",
    "OrderReceipt",
    "PlatformActions",
    "RefundReceipt",
    "Refusal",
    "ReturnCommand",
    "Units",
]
