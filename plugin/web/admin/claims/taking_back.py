"""What was given, written or handed to somebody by mistake, taken back: goodwill, notes, assignments."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from flask import Response, request

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import assign
from plugin.domain.claim.commands.undoing import strike_note
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import Actor
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import Desk, desk_of
from plugin.usecases.claim.give_goodwill import take_back_goodwill
from plugin.usecases.claim.send_voucher import send_voucher_again
from plugin.usecases.claim.work_as_agent import work_as_agent
from plugin.web.admin import notices
from plugin.web.admin.auth import require
from plugin.web.admin.claims import queue
from plugin.web.admin.claims.answering import answer, case_href
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import see
from plugin.web.deps import deps


def strike(claim: str, entry: str) -> Response:
    """Strike a note of one's own out."""
    here, at = require(Role.AGENT), deps()
    desk, now, by = desk_of(at, here.merchant), at.clock.now(), agent(here.member)
    with at.units.read(here.merchant) as unit:
        entries = unit.claims.record(ClaimId(claim))

    def command(known: Claim) -> tuple[Draft, ...]:
        return strike_note(known, entries, counted(entry), by)

    typed = Typed(request.form)
    return answer(claim, typed, lambda: work_as_agent(ClaimId(claim), command, by=here.member, desk=desk, now=now))


def goodwill(claim: str, no: str) -> Response:
    """Take something back that was given, before it left the house."""
    return _about(claim, no, take_back_goodwill)


def voucher_again(claim: str, no: str) -> Response:
    """Have a voucher made that the platform refused before."""
    return _about(claim, no, send_voucher_again)


class _OfGoodwill(Protocol):
    def __call__(
        self, claim: ClaimId, no: int, *, by: StaffMember, desk: Desk, now: datetime, seen: int | None
    ) -> Claim:
        """Do it to this goodwill of the claim."""
        ...


def _about(claim: str, no: str, what: _OfGoodwill) -> Response:
    here, at, typed, number = require(Role.AGENT), deps(), Typed(request.form), counted(no)
    desk, now = desk_of(at, here.merchant), at.clock.now()

    def work() -> None:
        what(ClaimId(claim), number, by=here.member, desk=desk, now=now, seen=typed.whole("seen"))

    return answer(claim, typed, work)


def assignments() -> Response:
    """Give the claims of the last notice back to whom they were; one that somebody works on just then is left."""
    require(Role.AGENT)
    before = notices.take_undo(request.form.get("undo", ""))
    if before is None:
        notices.leave("desk.bulk.undo_gone", tone="warn")
        return see(queue.list_href())
    notices.leave("desk.bulk.undone", count=_given_back(before))
    return see(case_href(next(iter(before))) if len(before) == 1 else queue.list_href())


def _given_back(before: Mapping[str, str | None]) -> int:
    here, at = require(Role.AGENT), deps()
    desk, now, done = desk_of(at, here.merchant), at.clock.now(), 0
    for claim, was in before.items():
        command = partial(_assigned, was, agent(here.member))
        try:
            work_as_agent(ClaimId(claim), command, by=here.member, desk=desk, now=now)
        except Conflict:
            continue
        done += 1
    return done


def _assigned(to: str | None, by: Actor, known: Claim) -> tuple[Draft, ...]:
    return assign(known, to, by)


def counted(text: str) -> int:
    """A number in an address. Raises `NotFound` for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004 - more than any claim has
        raise NotFound({"number": text})
    return int(text)
