"""Parked records: what could not be read, with its reason; looked at, read again, or dismissed."""

from flask import Response, request, url_for

from plugin.domain.ids import ParkedId
from plugin.domain.shop import Role
from plugin.domain.stored import Outcome
from plugin.usecases.dismiss_parked import dismiss_parked
from plugin.usecases.retry_parked import retry_parked
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see
from plugin.web.deps import deps

_MOST = 200


def index() -> Response:
    """The parked records, newest first."""
    at, merchant = deps(), presence().merchant
    rows = at.views.parked(merchant, _MOST)
    total = at.views.figures(merchant, at.clock.now()).parked if len(rows) == _MOST else len(rows)
    return page("parked.html", rows=rows, total=total)


def show(record: str) -> Response:
    """One record with its raw body, as text."""
    with deps().units.read(presence().merchant) as unit:
        found = unit.parked.get(ParkedId(record))
        shop = unit.shops.get(found.shop)
    return page("parked_record.html", record=found, shop=shop, body=found.body.decode("utf-8", "replace"))


def retry() -> Response:
    """Read the chosen records again, or all of them when that was asked for."""
    here, at = require(Role.AGENT), deps()
    chosen = _chosen()
    if not chosen and "all" not in request.form:
        return _nothing_chosen()
    tally = retry_parked(
        None if "all" in request.form else chosen,
        merchant=here.merchant,
        translators=at.translators,
        units=at.units,
        ids=at.ids,
        now=at.clock.now(),
    )
    if read := tally.total() - tally[Outcome.PARKED]:
        notices.leave("admin.parked.retried", count=read)
    else:
        notices.leave("admin.parked.still_parked", tone="warn")
    return see(url_for("admin.parked"))


def dismiss() -> Response:
    """Forget the chosen records for good."""
    here, chosen = require(Role.AGENT), _chosen()
    if not chosen:
        return _nothing_chosen()
    dismiss_parked(chosen, merchant=here.merchant, units=deps().units)
    notices.leave("admin.parked.dismissed", count=len(chosen))
    return see(url_for("admin.parked"))


def _chosen() -> list[ParkedId]:
    return [ParkedId(record) for record in dict.fromkeys(request.form.getlist("record"))]


def _nothing_chosen() -> Response:
    notices.leave("problem.nothing_chosen", tone="warn")
    return see(url_for("admin.parked"))
