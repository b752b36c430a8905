"""The storefront's questions: what may I count on here, what comes with this product, what am I entitled to."""

import re
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from plugin.domain.errors import DomainError, NotFound
from plugin.i18n import catalogue, negotiate
from plugin.usecases.quote_entitlements import policy_of, quote_entitlements
from plugin.usecases.quote_policy import UnknownShop, Wanted, quote_policy
from plugin.usecases.quote_product import quote_product
from plugin.usecases.quote_promises import quote_promises
from plugin.usecases.tracking.quote_tracking import quote_tracking
from plugin.web.deps import deps
from plugin.web.problems import domain_problem
from plugin.web.storefront import order_token
from plugin.web.storefront.answers import entitlements_answer, policy_answer, promises_answer
from plugin.web.storefront.claim_entry import claim_entry_answer
from plugin.web.storefront.details import details_link, withdrawal_link
from plugin.web.storefront.prepared import KEPT_SECONDS, OPEN_TO_ALL, PUBLIC, AnswerCache, Prepared, prepare
from plugin.web.storefront.product_information import product_information_answer
from plugin.web.storefront.tracking import page_of_order, tracking_json
from plugin.wording.order_language import language_of

PRIVATE = "private, no-store"
CACHE = "aftercare.answers"
_KEPT_ANSWERS = 4096
_MOST_IN_CART = 100
_LONGEST_ID = 200
_LONGEST_LIST = 1000
"""Signs: a list of every country there is has 750."""
_COUNTRIES = re.compile(r"\b[A-Z]{2}\b")
_PREFLIGHT = OPEN_TO_ALL | {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

blueprint = Blueprint("api", __name__, url_prefix="/storefront/v1/<shop_key>")


@blueprint.record
def _give_cache(state: BlueprintSetupState) -> None:
    state.app.extensions[CACHE] = AnswerCache(KEPT_SECONDS, _KEPT_ANSWERS)


@blueprint.get("/policy", provide_automatic_options=False)
def policy(shop_key: str) -> Response:
    """What a shopper may count on in a market; the same bytes for everyone, so it is kept ready to send."""
    return kept_policy(shop_key).response(request.environ.get("HTTP_IF_NONE_MATCH"))


def kept_policy(shop_key: str) -> Prepared:
    """The answer to this request's question about a shop, from the cache where it is kept."""
    cache = cast("AnswerCache", current_app.extensions[CACHE])
    asked = (shop_key, request.environ.get("QUERY_STRING", ""))
    return cache.get(asked) or _policy(cache, asked)


def _policy(cache: AnswerCache, asked: tuple[str, str]) -> Prepared:
    """However the question is spelt, the country, the language and the goods make the answer."""
    shop_key = asked[0]
    country = request.args.get("country")
    words = catalogue(negotiate(request.args.get("lang"), None))
    wanted = _wanted()
    meant = (shop_key, f"{country} in {words.language} of {wanted}")
    known = cache.alias(asked, meant)
    if known is not None:
        return known
    needs = deps()
    quote = quote_policy(shop_key, country, wanted, directory=needs.directory, units=needs.units, now=needs.clock.now())
    details = details_link(quote, needs.law, words)
    withdrawal = withdrawal_link(quote.shop, quote.country, needs.law, words)
    answer = cache.put(meant, prepare(policy_answer(quote, needs.law, words, details, withdrawal), PUBLIC))
    cache.alias(asked, meant)
    return answer


def _wanted() -> Wanted:
    """The goods named; more than a cart holds, or a name longer than any, is as good as naming none."""
    product, sku = (request.args.get(name) or None for name in ("product", "sku"))
    cart = tuple(filter(None, request.args.get("products", "").split(",")))
    names = [name for name in (product, sku, *cart) if name]
    if len(cart) > _MOST_IN_CART or any(len(name) > _LONGEST_ID or not name.isprintable() for name in names):
        return Wanted()
    return Wanted(product, sku, cart)


@blueprint.get("/promises", provide_automatic_options=False)
def promises(shop_key: str) -> Response:
    """The few promises of a market and which product has which; for templates and plugins that only print."""
    needs = deps()
    words = catalogue(negotiate(request.args.get("lang"), None))
    after = request.args.get("after", "")[:_LONGEST_ID].replace("\0", "") or None
    quote = quote_promises(
        shop_key,
        request.args.get("country"),
        after,
        directory=needs.directory,
        units=needs.units,
        now=needs.clock.now(),
    )
    return prepare(promises_answer(quote, needs.law, words), PUBLIC).response(request.environ.get("HTTP_IF_NONE_MATCH"))


@blueprint.get("/product-information", provide_automatic_options=False)
def product_information(shop_key: str) -> Response:
    """Documents, repair information and official artwork of a product; for whoever looks at it."""
    needs, country = deps(), request.args.get("country")
    words = catalogue(negotiate(request.args.get("lang"), None))
    quote = quote_product(
        shop_key,
        country,
        _wanted(),
        words.language,
        directory=needs.directory,
        units=needs.units,
        law=needs.law,
        now=needs.clock.now(),
    )
    answer = product_information_answer(quote, needs.law, words, is_default=not country)
    return prepare(answer, PUBLIC).response(request.environ.get("HTTP_IF_NONE_MATCH"))


@blueprint.get("/claim-entry", provide_automatic_options=False)
def claim_entry(shop_key: str) -> Response:
    """The way into a claim: the same for everyone who reads the language."""
    shop = deps().directory.shop_by_key(shop_key)
    if shop is None:
        raise UnknownShop
    sold_to = _COUNTRIES.findall(request.args.get("countries", "")[:_LONGEST_LIST].upper())
    answer = claim_entry_answer(shop, request.args.get("lang"), sold_to, deps().law)
    return prepare(answer, PUBLIC).response(request.environ.get("HTTP_IF_NONE_MATCH"))


@blueprint.get("/orders/<token>/entitlements", provide_automatic_options=False)
def entitlements(shop_key: str, token: str) -> Response:
    """What one order entitles its shopper to; for whoever holds the order's token, in its language unless asked."""
    needs = deps()
    shop = needs.directory.shop_by_key(shop_key)
    if shop is None:
        raise UnknownShop
    order = order_token.read(needs.secrets, shop.id, token)
    now = needs.clock.now()
    try:
        quote = quote_entitlements(order, merchant=shop.merchant, units=needs.units, law=needs.law, now=now)
    except NotFound as error:
        raise order_token.UnknownOrder from error
    own = language_of(quote.stored.order, quote.policy)
    words = catalogue(negotiate(request.args.get("lang"), None, otherwise=own))
    answer = entitlements_answer(quote, needs.law, words, now)
    return prepare(answer, PRIVATE).response(None)


@blueprint.get("/orders/<token>/tracking", provide_automatic_options=False)
def tracking(shop_key: str, token: str) -> Response:
    """Where one order's parcels are; for whoever holds the order's token, in its language unless asked."""
    needs = deps()
    shop = needs.directory.shop_by_key(shop_key)
    if shop is None:
        raise UnknownShop
    order, now = order_token.read(needs.secrets, shop.id, token), needs.clock.now()
    with needs.units.read(shop.merchant) as unit:
        try:
            stored = unit.orders.get(order)
        except NotFound as error:
            raise order_token.UnknownOrder from error
        if stored.order.shopper.is_erased:
            raise order_token.UnknownOrder
        told, policy = quote_tracking(stored, unit, now), policy_of(stored, unit)
    words = catalogue(negotiate(request.args.get("lang"), None, otherwise=language_of(stored.order, policy)))
    return prepare(tracking_json(told, words, page_of_order(order, shop, words, now)), PRIVATE).response(None)


@blueprint.route("/policy", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/promises", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/product-information", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/claim-entry", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/orders/<token>/entitlements", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/orders/<token>/tracking", methods=["OPTIONS"], provide_automatic_options=False)
def preflight(**_path: str) -> Response:
    """Browsers may ask first; every page may read."""
    return Response(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> Response:
    """A problem the asking page can read too."""
    response = domain_problem(error)
    response.headers.extend(OPEN_TO_ALL)
    return response
