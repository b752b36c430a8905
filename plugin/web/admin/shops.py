"""The merchant's shops: listed for everybody; owners make the codes by which another one joins."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, request

from plugin.domain.shop import Role
from plugin.usecases.make_join_code import MadeJoinCode, make_join_code
from plugin.usecases.request_keys import AskedKeys
from plugin.usecases.shopify.order_reach import hides_older_orders
from plugin.web.admin.auth import presence, require
from plugin.web.admin.board_states import board_states
from plugin.web.admin.companion import companions
from plugin.web.admin.connection_states import FOLLOW_SECONDS, connection_states
from plugin.web.admin.key_states import SHOWN_FOR, key_views
from plugin.web.admin.pages import page
from plugin.web.deps import deps


def index() -> Response:
    """The shops."""
    return render(HTTPStatus.OK)


def make_code() -> Response:
    """Make a code and show it in this answer alone: nothing keeps it, the session cookie included."""
    here, at = require(Role.OWNER), deps()
    made = make_join_code(
        here.member.id, merchant=here.merchant, units=at.units, ids=at.ids, secrets=at.secrets, now=at.clock.now()
    )
    return render(HTTPStatus.CREATED, made)


def render(
    status: HTTPStatus,
    made: MadeJoinCode | None = None,
    refusals: Mapping[str, str] | None = None,
    asked: AskedKeys | None = None,
) -> Response:
    """The shops; after a refusal with its reasons by the form's fields, and of what was typed the address alone.

    `asked`: the shop's page to go on to, in this answer alone; what it tells the shop is kept nowhere.
    """
    now = deps().clock.now()
    with deps().units.read(presence().merchant) as unit:
        shops, connected = unit.shops.all(), unit.connections.all()
        requests = unit.key_requests.since(now - SHOWN_FOR)
        postings = unit.postings.all()
        limited = {shop.id for shop in shops if hides_older_orders(shop, deps().shopify, unit)}
        let_go = {each.shop: each for each in unit.disconnections.all()}
    return page(
        "shops.html",
        status,
        shops=shops,
        states=connection_states(connected, now),
        boards=board_states(postings),
        follow_seconds=FOLLOW_SECONDS,
        limited=limited,
        let_go=let_go,
        made=made,
        companions=companions(shops, made),
        asked=asked,
        requests=key_views(requests, now),
        is_public=deps().public_url is not None,
        refusals=refusals or {},
        typed_shop=request.form.get("shop_address", ""),
        typed_address=request.form.get("address", ""),
    )
