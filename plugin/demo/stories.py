"""What the demo's parcels did: carriers' reports and the shop's own marks, in days before the day of loading."""

from collections.abc import Sequence
from importlib.resources import files

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.order import DeliveryStatus, Platform


class Report(msgspec.Struct, frozen=True):
    """A carrier's report of one of the order's parcels, counted from 0."""

    parcel: int
    status: DeliveryStatus
    days_ago: int
    estimated_in_days: int | None = None


class Story(msgspec.Struct, frozen=True):
    """One order, why it is worth showing, and what happened to its parcels."""

    shop: Platform
    order: str
    story: str
    reports: tuple[Report, ...] = ()
    mark_days_ago: int | None = None


def stories() -> Sequence[Story]:
    """All of them."""
    return decoder(tuple[Story, ...]).decode((files(__package__) / "data" / "stories.json").read_bytes())
