"""Which country's customs a parcel meets, and where its authority says what that means for who receives it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.order import DeliveryStatus
from plugin.domain.returning.customs_facts import crosses_a_border, territory_of
from plugin.domain.tracking.timeline import Timeline

ELSEWHERE: Final = "other"


@dataclass(frozen=True, slots=True)
class CustomsHelp:
    """`area`: whose rules are explained (`eu`, `gb` ... or `other`); `name` and `url`: the authority to read on at.

    `is_held`: the parcel is there now, so that the help matters at once.
    """

    area: str
    is_held: bool
    name: str | None = None
    url: str | None = None


class _Area(msgspec.Struct, frozen=True):
    countries: tuple[str, ...]
    name: str
    url: str
    basis: str


class _File(msgspec.Struct, frozen=True):
    origin: str
    areas: dict[str, _Area]


@cache
def _areas() -> dict[str, _Area]:
    text = files("plugin.domain.tracking.data").joinpath("customs.json").read_bytes()
    return decoder(_File).decode(text).areas


def customs_help(timeline: Timeline, origin: str | None, destination: str | None) -> CustomsHelp | None:
    """The help for a parcel underway; None where none is needed: no border, arrived, or on its way back.

    Countries are ISO 3166-1. Where the origin is unknown, a scan at customs shows that there is a border.
    """
    was_seen = any(step.status is DeliveryStatus.CUSTOMS for step in timeline.steps)
    is_over = timeline.is_final or timeline.status is DeliveryStatus.RETURNING
    if destination is None or is_over or not (was_seen or crosses_a_border(origin, destination)):
        return None
    is_held = timeline.status is DeliveryStatus.CUSTOMS
    area = area_of(destination)
    known = _areas().get(area)
    return CustomsHelp(area, is_held, known.name, known.url) if known else CustomsHelp(area, is_held)


def area_of(country: str) -> str:
    """Whose rules hold where a country is."""
    territory = territory_of(country)
    if territory is not None and territory is territory_of("DE"):
        return "eu"
    return next((area for area, each in _areas().items() if country in each.countries), ELSEWHERE)


def areas() -> tuple[str, ...]:
    """Everything there are words for."""
    return (*_areas(), ELSEWHERE)
