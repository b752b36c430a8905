"""Payouts: refunds that cannot go back the way the money came; handed to the bank as a file, recorded as paid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Protocol, cast

from flask import Flask, Response, current_app, request, url_for

from plugin.domain.errors import Conflict
from plugin.domain.ids import RefundId
from plugin.domain.refund.intent import RefundState
from plugin.domain.refund.payee import BankAccount
from plugin.domain.refund.payout import Payout
from plugin.domain.shop import Role
from plugin.ports.views import RefundRow
from plugin.usecases.pay_out import list_payouts, record_paid_out
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.claims.told import worded
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps

_MOST = 500
_KEY = "aftercare.admin.payouts"


class MakeSepa(Protocol):
    """Writes a file of SEPA credit transfers."""

    def __call__(
        self, payouts: Sequence[Payout], debtor: BankAccount, *, message_id: str, execute_on: date, now: datetime
    ) -> bytes:
        """The file; `payouts` in its order, all of them SEPA."""
        ...


@dataclass(frozen=True, slots=True)
class PayoutFiles:
    """What writes files for a bank, in a layer beside this one."""

    sepa: MakeSepa
    table: Callable[[Sequence[Payout]], bytes]


def provide(app: Flask, files: PayoutFiles) -> None:
    """Give `app` what writes the files."""
    app.extensions[_KEY] = files


def index() -> Response:
    """What waits to be paid out, longest waiting first."""
    return _render()


def export() -> Response:
    """The file for the bank of those that were chosen. Raises `NotFound` for a refund that is not ours."""
    here, at = require(Role.MANAGER), deps()
    chosen, files = _chosen(), cast("PayoutFiles", current_app.extensions[_KEY])
    try:
        payouts = list_payouts(chosen, merchant=here.merchant, units=at.units)
    except Conflict as refusal:
        return _render(worded(refusal, words()), chosen, HTTPStatus.CONFLICT)
    if not payouts:
        return _render(words().text("problem.nothing_chosen"), chosen, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.form.get("what") != "sepa":
        return _download(files.table(payouts), "payouts.csv", "text/csv; charset=utf-8")
    with at.units.read(here.merchant) as unit:
        debtor = unit.claim_desk.settings().debtor
    if debtor is None or not all(payout.is_sepa for payout in payouts):
        key = "desk.payouts.no_account" if debtor is None else "desk.payouts.not_sepa"
        return _render(words().text(key), chosen, HTTPStatus.UNPROCESSABLE_ENTITY)
    now = at.clock.now()
    name = f"payouts-{now:%Y%m%d%H%M%S}"
    content = files.sepa(payouts, debtor, message_id=name, execute_on=now.date(), now=now)
    return _download(content, f"payouts-{now:%Y-%m-%d}.xml", "application/xml")


def paid() -> Response:
    """Record that the bank has paid those that were chosen; the platform puts them on record."""
    here, at = require(Role.MANAGER), deps()
    chosen = _chosen()
    if not chosen:
        return _render(words().text("problem.nothing_chosen"), chosen, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        count = record_paid_out(chosen, merchant=here.merchant, units=at.units, now=at.clock.now())
    except Conflict as refusal:
        return _render(worded(refusal, words()), chosen, HTTPStatus.CONFLICT)
    notices.leave("desk.payouts.recorded", count=count)
    return see(url_for("admin.payouts"))


def _render(
    error: str | None = None, chosen: Sequence[RefundId] = (), status: HTTPStatus = HTTPStatus.OK
) -> Response:  # fmt: skip
    at, merchant = deps(), presence().merchant
    rows = at.views.refunds_in(merchant, RefundState.NEEDS_SHOPPER_DATA, _MOST)
    with at.units.read(merchant) as unit:
        payees = {row.id: payee.masked for row in rows if (payee := unit.refunds.payee(row.id))}
        has_account = unit.claim_desk.settings().debtor is not None
    return page(
        "payouts.html",
        status,
        rows=sorted(rows, key=_longest_first),
        payees=payees,
        has_account=has_account,
        chosen=chosen,
        error=error,
    )


def _longest_first(row: RefundRow) -> datetime:
    return row.changed_at


def _chosen() -> list[RefundId]:
    return [RefundId(refund) for refund in dict.fromkeys(request.form.getlist("refund")[:_MOST])]


def _download(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
