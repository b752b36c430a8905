"""The merchant's shops: listed for everybody; owners make the codes by which another one joins."""

from http import HTTPStatus

from flask import Response

from plugin.domain.shop import Role
from plugin.usecases.make_join_code import MadeJoinCode, make_join_code
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page
from plugin.web.deps import deps


def index() -> Response:
    """The shops."""
    return _render(HTTPStatus.OK)


def make_code() -> Response:
    """Make a code and show it in this answer alone: nothing keeps it, the session cookie included."""
    here, at = require(Role.OWNER), deps()
    made = make_join_code(
        here.member.id, merchant=here.merchant, units=at.units, ids=at.ids, secrets=at.secrets, now=at.clock.now()
    )
    return _render(HTTPStatus.CREATED, made)


def _render(status: HTTPStatus, made: MadeJoinCode | None = None) -> Response:
    with deps().units.read(presence().merchant) as unit:
        shops = unit.shops.all()
    return page("shops.html", status, shops=shops, made=made)
