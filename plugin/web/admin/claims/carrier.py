"""What carriers are asked for goods damaged on the way: the list, the moves at the case, and the days to tell them."""

from dataclasses import replace
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.carrier_claim import CarrierClaimState
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role
from plugin.usecases.claim.ask_carrier import move_carrier_claim
from plugin.usecases.save_claim_settings import save_claim_settings
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.claims.answering import answer
from plugin.web.admin.claims.at_carrier import view_of
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps

_MOST = 500
_MOST_DAYS = 365


def index() -> Response:
    """Those in one state, or all; the first to be told of first."""
    return _render()


def move(claim: str, to: str) -> Response:
    """Move the record of a claim on. Raises `NotFound` for a state there is none of."""
    here, at, typed = require(Role.AGENT), deps(), Typed(request.form)
    if to not in set(CarrierClaimState):
        raise NotFound({"to": to})
    state = CarrierClaimState(to)

    def work() -> None:
        amount = typed.amount("amount", typed.text("currency")) if state is CarrierClaimState.ACCEPTED else None
        move_carrier_claim(
            ClaimId(claim),
            state,
            by=here.member,
            merchant=here.merchant,
            units=at.units,
            now=at.clock.now(),
            reference=typed.text("detail")[:80],
            amount=amount,
            seen=typed.whole("record"),
        )

    return answer(claim, typed, work)


def save_days() -> Response:
    """Within how many days of the delivery carriers are told from now on."""
    here, at = require(Role.MANAGER), deps()
    text = request.form.get("days", "").strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= _MOST_DAYS):
        return _render(words().text("desk.carrier.days_help"), HTTPStatus.UNPROCESSABLE_ENTITY)
    with at.units.read(here.merchant) as unit:
        settings = replace(unit.claim_desk.settings(), carrier_notice_days=int(text))
    save_claim_settings(settings, by=here.member, merchant=here.merchant, units=at.units, now=at.clock.now())
    notices.leave("desk.settings.saved")
    return see(url_for("admin.carrier_claims"))


def _render(fault: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    at = deps()
    chosen = request.args.get("state", "")
    states = [state for state in CarrierClaimState if chosen in {"", state.value}]
    with at.units.read(presence().merchant) as unit:
        found = unit.carrier_claims.listed(states, _MOST)
        days = unit.claim_desk.settings().carrier_notice_days
    said = words()
    return page(
        "carrier_claims.html",
        status,
        rows=[view_of(record) for record in found],
        states=[("", said.text("desk.queue.any"))]
        + [(state.value, said.text(f"desk.carrier.state.{state.value}")) for state in CarrierClaimState],
        chosen=chosen,
        days=request.form.get("days", str(days)),
        fault=fault,
    )
