"""Connect, look, disconnect, and what an order entitles to: for a shop's own server."""

from http import HTTPStatus

import msgspec
from flask import Response, request

from plugin.domain.companion import NotTheCompanion
from plugin.domain.decoding import decoder
from plugin.domain.errors import Invalid
from plugin.domain.shop import Shop
from plugin.i18n import catalogue, negotiate
from plugin.usecases.connect_companion import connect_companion
from plugin.usecases.disconnect_companion import disconnect_companion
from plugin.usecases.quote_policy import CountryNeeded, quote_policy
from plugin.usecases.quote_shop_order import quote_shop_order
from plugin.web.companion.auth import signing_shop
from plugin.web.companion.schemas import (
    ConnectionAnswer,
    ConnectionWish,
    NewConnectionAnswer,
    ShopOrderAnswer,
)
from plugin.web.deps import deps
from plugin.web.storefront import order_token
from plugin.web.storefront.answers import entitlements_answer
from plugin.web.storefront.standing import claim_standing, withdrawal_of_order
from plugin.web.storefront.tracking import page_of_order, tracking_json
from plugin.wording.order_language import language_of

_MOST_BYTES = 4096
_wish = decoder(ConnectionWish)


class UnreadableWish(Invalid):
    """The body is not what connects a plugin."""

    code = "invalid"


def connect() -> Response:
    """Connect the plugin that brought an owner's code."""
    needs = deps()
    try:
        wish = _wish.decode(request.get_data()[:_MOST_BYTES])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableWish({"field": "body"}) from error
    made = connect_companion(
        wish.code, wish.address, wish.verifier, units=needs.units, secrets=needs.secrets, now=needs.clock.now()
    )
    told = msgspec.structs.asdict(_connection(made.shop))
    return _answer(NewConnectionAnswer(**told, secret=made.secret), HTTPStatus.CREATED)


def connection() -> Response:
    """What the plugin is connected to."""
    return _answer(_connection(signing_shop()))


def disconnect() -> Response:
    """Let the plugin go, by its own wish."""
    disconnect_companion(signing_shop(), units=deps().units)
    return Response(status=HTTPStatus.NO_CONTENT)


def order(order: str) -> Response:
    """An order's rights, parcels and claims in words; in its own language unless another is asked for."""
    shop, needs = signing_shop(), deps()
    now = needs.clock.now()
    found = quote_shop_order(order, shop, units=needs.units, law=needs.law, now=now)
    own = language_of(found.quote.stored.order, found.quote.policy)
    words = catalogue(negotiate(request.args.get("lang"), None, otherwise=own))
    rights = entitlements_answer(found.quote, needs.law, words, now)
    stored = found.quote.stored
    page = page_of_order(stored.id, shop, words, now)
    return _answer(
        ShopOrderAnswer(
            version=rights.version,
            language=words.language,
            direction=words.direction,
            token=order_token.issue(needs.secrets, shop.id, stored.id),
            entitlements=rights,
            tracking=tracking_json(found.parcels, words, page),
            claims=tuple(claim_standing(claim, entries, shop, words) for claim, entries in found.claims),
            withdrawal=withdrawal_of_order(stored, shop, words),
        )
    )


def _connection(shop: Shop) -> ConnectionAnswer:
    if shop.companion_since is None:
        raise NotTheCompanion
    return ConnectionAnswer(
        shop=shop.key,
        name=shop.name,
        country=_home(shop),
        connected_at=shop.companion_since,
        has_withdrawal=shop.withdrawal_since is not None,
    )


def _home(shop: Shop) -> str | None:
    needs = deps()
    try:
        quote = quote_policy(shop.key, None, directory=needs.directory, units=needs.units, now=needs.clock.now())
    except CountryNeeded:
        return None
    return quote.country


def _answer(body: msgspec.Struct, status: HTTPStatus = HTTPStatus.OK) -> Response:
    headers = {"Cache-Control": "private, no-store"}
    return Response(msgspec.json.encode(body), status, headers=headers, mimetype="application/json")
