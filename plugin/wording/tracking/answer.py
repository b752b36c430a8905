"""Where an order's parcels are, in words: the state first, then when to expect it, then what has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from babel.dates import format_time

from plugin.domain.times import Source
from plugin.domain.tracking.customs_help import CustomsHelp
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose
from plugin.domain.tracking.told import Situation, ToldNumber, ToldOrder, ToldParcel, ToldStep
from plugin.i18n import Catalogue

_WITH_TEXT = frozenset(Situation) - {
    Situation.CANCELLED,
    Situation.COLLECTED,
    Situation.IN_TRANSIT,
    Situation.OUT_FOR_DELIVERY,
}
"""Where there is something to know or to do."""
_DATED = frozenset(
    {Situation.COLLECTED, Situation.DELIVERED, Situation.LOST, Situation.RETURNED, Situation.RETURNING, Situation.SENT}
)
"""Where the day it came so is of interest, and cannot be taken for one to expect it on."""


@dataclass(frozen=True, slots=True)
class WordedStep:
    """One step. `at`: UTC; `when`: day and, where the zone is certain, time by the shopper's clock.

    `source` says who told it where it was no carrier; `raw` are the tellers' own words, in their language.
    """

    status: str
    title: str
    at: datetime
    when: str
    place: str
    source: str
    raw: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number with its carrier as people know it; `link` and `url` lead to the carrier's own page, both or neither."""

    number: str
    carrier: str | None
    link: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class WordedCustoms:
    """What to know of customs; `source` and `url`: the authority to read on at. `is_held`: it matters now."""

    lines: tuple[str, ...]
    source: str | None
    url: str | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class WordedParcel:
    """One parcel; `title` names it among several, or as a return, else it is empty.

    `expected` is a whole sentence, `expected_by` whose word that is; both empty where nothing is known or awaited.
    `steps`: the latest first.
    """

    id: str
    situation: str
    purpose: str
    title: str
    headline: str
    since: str
    text: str
    expected: str
    expected_by: str
    days: ExpectedDays | None
    is_late: bool
    steps: tuple[WordedStep, ...]
    numbers: tuple[WordedNumber, ...]
    contents: tuple[str, ...]
    customs: WordedCustoms | None


@dataclass(frozen=True, slots=True)
class TrackingWords:
    """The surface's own words."""

    carrier: str
    contents: str
    customs: str
    number: str
    raw: str
    steps: str


@dataclass(frozen=True, slots=True)
class TrackingAnswer:
    """An order's parcels in words. `heading`: the one parcel's state, or that there are several."""

    language: str
    direction: str
    order: str
    order_title: str
    heading: str
    words: TrackingWords
    parcels: tuple[WordedParcel, ...]


def tracking_answer(told: ToldOrder, words: Catalogue) -> TrackingAnswer:
    """The answer in the catalogue's language."""
    zone = told.zone or UTC
    outbound = [each for each in told.parcels if each.purpose is Purpose.OUTBOUND]
    titles = _titles(told, len(outbound), words)
    parcels = tuple(_parcel(each, title, words, zone) for each, title in zip(told.parcels, titles, strict=True))
    is_one = len(parcels) == 1
    return TrackingAnswer(
        language=words.language,
        direction=words.direction,
        order=told.number,
        order_title=words.text("claim.order", number=told.number),
        heading=parcels[0].headline if is_one else words.text("tracking.parcels"),
        words=_own_words(words),
        parcels=parcels,
    )


def _own_words(words: Catalogue) -> TrackingWords:
    return TrackingWords(
        carrier=words.text("claim.sent.carrier"),
        contents=words.text("tracking.contents"),
        customs=words.text("tracking.customs.heading"),
        number=words.text("claim.sent.tracking"),
        raw=words.text("tracking.raw"),
        steps=words.text("tracking.steps"),
    )


def _titles(told: ToldOrder, count: int, words: Catalogue) -> Iterator[str]:
    number = 0
    for parcel in told.parcels:
        if parcel.purpose is Purpose.RETURN:
            yield words.text("tracking.return")
            continue
        number += 1
        yield words.text("tracking.parcel", n=number, count=count) if count > 1 else ""


