"""Many claims at once: given to somebody, or approved where the rules found nothing against what is asked."""

from http import HTTPStatus

from flask import Response, request

from plugin.domain.claim.commands.conversing import assign
from plugin.domain.errors import Conflict, NotAllowed
from plugin.domain.ids import ClaimId, StaffId
from plugin.domain.shop import Role
from plugin.usecases.claim.approve_suggested import approve_suggested
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.work_as_agent import work_as_agent
from plugin.web.admin import notices
from plugin.web.admin.auth import require
from plugin.web.admin.claims import queue
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps

_NOBODY = "nobody"


def bulk() -> Response:
    """What the bar below the list asks for, claim by claim: each is a unit of work of its own, and counted."""
    require(Role.AGENT)
    chosen = list(dict.fromkeys(request.form.getlist("claim")[: queue.PAGE]))
    if not chosen:
        return queue.render(words().text("problem.nothing_chosen"), (), HTTPStatus.UNPROCESSABLE_ENTITY)
    what = request.form.get("what", "")
    done = sum(_done(ClaimId(claim), what) for claim in chosen)
    if done < len(chosen):
        notices.leave("desk.bulk.some", tone="warn", done=done, left=len(chosen) - done)
    else:
        notices.leave("desk.bulk.all", count=done)
    return see(queue.list_href(cursor=request.args.get("cursor")))


def _done(claim: ClaimId, what: str) -> bool:
    """Whether it was done to this one; what cannot be done is left for its own page. Raises `NotFound`."""
    here, at = require(Role.AGENT), deps()
    desk, now = desk_of(at, here.merchant), at.clock.now()
    try:
        if what == "approve":
            return approve_suggested(claim, by=here.member, desk=desk, now=now)
        to = here.member.id if what == "mine" else _colleague()
        by = here.member
        work_as_agent(claim, lambda known: assign(known, to, agent(by)), by=by, desk=desk, now=now)
    except (Conflict, NotAllowed):
        return False
    return True


def _colleague() -> StaffId | None:
    """Who was named. Raises `NotFound` for somebody who does not work here."""
    name = request.form.get("agent", _NOBODY)
    if name == _NOBODY:
        return None
    with deps().units.read(require(Role.AGENT).merchant) as unit:
        return unit.staff.get(StaffId(name)).id
