"""Many claims at once: given to somebody, or approved where the rules found nothing against what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import assign
from plugin.domain.errors import Conflict, NotAllowed
from plugin.domain.ids import ClaimId, StaffId
from plugin.domain.shop import Role
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.approve_suggested import approve_suggested
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.work_as_agent import work_as_agent
from plugin.web.admin import notices
from plugin.web.admin.auth import require
from plugin.web.admin.claims import queue
from plugin.web.admin.claims.answering import UNASSIGN
from plugin.web.admin.claims.told import worded
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps

_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Left:
    """A claim that was left as it is, and why."""

    claim: Claim
    why: str


def bulk() -> Response:
    """What the bar below the list asks for, claim by claim: each is a unit of work of its own, and counted.

    What could not be done is said claim by claim, and stays ticked. Raises `NotFound` before anything is done.
    """
    require(Role.AGENT)
    chosen = list(dict.fromkeys(request.form.getlist("claim")[: queue.PAGE]))
    if not chosen:
        return queue.render(words().text("problem.nothing_chosen"), (), HTTPStatus.UNPROCESSABLE_ENTITY)
    what, claims, to = request.form.get("what", ""), _read(chosen), _colleague()
    tried = [(claim, _why_not(claim, what, to)) for claim in claims]
    left = [Left(claim, why) for claim, why in tried if why is not None]
    done = [claim for claim, why in tried if why is None]
    _tell(done, left, {claim.id: claim.assignee for claim in done} if what != "approve" and done else None)
    if left:
        return queue.render(None, tuple(each.claim.id for each in left), HTTPStatus.CONFLICT, left)
    return see(queue.list_href(cursor=request.args.get("cursor")))


def _tell(done: Sequence[Claim], left: Sequence[Left], before: Mapping[str, str | None] | None) -> None:
    if left:
        notices.leave("desk.bulk.some", tone="warn", undo=before, undo_at=UNASSIGN, done=len(done), left=len(left))
    else:
        notices.leave("desk.bulk.all", undo=before, undo_at=UNASSIGN, count=len(done))


def _read(chosen: Sequence[str]) -> list[Claim]:
    with deps().units.read(require(Role.AGENT).merchant) as unit:
        return [read_claim(ClaimId(claim), unit) for claim in chosen]


def _why_not(claim: Claim, what: str, to: StaffId | None) -> str | None:
    """None when it was done; else why this one is left for its own page."""
    here, at = require(Role.AGENT), deps()
    desk, now, by = desk_of(at, here.merchant), at.clock.now(), here.member
    try:
        if what == "approve":
            is_done = approve_suggested(claim.id, by=by, desk=desk, now=now)
            return None if is_done else words().text("desk.bulk.not_clear")
        work_as_agent(claim.id, lambda known: assign(known, to, agent(by)), by=by, desk=desk, now=now)
    except (Conflict, NotAllowed) as refusal:
        return worded(refusal, words())
    return None


def _colleague() -> StaffId | None:
    """Who was named. Raises `NotFound` for somebody who does not work here."""
    here, name = require(Role.AGENT), request.form.get("agent", _NOBODY)
    if request.form.get("what") == "mine":
        return here.member.id
    if request.form.get("what") == "approve" or name == _NOBODY:
        return None
    with deps().units.read(here.merchant) as unit:
        return unit.staff.get(StaffId(name)).id
