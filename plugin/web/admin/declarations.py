"""Withdrawals that cannot be carried out yet: their order is not known, or that its shopper sent them is not proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.declaration import Declaration, ReasonNeeded
from plugin.domain.ids import DeclarationId, LineId
from plugin.domain.shop import Role
from plugin.domain.stored import StoredOrder
from plugin.ports.errors import Unavailable
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.match_declaration import NoSuchOrder, match_declaration
from plugin.usecases.prove_declaration import confirm_declaration
from plugin.usecases.read_declaration import NothingRead, read_declaration
from plugin.usecases.set_declaration_aside import set_declaration_aside, take_declaration_up
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of
from plugin.wording.withdrawal import extent, moment

_PAGE = 50
_UNIT = "units."
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Row:
    """A declaration with what the page tells beside it."""

    declaration: Declaration
    shop: str
    stored: StoredOrder | None
    sent: str
    extent: str


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What is wrong with which field of which declaration's form, and what was typed there."""

    declaration: str
    field: str
    text: str


def index() -> Response:
    """Those that wait, longest waiting first."""
    return _render(HTTPStatus.OK)


def match(declaration: str) -> Response:
    """Say which order it is about; a number nobody has is told at its field."""
    here, at = require(Role.AGENT), deps()
    if at.declaration_letters is None:
        raise Unavailable("no letters of declarations")
    number = request.form.get("number", "")
    try:
        match_declaration(
            DeclarationId(declaration),
            number,
            merchant=here.merchant,
            by=here.member,
            units=at.units,
            notice=at.declaration_letters.notice,
            now=at.clock.now(),
        )
    except NoSuchOrder as refusal:
        told = _Refusal(declaration, "number", error_text(words(), refusal.code))
        return _render(status_of(refusal), told)
    notices.leave("declarations.matched")
    return see(url_for("admin.declarations"))


def read(declaration: str) -> Response:
    """Say which units of the order are meant by a part that was typed."""
    here, at = require(Role.AGENT), deps()
    wanted = {
        LineId(name.removeprefix(_UNIT)): _number(n) for name, n in request.form.items() if name.startswith(_UNIT)
    }
    try:
        read_declaration(DeclarationId(declaration), wanted, merchant=here.merchant, by=here.member, units=at.units)
    except NothingRead as refusal:
        told = _Refusal(declaration, "units", error_text(words(), refusal.code))
        return _render(status_of(refusal), told)
    notices.leave("declarations.read")
    return see(url_for("admin.declarations"))


def confirm(declaration: str) -> Response:
    """Confirm for the shopper, with the reason on record."""
    here, at = require(Role.AGENT), deps()
    reason = request.form.get("reason", "")
    found = DeclarationId(declaration)
    try:
        confirm_declaration(found, reason, merchant=here.merchant, by=here.member, units=at.units, now=at.clock.now())
    except ReasonNeeded as refusal:
        told = _Refusal(declaration, "reason", error_text(words(), refusal.code))
        return _render(status_of(refusal), told)
    notices.leave("declarations.confirmed")
    return see(url_for("admin.declarations"))


def put_aside(declaration: str) -> Response:
    """Take one off the desk, with the reason on record; the next page offers the way back."""
    here, at = require(Role.MANAGER), deps()
    found, why, now = DeclarationId(declaration), request.form.get("aside_reason", ""), at.clock.now()
    try:
        set_declaration_aside(found, why, merchant=here.merchant, by=here.member, units=at.units, now=now)
    except ReasonNeeded as refusal:
        told = _Refusal(declaration, "aside_reason", words().text("declarations.aside_needed"))
        return _render(status_of(refusal), told)
    notices.leave("declarations.was_set_aside")
    return see(url_for("admin.declarations"))


def take_up(declaration: str) -> Response:
    """Put one back on the desk."""
    here, at = require(Role.MANAGER), deps()
    take_declaration_up(DeclarationId(declaration), merchant=here.merchant, by=here.member, units=at.units)
    notices.leave("declarations.taken_up")
    return see(url_for("admin.declarations"))


def _render(status: HTTPStatus, refusal: _Refusal | None = None) -> Response:
    after = request.args.get("after", "")
    is_aside = bool(request.args.get("aside"))
    with deps().units.read(presence().merchant) as unit:
        listed = unit.declarations.set_aside if is_aside else unit.declarations.waiting
        found = listed(DeclarationId(after) if after else None, _PAGE + 1)
        staff = {member.id: member.email for member in unit.staff.all()}
        rows = _rows(found[:_PAGE], unit)
    more = found[_PAGE - 1].id if len(found) > _PAGE else None
    return page(
        "declarations.html",
        status,
        rows=rows,
        more=more,
        refusal=refusal,
        typed=request.form,
        is_aside=is_aside,
        staff=staff,
    )


def _rows(found: Sequence[Declaration], unit: UnitOfWork) -> list[_Row]:
    shops, said = {shop.id: shop.name for shop in unit.shops.all()}, words()
    return [
        _Row(
            each,
            shops[each.shop],
            unit.orders.get(each.order) if each.order else None,
            moment(each, said),
            extent(each.statement, said) if each.statement else "",
        )
        for each in found
    ]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
