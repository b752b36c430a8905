"""What an order entitles to and where its parcels are, on the thank-you and the order-status page.

Nothing in a token names an order, and a page may name any: so an order is shown to the signed-in customer who placed
it, by our own record, and to nobody else. Everybody else, and everybody while the order has not reached us, is told
what the shop promises, and where an order is found by its number and e-mail address.
"""

from datetime import datetime

from flask import Response, current_app, request, url_for

from plugin.domain.decoding import decoder
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue
from plugin.usecases.prove_shopper import session_token
from plugin.usecases.quote_policy import CountryNeeded
from plugin.usecases.quote_shop_order import ShopOrder
from plugin.usecases.shopify.quote_customer_orders import quote_customer_orders, session_of
from plugin.web.deps import deps
from plugin.web.extensions import auth
from plugin.web.extensions.answer import private, reader
from plugin.web.extensions.schemas import OrderWindowsAnswer
from plugin.web.storefront.answers import entitlements_answer
from plugin.web.storefront.claim_entry import claim_entry_answer
from plugin.web.storefront.schemas import Link, PolicyAnswer
from plugin.web.storefront.standing import claim_standing, withdrawal_of_order
from plugin.web.storefront.tracking import page_of_order, tracking_json
from plugin.web.storefront.views import kept_policy
from plugin.wording.links import tracking_anywhere
from plugin.wording.order_language import language_of


def at_checkout(order: str) -> Response:
    """On the thank-you page."""
    return _windows(order, auth.at_checkout())


def in_account(order: str) -> Response:
    """On the order-status page."""
    return _windows(order, auth.in_account())


def _windows(order: str, buyer: auth.Buyer) -> Response:
    needs = deps()
    now = needs.clock.now()
    found = _found(order, buyer, now)
    return private(_rights(found, buyer.shop, now) if found else _promise(buyer.shop))


def _found(order: str, buyer: auth.Buyer, now: datetime) -> ShopOrder | None:
    if buyer.customer is None:
        return None
    needs = deps()
    found = quote_customer_orders([order], buyer.customer, buyer.shop, units=needs.units, law=needs.law, now=now)
    return found[0].told if found else None


def _rights(found: ShopOrder, shop: Shop, now: datetime) -> OrderWindowsAnswer:
    stored = found.quote.stored
    words = reader(language_of(stored.order, found.quote.policy))
    rights = entitlements_answer(found.quote, deps().law, words, now)
    return OrderWindowsAnswer(
        version=rights.version,
        language=words.language,
        direction=words.direction,
        rights=rights,
        claims=tuple(claim_standing(claim, entries, shop, words) for claim, entries in found.claims),
        withdrawal=withdrawal_of_order(stored, shop, words),
        entry=_entry(found, shop, words, now),
        promise=None,
        tracking=tracking_json(found.parcels, words, page_of_order(stored.id, shop, words, now)),
        follow=_follow(shop, words),
    )


def _entry(found: ShopOrder, shop: Shop, words: Catalogue, now: datetime) -> Link:
    stored = found.quote.stored
    token = session_token(deps().secrets, session_of(stored, shop, now))
    page = url_for("portal.lines", shop_key=shop.key, token=token, order=stored.id, lang=words.language)
    return Link(text=words.text("claim.find.heading"), url=f"{current_app.config['BASE_URL']}{page}")


def _promise(shop: Shop) -> OrderWindowsAnswer:
    needs = deps()
    way = claim_entry_answer(shop, request.args.get("lang"), (), needs.law)
    promise = _policy(shop)
    return OrderWindowsAnswer(
        version=promise.version if promise else way.version,
        language=way.language,
        direction=way.direction,
        rights=None,
        claims=(),
        withdrawal=(promise.withdrawal if promise else None) or way.withdrawal,
        entry=Link(text=way.heading, url=way.action),
        promise=promise,
        tracking=None,
        follow=_follow(shop, reader()),
    )


def _follow(shop: Shop, words: Catalogue) -> Link:
    link = tracking_anywhere(shop, words, current_app.config["BASE_URL"])
    return Link(text=link.text, url=link.url)


def _policy(shop: Shop) -> PolicyAnswer | None:
    """The storefront's own answer; None where neither the page nor the shop's policy says for which country."""
    try:
        return decoder(PolicyAnswer).decode(kept_policy(shop.key).body)
    except CountryNeeded:
        return None
