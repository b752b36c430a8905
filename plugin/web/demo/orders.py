"""The demo's orders as their shoppers see them: the list, one with its window panel, and the why."""

from flask import Response, current_app, request, url_for

from plugin.domain.order import Order
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import Proof, ShopperSession
from plugin.domain.stored import StoredOrder
from plugin.usecases.find_order import HOLDS
from plugin.usecases.prove_shopper import session_token
from plugin.usecases.tracking.quote_tracking import quote_tracking
from plugin.web.demo.assortment import of_line
from plugin.web.demo.order_list import featured, staged
from plugin.web.demo.pages import page, see
from plugin.web.demo.parcels import parcels
from plugin.web.demo.scan import offer, scan_state
from plugin.web.demo.shops import brand, quote_of
from plugin.web.demo.visit import visit
from plugin.web.demo.why import explained
from plugin.web.deps import deps
from plugin.web.storefront import order_token
from plugin.web.storefront.answers import entitlements_answer
from plugin.web.storefront.details import withdrawal_link
from plugin.web.storefront.schemas import OfficialLink
from plugin.web.storefront.tracking import page_of_order, tracking_json


def index() -> Response:
    """All demo orders, newest first, by what may still be done."""
    return page("orders.html", groups=staged(brand()))


def first() -> Response:
    """On to the order a newcomer should see first: returnable, and of the brand's own products."""
    return see(visit().to("why" if request.args.get("why") else "order", order=featured(brand()).stored.id))


def show(order: str) -> Response:
    """One order: its parcels, and what its shopper is entitled to."""
    owner = brand()
    quote, shop = quote_of(order, owner)
    now, words = deps().clock.now(), visit().words
    with deps().units.read(shop.merchant) as unit:
        told = quote_tracking(quote.stored, unit, now)
    return page(
        "order.html",
        whereabouts=tracking_json(told, words, page_of_order(quote.stored.id, shop, words, now)),
        shop=shop,
        order=quote.stored.order,
        order_id=quote.stored.id,
        goods=[product for line in quote.stored.order.lines if (product := of_line(line.sku))],
        placed_on=quote.stored.order.placed.at.astimezone(quote.zone).date(),
        parcels=parcels(quote.stored, quote.zone),
        answer=entitlements_answer(quote, deps().law, words, now),
        token=order_token.issue(deps().secrets, shop.id, quote.stored.id),
        withdrawal=_way_to_withdraw(shop, quote.stored.order),
        claim=_way_of_shopper("portal.lines", shop, quote.stored),
        tracking=_way_of_shopper("portal.tracking_of", shop, quote.stored),
        offer=offer(quote.stored),
        scan=scan_state(quote.stored, request.args.get("scan")),
    )


def _way_to_withdraw(shop: Shop, order: Order) -> OfficialLink | None:
    country = order.place.country
    return withdrawal_link(shop, country, deps().law, visit().words) if country and not order.is_business else None


def _way_of_shopper(endpoint: str, shop: Shop, stored: StoredOrder) -> str | None:
    """The demo stands for a store that knows who is signed in; None where the shopper's pages are not served."""
    if "portal" not in current_app.blueprints:
        return None
    until = (deps().clock.now() + HOLDS).replace(microsecond=0)
    session = ShopperSession(shop.id, Proof.SIGNED_IN, until, orders=(stored.id,))
    token = session_token(deps().secrets, session)
    return url_for(endpoint, shop_key=shop.key, token=token, order=stored.id, lang=visit().words.language)


def why(order: str) -> Response:
    """Every step from the delivery to the last day, with its sources."""
    owner = brand()
    quote, _ = quote_of(order, owner)
    return page(
        "why.html",
        order=quote.stored.order,
        order_id=quote.stored.id,
        lines=explained(quote, deps().law.rulebook, visit().words, deps().clock.now()),
        versions=quote.lines[0] if quote.lines else None,
    )
