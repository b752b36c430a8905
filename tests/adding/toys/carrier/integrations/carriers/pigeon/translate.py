"""What Pigeon Post tells of a number, in our words."""

from collections.abc import Iterator
from datetime import datetime

from integrations.json_reading import Json, moment, records, text, verbatim
from plugin.domain.times import NotAnInstant, Source
from plugin.domain.tracking.meanings import meanings_of
from plugin.domain.tracking.report import Report
from plugin.ports.carrier import Told


def told_of(number: str, parcel: Json | None, heard_at: datetime) -> Told:
    """One parcel; one of another number is none of ours."""
    if parcel is None or text(parcel, "number") != number:
        return Told(number, is_known=False)
    reports = tuple(_reports(number, parcel, heard_at))
    if not reports:
        return Told(number, is_known=False)
    return Told(number, is_known=True, carrier="pigeon", reports=reports)


def _reports(number: str, parcel: Json, heard_at: datetime) -> Iterator[Report]:
    for flight in records(parcel.get("flights")):
        at = moment(flight, "at")
        if at is None:
            continue
        try:
            yield Report(
                status=meanings_of("pigeon").of(text(flight, "was") or "", None),
                said_at=at,
                source=Source.CARRIER,
                heard_at=heard_at,
                carrier="pigeon",
                number=number,
                message=text(flight, "was"),
                raw=verbatim(flight),
            )
        except NotAnInstant:
            continue
