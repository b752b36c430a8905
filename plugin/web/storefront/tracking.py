"""The worded tracking answer as the contract has it, and the link to the same as a page."""

from dataclasses import fields
from datetime import datetime

from flask import current_app

from plugin.domain.decoding import convert
from plugin.domain.ids import OrderId
from plugin.domain.shop import Shop
from plugin.domain.tracking.told import ToldOrder
from plugin.i18n import Catalogue
from plugin.usecases.tracking.tracking_link import tracking_path
from plugin.web.deps import deps
from plugin.web.storefront.schemas import Link
from plugin.web.storefront.tracking_schemas import TrackedParcel, TrackingAnswer
from plugin.wording.tracking.answer import TrackingAnswer as SaidOrder
from plugin.wording.tracking.answer import WordedParcel, tracking_answer

VERSION = "1"
"""Of the answer's form; what it says follows what was told last."""


def tracking_json(told: ToldOrder, words: Catalogue, page: Link | None) -> TrackingAnswer:
    """The answer to whoever shows an order's parcels."""
    said = tracking_answer(told, words)
    parcels = tuple(_parcel(each) for each in said.parcels)
    return convert(
        {**_fields(said), "version": VERSION, "parcels": parcels, "page": page}, TrackingAnswer, from_attributes=True
    )


def page_of_order(order: OrderId, shop: Shop, words: Catalogue, now: datetime) -> Link | None:
    """The tracking page of one order, for a while; None where no such pages are served."""
    if "portal" not in current_app.blueprints:
        return None
    path = tracking_path(deps().secrets, shop, order, now, words.language)
    return Link(text=words.text("tracking.follow"), url=f"{current_app.config['BASE_URL']}{path}")


def _parcel(parcel: WordedParcel) -> TrackedParcel:
    days = parcel.days
    spoken = {**_fields(parcel), "expected_first": days and days.first, "expected_last": days and days.last}
    return convert(spoken, TrackedParcel, from_attributes=True)


def _fields(worded: SaidOrder | WordedParcel) -> dict[str, object]:
    return {each.name: getattr(worded, each.name) for each in fields(worded)}
