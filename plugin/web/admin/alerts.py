"""Needs attention: what went wrong with parcels, what shoppers were told and chose, and what is left to do.

Where a shopper wants a parcel to go instead is not in the list: the parcel's page has it, and records who looks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from plugin.domain.errors import Conflict, Invalid, NotFound
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.tracking.work_alerts import CLAIMED, claim_parcel, put_back, resolve_alert, take_up_alert
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.claims.case import case_href
from plugin.web.admin.pages import page, see
from plugin.web.deps import deps
from plugin.wording.order_language import language_of

PAGE: Final = 50
UNDO = "admin.undo_alert"


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert as the page shows it; `claim`: what was opened for it; `may_claim`: an agent may open one."""

    alert: Alert
    number: str
    claim: ClaimId | None
    may_claim: bool
    choice: str | None


def index() -> Response:
    """A page of what needs somebody, the longest waiting first; or of everything, newest first."""
    is_all, is_back = request.args.get("all") == "1", "before" in request.args
    with deps().units.read(presence().merchant) as unit:
        past = _named(request.args.get("before") or request.args.get("after"), unit)
        found = unit.alerts.listed(PAGE + 1, is_all=is_all, past=past, is_back=is_back)
        shown = found[-PAGE:] if is_back else found[:PAGE]
        rows = _views(shown, unit)
    has_more = len(found) > PAGE
    before = shown[0].id if shown and (has_more if is_back else past) else None
    after = shown[-1].id if shown and (past if is_back else has_more) else None
    return page(
        "alerts.html",
        rows=rows,
        is_all=is_all,
        previous_href=_page_href(is_all=is_all, before=before) if before else None,
        next_href=_page_href(is_all=is_all, after=after) if after else None,
    )


def _named(alert: str | None, unit: UnitOfWork) -> Alert | None:
    """The alert a page begins behind; None for one that is gone: then it is the first page."""
    try:
        return unit.alerts.get(alert) if alert else None
    except NotFound:
        return None


def _page_href(*, is_all: bool, before: str | None = None, after: str | None = None) -> str:
    return url_for("admin.alerts", all=1 if is_all else None, before=before, after=after)


def _views(alerts: Sequence[Alert], unit: UnitOfWork) -> list[AlertView]:
    """Each with its order's number, and the claim that was opened for it: two questions for all of them."""
    numbers = unit.orders.numbers([each.order for each in alerts])
    opened = unit.claims.on_record([_claim_of(each) for each in alerts])
    return [_view(each, numbers[each.order], is_claimed=_claim_of(each) in opened) for each in alerts]


def _claim_of(alert: Alert) -> ClaimId:
    """Whatever claim is opened for it has this id."""
    return alert.chosen.claim if alert.chosen and alert.chosen.claim else ClaimId(alert.id)


def _view(alert: Alert, number: str, *, is_claimed: bool) -> AlertView:
    may_claim = not is_claimed and alert.kind in CLAIMED and not alert.is_unpaid and alert.resolved is None
    choice = alert.chosen.choice if alert.chosen else None
    key = "alerts.voucher" if choice is Choice.VOUCHER else f"tracking.choice.{choice}"
    return AlertView(alert, number, _claim_of(alert) if is_claimed else None, may_claim, key if choice else None)


def resolve(alert: str) -> Response:
    """Seen to; the notice takes it back."""
    here, at = require(Role.AGENT), deps()
    return _done(
        lambda: resolve_alert(alert, by=here.member, merchant=here.merchant, units=at.units, now=at.clock.now()),
        "alerts.resolved",
        {"alert": alert},
    )


def take_up(alert: str) -> Response:
    """To be looked at after all."""
    here, at = require(Role.AGENT), deps()
    return _done(
        lambda: take_up_alert(alert, by=here.member, merchant=here.merchant, units=at.units), "alerts.taken_up"
    )


def undo() -> Response:
    """Take back what was just marked as done."""
    require(Role.AGENT)
    before = notices.take_undo(request.form.get("undo", ""))
    alert = before.get("alert") if before else None
    return take_up(alert) if alert else see(url_for("admin.alerts"))


def restock(alert: str) -> Response:
    """Goods that were refused are back, and go into stock."""
    here, at = require(Role.AGENT), deps()
    return _done(
        lambda: put_back(alert, by=here.member, merchant=here.merchant, units=at.units, now=at.clock.now()),
        "alerts.restocked",
    )


def claim(alert: str) -> Response:
    """Open the shopper's claim for them, and go there: what the carrier is asked for stands on it."""
    here, at = require(Role.AGENT), deps()
    with at.units.read(here.merchant) as unit:
        stored = unit.orders.get(unit.alerts.get(alert).order)
    desk, language = desk_of(at, here.merchant), language_of(stored.order)
    try:
        opened = claim_parcel(alert, by=here.member, desk=desk, now=at.clock.now(), language=language)
    except (Conflict, Invalid):
        notices.leave("alerts.ended", tone="warn")
        return see(url_for("admin.alerts"))
    notices.leave("alerts.claim_opened")
    return see(case_href(opened.id))


def _done(work: Callable[[], object], key: str, undo: Mapping[str, str | None] | None = None) -> Response:
    try:
        work()
    except Conflict:
        notices.leave("alerts.ended", tone="warn")
    else:
        notices.leave(key, undo=undo, undo_at=UNDO)
    return see(url_for("admin.alerts"))
