"""What a merchant wants of alerts: how long is waited, who is mailed of what, and what who waits is given."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from plugin.domain.errors import Invalid
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.order import Platform
from plugin.domain.tracking.exceptions.episode import DELAYS, AlertKind
from plugin.domain.tracking.exceptions.patience import USUAL, LanePatience, Patience, patience_for

MOST_LANES = 200


class TooManyLanes(Invalid):
    """More lanes than anybody keeps in mind."""

    code = "too_many_lanes"


class WayMail(StrEnum):
    """What shoppers are mailed of their parcels, each to be switched off."""

    DISPATCHED = "dispatched"
    DELAYED = "delayed"
    FAILED_ATTEMPT = "failed_attempt"
    SENT_BACK = "sent_back"
    LOST = "lost"
    PICKUP_READY = "pickup_ready"
    DELIVERED = "delivered"


SENT_BY: Final = {Platform.SHOPIFY: frozenset({WayMail.DISPATCHED})}
"""Mails that a platform sends of itself unless a merchant stops it: Shopify's shipping confirmation is on in every new
store, for each fulfilment with "Notify customer" (help.shopify.com, "Customer notifications"). WooCommerce tells of a
completed order, which most shops mark when it is done, and not of parcels.
"""
_MAILS = {
    **dict.fromkeys(DELAYS, WayMail.DELAYED),
    AlertKind.FAILED_ATTEMPT: WayMail.FAILED_ATTEMPT,
    AlertKind.SENT_BACK: WayMail.SENT_BACK,
    AlertKind.LOST: WayMail.LOST,
    AlertKind.DAMAGED: WayMail.LOST,
}


def mail_of(kind: AlertKind) -> WayMail:
    """The mail that tells a shopper of such an alert."""
    return _MAILS[kind]


@dataclass(frozen=True, slots=True)
class Thanks:
    """What who waits for a late parcel is given: a voucher in the order's currency, out of a member's budget."""

    amounts: tuple[Money, ...]
    budget_of: StaffId

    def of(self, currency: str) -> Money | None:
        """The voucher in a currency; None: there is none in it."""
        return next((each for each in self.amounts if each.currency == currency), None)


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """`patience` holds where no lane says otherwise. `off`: mails that are not sent. `thanks` None: no vouchers.

    `is_chosen`: somebody has said which mails are sent; until then those that a shop's platform sends itself are not.
    """

    patience: Patience = USUAL
    lanes: tuple[LanePatience, ...] = ()
    off: frozenset[WayMail] = frozenset()
    thanks: Thanks | None = None
    is_chosen: bool = False

    def wants(self, mail: WayMail, platform: Platform) -> bool:
        """Whether shoppers of a shop on this platform get such a mail."""
        return mail not in self.off and (self.is_chosen or mail not in SENT_BY.get(platform, ()))

    def patience_with(self, carrier: str | None, origin: str | None, destination: str | None) -> Patience:
        """How long is waited for a parcel of that lane."""
        return patience_for(self.lanes, carrier, origin, destination, self.patience)

    def with_lane(self, lane: LanePatience) -> Self:
        """With this lane in the place of the one that covers the same. Raises `TooManyLanes`."""
        kept = self.without_lane(lane.carrier, lane.origin, lane.destination).lanes
        if len(kept) >= MOST_LANES:
            raise TooManyLanes({"field": "lane", "most": MOST_LANES})
        return replace(self, lanes=(*kept, lane))

    def without_lane(self, carrier: str | None, origin: str | None, destination: str | None) -> Self:
        """Without the lane that names exactly these."""
        gone = (carrier, origin, destination)
        return replace(
            self, lanes=tuple(each for each in self.lanes if (each.carrier, each.origin, each.destination) != gone)
        )
