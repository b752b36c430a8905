"""One parcel: where it is in its shopper's words, every step with who told it, its numbers, and what belongs to it."""

from dataclasses import dataclass
from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import Response, request

from plugin.domain.ids import ShipmentId
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Source
from plugin.domain.tracking.carriers import known_carriers
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.told import ToldStep
from plugin.i18n import Catalogue
from plugin.usecases.quote_policy import home_zone
from plugin.usecases.record_view import record_view
from plugin.usecases.tracking.quote_tracking import told_shipment
from plugin.usecases.tracking.report_by_hand import BY_HAND, is_by_hand
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import format_moment, page, words
from plugin.web.admin.shipments.listing import TONES, carrier_name
from plugin.web.deps import deps
from plugin.wording.tracking.answer import WordedParcel, WordedStep, tracking_answer


@dataclass(frozen=True, slots=True)
class ToldBy:
    """A report of a step: who told it, of which leg, when it was heard, and as it came. `strike`: to strike it by."""

    who: str
    leg: str
    heard: str
    message: str | None
    raw: str
    strike: str | None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as its shopper reads it, with everybody who told it."""

    worded: WordedStep
    told: tuple[ToldBy, ...]


@dataclass(frozen=True, slots=True)
class ShownParcel:
    """The parcel in its shopper's words; `steps`: the latest first."""

    worded: WordedParcel
    steps: tuple[ShownStep, ...]


def show(shipment: str) -> Response:
    """The page of one parcel. Who looks is put on record."""
    return render(ShipmentId(shipment))


def render(
    shipment: ShipmentId, status: HTTPStatus = HTTPStatus.OK, **faults: str | None
) -> Response:  # fmt: skip
    """The page; after a refusal with its reason where it was typed. Raises `NotFound`."""
    here, at, said = presence(), deps(), words()
    now, zone = at.clock.now(), clock_at_home()
    with at.units.read(here.merchant) as unit:
        known = unit.shipments.get(shipment)
        stored = unit.orders.get(known.order)
        alerts = unit.alerts.of_shipments([shipment]).get(shipment, ())
    look = PersonalView(here.member.id, Seen.ORDER, stored.id, stored.order.number, now)
    record_view(look, merchant=here.merchant, units=at.units)
    return page(
        "shipment.html",
        status,
        shipment=known,
        stored=stored,
        parcel=_shown(known, stored, said),
        tone=TONES.get(known.whereabouts.status, "neutral"),
        alerts=[each for each in alerts if each.needs_attention],
        addresses=[each.address for each in reversed(alerts) if each.address],
        claims=at.views.claims_of_order(here.merchant, stored.id),
        carrier_of=carrier_name,
        carrier_choices=sorted(known_carriers().items(), key=lambda each: each[1].casefold()),
        state_choices=[(each.value, said.text(f"tracking.state.{each.value}")) for each in BY_HAND],
        typed=request.form,
        latest=now.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        clock=said.city(zone.key) if zone.key != "UTC" else zone.key,
        faults=faults,
    )


def clock_at_home() -> ZoneInfo:
    """By which whoever works here says when something happened: that of the merchant's home country."""
    at = deps()
    with at.units.read(presence().merchant) as unit:
        return home_zone(unit.policies.in_force(at.clock.now()))


def _shown(known: Shipment, stored: StoredOrder, said: Catalogue) -> ShownParcel:
    order = told_shipment(known, stored, deps().clock.now())
    (parcel,), (worded,) = order.parcels, tracking_answer(order, said).parcels
    steps = zip(worded.steps, reversed(parcel.steps), strict=True)
    return ShownParcel(worded, tuple(ShownStep(step, _told(each, said)) for step, each in steps))


def _told(step: ToldStep, said: Catalogue) -> tuple[ToldBy, ...]:
    return tuple(_by(report, said) for report in step.step.reports)


def _by(report: Report, said: Catalogue) -> ToldBy:
    is_carrier = report.source is Source.CARRIER
    who = carrier_name(report.carrier) if is_carrier and report.carrier else said.text(f"reporter.{report.source}")
    return ToldBy(
        who=who or "",
        leg=said.text(f"shipments.leg.{report.leg.value}") if is_carrier else "",
        heard=said.text("shipments.heard", when=format_moment(report.heard_at, said)),
        message=report.message,
        raw=report.raw,
        strike=report.id if is_by_hand(report) else None,
    )
