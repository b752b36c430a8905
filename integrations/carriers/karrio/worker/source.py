"""`plugin.ports.carrier.CarrierSource` over a carrier's own account: its scans by our tables, and what karrio adds."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from integrations.carriers.karrio.worker.answers import Answer, Event
from integrations.carriers.karrio.worker.carrier import Carrier
from integrations.iso_countries import two_letters
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import NotAnInstant, Source
from plugin.domain.tracking.meanings import meanings_of
from plugin.domain.tracking.report import Report
from plugin.ports.carrier import AskedParcel, Told

_SLUG: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
_ENDINGS: Final = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.RETURNED, DeliveryStatus.LOST})
"""What karrio's guess at a word is not believed of: a period may start from it."""


class KarrioSource:
    """One account."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        """As the port says."""
        answers = self._carrier.ask(list(dict.fromkeys(each.number for each in parcels)), now)
        return [self._told(each.number, answers.get(each.number), now) for each in parcels]

    def _told(self, number: str, answer: Answer | None, now: datetime) -> Told:
        if answer is None:
            return Told(number, is_known=False)
        guesses = _guesses(answer)
        reports = (self._report(each, guess, number, now) for each, guess in zip(answer.events, guesses, strict=True))
        info = getattr(answer.details, "info", None)
        return Told(
            number=number,
            is_known=True,
            carrier=self._carrier.slug,
            reports=tuple(each for each in reports if each is not None),
            forecast=answer.forecast,
            service=_service(_said(info, "shipment_service")),
            origin=two_letters(_said(info, "shipment_origin_country")),
            destination=two_letters(_said(info, "shipment_destination_country")),
        )

    def _report(self, event: Event, guess: str | None, number: str, now: datetime) -> Report | None:
        """None: it says a year nothing was sent in."""
        try:
            return Report(
                status=self._meaning(event, guess),
                said_at=event.said_at,
                source=Source.CARRIER,
                heard_at=now,
                carrier=self._carrier.slug,
                number=number,
                message=event.message,
                place=event.place,
                raw=event.raw,
            )
        except NotAnInstant:
            return None

    def _meaning(self, event: Event, guess: str | None) -> DeliveryStatus:
        """By our table; where that has no word for it, karrio's guess."""
        ours = meanings_of(self._carrier.teller).of(event.status, event.finer)
        theirs = meanings_of("karrio").of(guess or "")
        return theirs if ours is DeliveryStatus.UNKNOWN and theirs not in _ENDINGS else ours


def _guesses(answer: Answer) -> list[str | None]:
    """What karrio takes each event for, where it read as many as we did."""
    events: Any = getattr(answer.details, "events", None) or []
    if len(events) != len(answer.events):
        return [None] * len(answer.events)
    return [_said(each, "status") for each in events]


def _service(told: str | None) -> str | None:
    """A service's name; karrio has names of its own for those it knows: `mydhl_express_worldwide`."""
    if told is None or not _SLUG.fullmatch(told):
        return told
    return told.partition("_")[2].replace("_", " ").capitalize()


def _said(thing: object, name: str) -> str | None:
    value = getattr(thing, name, None)
    return value.strip()[:200] or None if isinstance(value, str) else None
