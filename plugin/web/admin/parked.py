"""Parked records: what could not be read, with its reason; looked at, read again, or dismissed."""

from flask import Response, request, url_for

from plugin.domain.ids import ParkedId
from plugin.domain.shop import Role
from plugin.usecases.dismiss_parked import dismiss_parked
from plugin.usecases.retry_parked import retry_parked
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps

_MOST = 200


def index() -> Response:
    """The parked records, newest first."""
    return page("parked.html", rows=deps().views.parked(presence().merchant, _MOST), notice=_notice())


def show(record: str) -> Response:
    """One record with its raw body, as text."""
    with deps().units.read(presence().merchant) as unit:
        found = unit.parked.get(ParkedId(record))
    return page("parked_record.html", record=found, body=found.body.decode("utf-8", "replace"))


def retry() -> Response:
    """Read the chosen records again, or all of them when none is chosen."""
    here, at = require(Role.AGENT), deps()
    tally = retry_parked(
        _chosen() or None,
        merchant=here.merchant,
        translators=at.translators,
        units=at.units,
        ids=at.ids,
        now=at.clock.now(),
    )
    return see(url_for("admin.parked", notice="retried" if tally.total() > tally["parked"] else "still_parked"))


def dismiss() -> Response:
    """Forget the chosen records for good."""
    dismiss_parked(_chosen(), merchant=require(Role.AGENT).merchant, units=deps().units)
    return see(url_for("admin.parked", notice="dismissed"))


def _chosen() -> list[ParkedId]:
    return [ParkedId(record) for record in request.form.getlist("record")]


def _notice() -> str | None:
    notice = request.args.get("notice")
    return words().text(f"admin.parked.{notice}") if notice in {"retried", "still_parked", "dismissed"} else None