def _parcel(parcel: ToldParcel, title: str, words: Catalogue, zone: tzinfo) -> WordedParcel:
    return WordedParcel(
        id=parcel.id,
        situation=parcel.situation.value,
        purpose=parcel.purpose.value,
        title=title,
        headline=words.text(f"tracking.state.{parcel.situation.value}"),
        since=_since(parcel, words, zone),
        text=_text(parcel, words),
        expected=_expected(parcel, words),
        expected_by=_expected_by(parcel, words),
        days=parcel.expected,
        is_late=parcel.is_late,
        steps=tuple(_step(each, words, zone) for each in reversed(parcel.steps)),
        numbers=tuple(_number(each, words) for each in parcel.numbers),
        contents=tuple(words.text("claim.units", n=each.quantity, title=each.title) for each in parcel.contents),
        customs=_customs(parcel.customs, words) if parcel.customs else None,
    )


def _since(parcel: ToldParcel, words: Catalogue, zone: tzinfo) -> str:
    if parcel.since is None or parcel.situation not in _DATED:
        return ""
    return words.day(parcel.since.astimezone(zone).date())


def _text(parcel: ToldParcel, words: Catalogue) -> str:
    """What to know or do; of a parcel on its way back to the shop, the claim says that."""
    if parcel.purpose is Purpose.RETURN or parcel.situation not in _WITH_TEXT:
        return ""
    situation = Situation.EXPIRED if parcel.is_silent else parcel.situation
    return words.text(f"tracking.text.{situation.value}")


def _expected(parcel: ToldParcel, words: Catalogue) -> str:
    if parcel.expected is not None and parcel.is_late:
        return words.text("tracking.expected.late", day=parcel.expected.last)
    return expected_sentence(parcel.expected, words)


def _expected_by(parcel: ToldParcel, words: Catalogue) -> str:
    return "" if parcel.is_late else expected_by(parcel.expected, words)


def expected_sentence(days: ExpectedDays | None, words: Catalogue) -> str:
    """On which day or between which to expect it, as long as it is not late; empty where nobody knows."""
    if days is None:
        return ""
    if days.first == days.last:
        return words.text("tracking.expected.on", day=days.last)
    return words.text("tracking.expected.between", first=days.first, last=days.last)


def expected_by(days: ExpectedDays | None, words: Catalogue) -> str:
    """Whose word the days are: the carrier's, or an estimate of ours from earlier parcels."""
    return words.text(f"tracking.expected.{'by_carrier' if days.by_carrier else 'by_history'}") if days else ""


def _step(told: ToldStep, words: Catalogue, zone: tzinfo) -> WordedStep:
    happened, first = told.step.happened, told.step.told
    local = happened.at.astimezone(zone)
    time = str(format_time(local, "short", locale=words.locale)) if happened.is_certain else ""
    return WordedStep(
        status=told.status.value,
        title=words.text(f"tracking.state.{told.status.value}"),
        at=happened.at,
        when=", ".join(filter(None, (words.day(local.date()), time))),
        place="" if told.is_discreet else _place(first, words),
        source="" if first.source is Source.CARRIER else words.text(f"reporter.{first.source.value}"),
        raw=() if told.is_discreet else tuple(dict.fromkeys(each.quote for each in told.step.reports if each.quote)),
        is_current=told.is_current,
    )


def _place(report: Report, words: Catalogue) -> str:
    """The carrier's words for it, with the country where they do not name it."""
    place = report.place
    said = " ".join((place.words or "").split())
    country = words.country(place.country) if place.country else ""
    if country.casefold() in said.casefold() or said.casefold() in country.casefold():
        return max(said, country, key=len)
    return f"{said}, {country}"


def _number(told: ToldNumber, words: Catalogue) -> WordedNumber:
    if told.url is None:
        return WordedNumber(told.number, told.name, None, None)
    return WordedNumber(told.number, told.name, words.text("tracking.open", carrier=told.name or told.number), told.url)


def _customs(told: CustomsHelp, words: Catalogue) -> WordedCustoms:
    keys = (f"tracking.customs.{told.area}", "tracking.customs.asks", "tracking.customs.terms")
    return WordedCustoms(tuple(words.text(key) for key in keys), told.name, told.url, told.is_held)
