"""Do something to a claim: one form, one command, one answer; a refusal is told where it was typed."""

from functools import partial

from flask import Response, request

from plugin.domain.claim.errors import VoucherCodeNeeded
from plugin.domain.claim.goodwill import GIFT, MONEY, VOUCHER, begins_as
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.errors import Invalid, NotFound
from plugin.domain.ids import ClaimId, LineId, RefundId
from plugin.domain.shop import Role
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.give_goodwill import Gift, give_goodwill
from plugin.usecases.claim.send_voucher import can_send_vouchers
from plugin.usecases.claim.stop_claim_refund import stop_claim_refund
from plugin.usecases.claim.work_as_agent import work_as_agent
from plugin.usecases.retry_refunds import retry_refund
from plugin.web.admin.auth import require
from plugin.web.admin.claims import case
from plugin.web.admin.claims.actions import ACTIONS
from plugin.web.admin.claims.answering import answer
from plugin.web.admin.claims.canned import filled
from plugin.web.admin.claims.sitter import Sitter
from plugin.web.admin.claims.told import Told
from plugin.web.admin.claims.typed import Typed
from plugin.web.deps import deps

KINDS = (MONEY, GIFT, VOUCHER)
"""What can be given beyond right and promise."""


def act(claim: str, action: str) -> Response:
    """Do what one form asks. Raises `NotFound` for a form there is none of."""
    here, at, typed = require(Role.AGENT), deps(), Typed(request.form)
    if action not in ACTIONS:
        raise NotFound({"action": action})
    if typed.text("preview") or typed.text("insert"):
        return _shown_again(claim, typed)
    with at.units.read(here.merchant) as unit:
        settings = unit.claim_desk.settings()
        if (to := typed.maybe("agent")) is not None:
            unit.staff.get(to)  # type: ignore[arg-type]  # as typed: raises NotFound for nobody of ours
        was = {claim: read_claim(ClaimId(claim), unit).assignee} if action == "assign" else None
    sitter = Sitter(here.member, settings, at.clock.now())

    def work() -> None:
        command = ACTIONS[action](typed, sitter)
        desk = desk_of(at, here.merchant)
        seen = typed.whole("seen")
        work_as_agent(ClaimId(claim), command, by=here.member, desk=desk, now=sitter.now, seen=seen)

    return answer(claim, typed, work, was)


def goodwill(claim: str) -> Response:
    """Give something beyond right and promise."""
    here, at, typed = require(Role.AGENT), deps(), Typed(request.form)
    give = partial(give_goodwill, by=here.member, desk=desk_of(at, here.merchant), now=at.clock.now())

    def work() -> None:
        kind = typed.text("kind")
        if kind not in KINDS:
            raise Invalid({"field": "kind"})
        amount = typed.amount("amount", typed.text("currency"))
        if begins_as(kind, typed.maybe("detail")) is GoodwillState.SENDING and not _can_send(claim):
            raise VoucherCodeNeeded({"field": "detail"})
        line = LineId(typed.text("item")) if kind == MONEY else None
        give(ClaimId(claim), Gift(kind, amount, line, typed.maybe("detail")), seen=typed.whole("seen"))

    return answer(claim, typed, work)


def _can_send(claim: str) -> bool:
    at = deps()
    return can_send_vouchers(ClaimId(claim), desk=desk_of(at, require(Role.AGENT).merchant), actions=at.actions)


def retry(claim: str, refund: str) -> Response:
    """Try a refund again that was parked."""
    here, at = require(Role.AGENT), deps()
    _of_claim(claim, refund)
    again = partial(retry_refund, merchant=here.merchant, units=at.units, now=at.clock.now())
    return answer(claim, Typed(request.form), lambda: again(RefundId(refund)))


def stop(claim: str, refund: str) -> Response:
    """Take money back that was granted, before anything left."""
    here, at = require(Role.AGENT), deps()
    stopped = partial(stop_claim_refund, by=here.member, desk=desk_of(at, here.merchant), now=at.clock.now())
    return answer(claim, Typed(request.form), lambda: stopped(ClaimId(claim), RefundId(refund)))


def _shown_again(claim: str, typed: Typed) -> Response:
    """The form with a text put in, or as the shopper would read it; nothing is sent."""
    text = filled(ClaimId(claim), typed)
    fields = dict(typed.fields) | {"words": text}
    told = Told(typed.text("form"), {}, fields, None, text if typed.text("preview") else None)
    return case.render(ClaimId(claim), told)


def _of_claim(claim: str, refund: str) -> None:
    """Raises `NotFound` unless the refund is this claim's."""
    with deps().units.read(require(Role.AGENT).merchant) as unit:
        if unit.refunds.get(RefundId(refund)).purpose != claim:
            raise NotFound({"refund": refund})
