"""The demo store's checkout for what an exchange costs more: what it comes to, a button, and the way back."""

from flask import Response, request, url_for

from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.demo_payments import DemoPayments, Payable
from plugin.usecases.prove_shopper import claim_token
from plugin.web.demo.pages import page, see
from plugin.web.demo.shops import brand
from plugin.web.demo.visit import visit
from plugin.web.deps import deps
from plugin.web.storefront.order_token import UnknownOrder


def show(made: str) -> Response:
    """What is due for the exchange, or that it is paid."""
    shop, stored = _order()
    payable = _checkout().payable(shop, stored.order.ref, made)
    if payable is None:
        raise UnknownOrder
    own = {"shop": shop.key, "order": stored.order.ref.external_id}
    return page(
        "pay.html",
        payable=payable,
        number=stored.order.number,
        pay=visit().to("pay", made=made, **own),
        back=_way_back(payable, shop, stored),
    )


def pay(made: str) -> Response:
    """Take it as paid, and go back to the claim it is for; no money moves."""
    shop, stored = _order()
    payable = _checkout().pay(shop, stored.order.ref, made)
    if payable is None:
        raise UnknownOrder
    return see(_way_back(payable, shop, stored))


def _checkout() -> DemoPayments:
    payments = deps().demo_payments
    if payments is None:
        raise UnknownOrder
    return payments


def _order() -> tuple[Shop, StoredOrder]:
    """The demo's order that the address names. Raises `UnknownOrder`, also for a real shop's."""
    shop = next((shop for shop in brand().shops if shop.key == request.args.get("shop")), None)
    if shop is None:
        raise UnknownOrder
    ref = OrderRef(shop.platform, request.args.get("order", ""))
    with deps().units.read(shop.merchant) as unit:
        found = unit.orders.by_ref(shop.id, [ref])
    if ref not in found:
        raise UnknownOrder
    return shop, found[ref]


def _way_back(payable: Payable, shop: Shop, stored: StoredOrder) -> str:
    """The page of the claim it was made for; the order's own where there is none any more."""
    with deps().units.read(shop.merchant) as unit:
        claims = unit.claims.of_order(stored.id)
    claim = next((each for each in claims if payable.made_for.startswith(f"{each}:")), None)
    if claim is None:
        return visit().to("order", order=stored.id)
    token = claim_token(deps().secrets, shop.id, claim)
    return url_for("portal.status", shop_key=shop.key, token=token, lang=visit().words.language)
