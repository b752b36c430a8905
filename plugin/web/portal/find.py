"""Find an order: number and e-mail address, or a link by mail; and the orders of whoever was proven to be there."""

from collections.abc import Callable
from datetime import UTC, date
from http import HTTPStatus

from flask import Response, request

from plugin.domain.attempts import TooManyAttempts
from plugin.domain.order import Order
from plugin.domain.shopper_session import OrderNotFound
from plugin.ports.claim_drafts import LinkPurpose
from plugin.usecases.claim.advance import place_of
from plugin.usecases.find_order import Sought, find_order
from plugin.usecases.list_shopper_orders import list_shopper_orders
from plugin.usecases.prove_shopper import session_token
from plugin.usecases.request_claim_link import request_claim_link
from plugin.usecases.shopify.order_reach import hides_older_orders
from plugin.web.callers import caller
from plugin.web.deps import deps
from plugin.web.portal.visit import Visit, session_of, typed, visit
from plugin.web.portal.withdrawal import withdrawal_link
from plugin.web.problems import error_text
from plugin.web.proxied import account

LONGEST_NUMBER = 64
_LONGEST_EMAIL = 254


def find(shop_key: str) -> Response:
    """Ask for the order."""
    at = visit(shop_key)
    number = typed(request.args.get("order", ""), LONGEST_NUMBER)
    return _page(at, number=number, is_sent=request.args.get("sent") == "1")


def look(shop_key: str) -> Response:
    """To the order, or the same form again with one sentence, whatever it was that did not fit."""
    at = visit(shop_key)
    return looked_for(at, "orders", lambda *status, **facts: _page(at, *status, **facts))


def mail_link(shop_key: str) -> Response:
    """Take the wish for a link; the answer is the same whoever asks."""
    at = visit(shop_key)
    return link_wished(at, "find", LinkPurpose.CLAIM, lambda *status, **facts: _page(at, *status, **facts))


def looked_for(at: Visit, endpoint: str, page: Callable[..., Response]) -> Response:
    """On to `endpoint` with a session for what was found; else `page` again, whatever it was that did not fit."""
    needs = deps()
    number = typed(request.form.get("number", ""), LONGEST_NUMBER)
    email = typed(request.form.get("email", ""), _LONGEST_EMAIL)
    try:
        found = find_order(Sought(number, email, caller()), at.shop, units=needs.units, now=needs.clock.now())
    except OrderNotFound as error:
        fault = error_text(at.words, error.code)
        facts = {"number": number, "email": email, "fault": fault, "hides_older": _hides_older(at)}
        return page(HTTPStatus.NOT_FOUND, **facts)
    except TooManyAttempts as error:
        return _wait(at, error, page, number=number, email=email)
    return at.see(endpoint, token=session_token(needs.secrets, found))


def link_wished(at: Visit, endpoint: str, purpose: LinkPurpose, page: Callable[..., Response]) -> Response:
    """Back to the form at `endpoint`, which says that a link is on its way if there are orders."""
    needs = deps()
    email = typed(request.form.get("email", ""), _LONGEST_EMAIL)
    if "@" in email:
        try:
            request_claim_link(
                email,
                at.words.language,
                caller(),
                at.shop,
                purpose,
                units=needs.units,
                ids=needs.ids,
                now=needs.clock.now(),
            )
        except TooManyAttempts as error:
            return _wait(at, error, page, link_email=email)
    return at.see(endpoint, sent="1")


def orders(shop_key: str, token: str) -> Response:
    """The orders a session opens; where it is one, straight to that one."""
    at, needs = visit(shop_key), deps()
    session = session_of(at, token)
    found = list_shopper_orders(session, at.shop, units=needs.units)
    if not found:
        raise OrderNotFound
    if len(found) == 1:
        return at.see("lines", token=token, order=found[0].id)
    return at.page("orders.html", token=token, orders=found, placed_on=placed_on, leads_to="lines")


def placed_on(order: Order) -> date:
    """The day it was placed where it went; by UTC while nobody knows where that is."""
    place = place_of(order)
    return order.placed.at.astimezone(place.zone if place else UTC).date()


def _hides_older(at: Visit) -> bool:
    """Whether what was looked for may be missing here because of its age alone."""
    with deps().units.read(at.shop.merchant) as unit:
        return hides_older_orders(at.shop, deps().shopify, unit)


def _page(at: Visit, status: HTTPStatus = HTTPStatus.OK, /, **facts: object) -> Response:
    ways = {"action": at.address("look"), "link_action": at.address("mail_link")}
    return at.page("find.html", status, withdrawal=withdrawal_link(at), account=account(), **ways, **facts)


def _wait(at: Visit, error: TooManyAttempts, page: Callable[..., Response], **filled: str) -> Response:
    fault = at.words.text("problem.http_429")
    response = page(HTTPStatus.TOO_MANY_REQUESTS, fault=fault, **filled)
    response.headers["Retry-After"] = str(error.facts["wait"])
    return response
