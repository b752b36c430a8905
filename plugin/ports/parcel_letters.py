"""Letters about a parcel to its shopper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.money import Money
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.alert_settings import WayMail
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.mailer import Mail


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice with the token of its link."""

    choice: Choice
    token: str


@dataclass(frozen=True, slots=True)
class ParcelNews:
    """Which letter is due, and everything it is made of; `at` is the instant it is made, aware UTC.

    `alert`: what is wrong, None: the parcel goes its way. `voucher`: what who waits gets. `order_token` opens the
    withdrawal function for the order, `tracking_token` the page that says where its parcels are.
    """

    kind: WayMail
    shipment: Shipment
    stored: StoredOrder
    shop: Shop
    policy: PolicyVersion | None
    order_token: str
    tracking_token: str
    at: datetime
    alert: Alert | None = None
    offered: tuple[Offered, ...] = ()
    voucher: Money | None = None


ParcelLetter = Callable[[ParcelNews], Mail]
"""Words the letter in the order's language; pure."""
