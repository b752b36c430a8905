"""One place that says all is well, or what is not: since when, why, what to do; tried again here, or left alone."""

from collections.abc import Sequence

from flask import Response, request, url_for

from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role
from plugin.domain.stuck import DISMISSABLE, Stuck, StuckKind
from plugin.usecases.list_stuck import MOST, list_stuck
from plugin.usecases.retry_stuck import RetryMeans, dismiss_failures, retry_stuck, take_up_failures
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.claims.case import case_href
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.wording.stuck import stuck_in_words

UNDO = "admin.undo_stuck"
_MANY = " "
"""Between the names of what an undo takes back."""


def index() -> Response:
    """Everything that is stuck, by kind, what weighs most first."""
    at, said = deps(), words()
    found = list_stuck(presence().merchant, units=at.units, views=at.views, now=at.clock.now())
    sections = [
        (kind, [stuck_in_words(each, said) for each in stuck[:MOST]], len(stuck) > MOST)
        for kind, stuck in found.items()
    ]
    return page("stuck.html", sections=sections, most=MOST, href=_href, dismissable=DISMISSABLE)


def retry(kind: str) -> Response:
    """Try the chosen ones of a kind again, or all that were shown."""
    here, at, chosen = require(Role.AGENT), deps(), _chosen()
    if kind not in set(StuckKind):
        raise NotFound({"what": "kind"})
    if not chosen:
        return _back("problem.nothing_chosen")
    means = RetryMeans(at.units, at.ids, at.translators)
    count = retry_stuck(StuckKind(kind), chosen, merchant=here.merchant, means=means, now=at.clock.now())
    if not count:
        return _back("stuck.unchanged")
    notices.leave("stuck.retried", count=count)
    return see(url_for("admin.stuck"))


def dismiss() -> Response:
    """Leave effects undone; the notice takes it back."""
    here, at, chosen = require(Role.AGENT), deps(), _chosen()
    dismissed = dismiss_failures(chosen, merchant=here.merchant, units=at.units, now=at.clock.now())
    if not chosen:
        return _back("problem.nothing_chosen")
    if not dismissed:
        raise NotFound({"failure": chosen[0]})
    undo: dict[str, str | None] = {"failures": _MANY.join(dismissed)}
    notices.leave("stuck.dismissed", undo=undo, undo_at=UNDO, count=len(dismissed))
    return see(url_for("admin.stuck"))


def undo() -> Response:
    """Show again what was just left undone."""
    here = require(Role.AGENT)
    before = notices.take_undo(request.form.get("undo", ""))
    failures = (before.get("failures") or "") if before else ""
    if failures and take_up_failures(failures.split(_MANY), merchant=here.merchant, units=deps().units):
        notices.leave("stuck.taken_up")
    return see(url_for("admin.stuck"))


def _chosen() -> Sequence[str]:
    """Those that were ticked; all that the form showed, where that was asked for."""
    name = "shown" if "all" in request.form else "stuck"
    return list(dict.fromkeys(request.form.getlist(name)))


def _back(key: str) -> Response:
    notices.leave(key, tone="warn")
    return see(url_for("admin.stuck"))


def _href(stuck: Stuck) -> str | None:
    """Its own page."""
    if stuck.kind in _OF_CLAIMS:
        return case_href(ClaimId(stuck.where)) if stuck.where else None
    if stuck.kind is StuckKind.SHOP:
        return url_for("admin.shop_health", shop=stuck.where)
    if stuck.kind is StuckKind.RECORD:
        return url_for("admin.parked_record", record=stuck.where)
    endpoint = _PAGES.get(stuck.kind)
    return url_for(endpoint) if endpoint else None


_OF_CLAIMS = frozenset({StuckKind.REFUND, StuckKind.EFFECT, StuckKind.LABEL})
_PAGES = {
    StuckKind.LETTER: "admin.stuck_mail",
    StuckKind.CARRIER: "admin.carriers",
    StuckKind.PUSH: "admin.carriers",
    StuckKind.BOARD: "admin.shops",
}
