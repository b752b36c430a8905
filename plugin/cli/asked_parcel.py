"""What `aftercare tracking ask` finds out, for people and for programs."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import click

from plugin.domain.ids import MerchantId
from plugin.domain.shop import Shop
from plugin.domain.tracking.number import NotATrackingNumber, tracking_number
from plugin.domain.tracking.shipment import Shipment
from plugin.i18n import FALLBACK, catalogue
from plugin.ports.deps import Deps
from plugin.usecases.tracking.ask_account import AskMeans
from plugin.usecases.tracking.ask_now import AskedNow, Hindrance, ask_now
from plugin.usecases.tracking.quote_tracking import told_shipment
from plugin.wording.tracking.answer import WordedParcel, tracking_answer

_IN_THE_WAY = {
    Hindrance.VOID: "Its number was taken off the order, or its shopper was erased: nobody is asked about it any more.",
    Hindrance.NO_ACCOUNT: "No carrier account that is switched on tells of this parcel: see Settings, Carriers.",
    Hindrance.RESTING: "{kind} failed and is left alone until {until:%Y-%m-%d %H:%M} UTC. {fault}",
    Hindrance.BUSY: "{kind} is being asked by the worker, or may not be asked again so soon: try again in a minute.",
    Hindrance.FAILED: "{kind} gave nothing. {fault}",
    Hindrance.UNKNOWN: "{kind} knows no such parcel yet.",
}


@dataclass(frozen=True, slots=True)
class AskedParcel:
    """A parcel that was asked about, with its shop, its order's number, and its timeline in words."""

    shop: Shop
    order: str
    told: AskedNow
    words: WordedParcel

    def in_the_way(self) -> str | None:
        """Why nothing was learnt, in a sentence."""
        if self.told.hindrance is None:
            return None
        said = catalogue(FALLBACK)
        fault = said.text(f"carriers.fault.{self.told.fault}") if self.told.fault else ""
        text = _IN_THE_WAY[self.told.hindrance]
        return text.format(kind=self.told.kind, until=self.told.until, fault=fault).strip()


def asked_parcels(text: str, shop: Shop | None, deps: Deps) -> list[AskedParcel]:
    """Every parcel under this number, asked about; those that count, else the newest that does not."""
    try:
        number = tracking_number(text)
    except NotATrackingNumber as error:
        raise click.ClickException(f"{text[:40]!r} is no parcel's number.") from error
    merchants = [shop.merchant] if shop else [each.id for each in deps.directory.merchants()]
    found = [(merchant, each) for merchant in merchants for each in _under(number, merchant, shop, deps)]
    if not found:
        raise click.ClickException(f"No parcel on record goes under {number}{f' at {shop.name}' if shop else ''}.")
    live = [pair for pair in found if not pair[1].is_void and not pair[1].is_forgotten]
    return [_asked(merchant, parcel, deps) for merchant, parcel in live or found[:1]]


def _under(number: str, merchant: MerchantId, shop: Shop | None, deps: Deps) -> list[Shipment]:
    with deps.units.read(merchant) as unit:
        return [each for each in unit.shipments.by_number([number]) if shop is None or each.shop == shop.id]


def _asked(merchant: MerchantId, parcel: Shipment, deps: Deps) -> AskedParcel:
    means = AskMeans(deps.units, deps.clock, lambda gap: time.sleep(gap.total_seconds()))
    if deps.carriers is None:
        raise click.ClickException("This process has no carriers to ask.")
    told = ask_now(parcel.id, deps.carriers, merchant=merchant, means=means)
    with deps.units.read(merchant) as unit:
        stored, shop = unit.orders.get(parcel.order), unit.shops.get(parcel.shop)
    (words,) = tracking_answer(told_shipment(told.parcel, stored, deps.clock.now()), catalogue(FALLBACK)).parcels
    return AskedParcel(shop, stored.order.number, told, words)


def as_lines(asked: AskedParcel) -> Iterator[str]:
    """For people: whose it is, where it is, what stands in the way, then its steps, the latest first."""
    words = asked.words
    numbers = (f"{each.number} ({each.carrier})" if each.carrier else each.number for each in words.numbers)
    yield f"{asked.shop.name}, order {asked.order}: {', '.join(numbers)}"
    yield " ".join(f"{part}." if part[-1] not in ".!" else part for part in (words.headline, words.expected) if part)
    hindrance = asked.in_the_way()
    if hindrance:
        yield hindrance
    for step in words.steps:
        yield "  " + "  ".join(part for part in (step.when, step.title, step.place, step.source) if part)


def as_object(asked: AskedParcel) -> dict[str, object]:
    """For programs: instants in UTC, days local to the destination; `in_the_way` null where the account has told."""
    told, words = asked.told, asked.words
    days = words.days
    return {
        "shop": asked.shop.name,
        "order": asked.order,
        "numbers": [{"number": each.number, "carrier": each.carrier} for each in told.parcel.numbers],
        "asked": told.kind,
        "in_the_way": {
            "code": told.hindrance.value,
            "fault": told.fault,
            "until": told.until.isoformat() if told.until else None,
            "text": asked.in_the_way(),
        }
        if told.hindrance
        else None,
        "state": told.parcel.whereabouts.status.value,
        "expected": {"first": days.first.isoformat(), "last": days.last.isoformat()} if days else None,
        "steps": [
            {
                "at": step.at.isoformat(),
                "state": step.status,
                "place": step.place or None,
                "source": step.source or None,
            }
            for step in words.steps
        ],
    }
