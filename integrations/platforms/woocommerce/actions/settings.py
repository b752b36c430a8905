"""What the shop itself is set to: its currency, whether prices hold tax, whether codes can be used."""

from typing import Final

from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.seen import Setting
from plugin.domain.capabilities import PriceList

_YES: Final = "yes"


def price_list(calls: Calls) -> PriceList:
    """How the catalogue states its prices; where the shop computes no tax, they are what is paid."""
    has_taxes = _is_on(calls, "general/woocommerce_calc_taxes")
    return PriceList(shop_currency(calls), not has_taxes or _is_on(calls, "tax/woocommerce_prices_include_tax"))


def shop_currency(calls: Calls) -> str:
    """The currency of products and codes (ISO 4217); an order may be in another, by a plugin."""
    return _said(calls, "general/woocommerce_currency")


def takes_codes(calls: Calls) -> bool:
    """Whether shoppers can use coupon codes at all."""
    return _is_on(calls, "general/woocommerce_enable_coupons")


def _is_on(calls: Calls, name: str) -> bool:
    return _said(calls, name) == _YES


def _said(calls: Calls, name: str) -> str:
    found = calls.find(f"settings/{name}", Setting)
    return found.value if found else ""
