"""An order's parcels on its page at the desk: the same answer its shopper gets, each with the way to its own page."""

from dataclasses import dataclass

from plugin.domain.ids import MerchantId
from plugin.domain.stored import StoredOrder
from plugin.i18n import Catalogue
from plugin.usecases.tracking.quote_tracking import quote_tracking
from plugin.web.deps import deps
from plugin.wording.tracking.answer import WordedParcel, tracking_answer


@dataclass(frozen=True, slots=True)
class OrderedParcel:
    """A parcel in words; `shipment`: the id of its page, None: nobody follows it."""

    worded: WordedParcel
    shipment: str | None


def parcels_of(stored: StoredOrder, merchant: MerchantId, said: Catalogue) -> list[OrderedParcel]:
    """Those to the shopper, what is still to come, then what goes back."""
    at = deps()
    with at.units.read(merchant) as unit:
        followed = unit.shipments.of_orders([stored.id]).get(stored.id, ())
        told = quote_tracking(stored, unit, at.clock.now(), shipments=followed)
    ids = {str(each.id) for each in followed}
    parcels = tracking_answer(told, said).parcels
    return [OrderedParcel(each, each.id if each.id in ids else None) for each in parcels]
