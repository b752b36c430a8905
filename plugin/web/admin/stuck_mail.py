"""Mail that did not leave: listed with its reason, sent again, or let go."""

from flask import Response, request, url_for

from plugin.domain.shop import Role
from plugin.usecases.retry_mail import dismiss_mail, retry_mail
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.mail import worded_fault
from plugin.web.admin.pages import page, see
from plugin.web.deps import deps

_MOST = 200


def index() -> Response:
    """The newest first."""
    with deps().units.read(presence().merchant) as unit:
        rows = unit.undelivered.all(_MOST)
    return page("stuck_mail.html", rows=rows, fault=lambda row: worded_fault(row.fault, row.detail))


def again() -> Response:
    """Send the chosen ones again, or all of them when that was asked for."""
    here, at, chosen = require(Role.AGENT), deps(), _chosen()
    is_all = "all" in request.form
    if not chosen and not is_all:
        return _nothing_chosen()
    count = retry_mail(None if is_all else chosen, merchant=here.merchant, units=at.units, now=at.clock.now())
    notices.leave("sending.queued", count=count)
    return see(url_for("admin.stuck_mail"))


def dismiss() -> Response:
    """Forget the chosen ones for good."""
    here, chosen = require(Role.AGENT), _chosen()
    if not chosen:
        return _nothing_chosen()
    notices.leave("sending.dismissed", count=dismiss_mail(chosen, merchant=here.merchant, units=deps().units))
    return see(url_for("admin.stuck_mail"))


def _chosen() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("mail")))


def _nothing_chosen() -> Response:
    notices.leave("problem.nothing_chosen", tone="warn")
    return see(url_for("admin.stuck_mail"))
