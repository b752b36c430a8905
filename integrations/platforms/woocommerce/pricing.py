"""An order's amounts in the currency the shopper saw and, where a multi-currency plugin kept the rate, the shop's own.

WooCommerce has one currency per order. WooPayments and FOX (WOOCS) note on orders in another one what the shop's own
currency is and how many units of the order's one bought one of it; then shop amount = amount / rate.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec
from msgspec import Raw

from integrations.platforms.woocommerce.fields import raw_words
from plugin.domain.money import Money, NotAnAmount
from plugin.domain.order import Price
from plugin.ports.errors import Unreadable

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
RATES: Final = {
    "_wcpay_multi_currency_order_default_currency": "_wcpay_multi_currency_order_exchange_rate",
    "_woocs_order_base_currency": "_woocs_order_rate",
}  # meta that names the shop's currency -> meta with the rate
_RATE: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Pricing:
    """How to read one order's amounts. `rate` None: shop and shopper see the same currency."""

    currency: str
    shop_currency: str
    rate: Decimal | None
    zero: Price

    def price(self, text: str, field: str) -> Price:
        """The amount a decimal text names."""
        return self._both(self._money(text, field), field)

    def magnitude(self, text: str, field: str) -> Price:
        """The amount without its sign: refunds are negative in some places and positive in others."""
        money = self._money(text, field)
        return self._both(-money if money.minor < 0 else money, field)

    def difference(self, whole: Price, part: Price) -> Price:
        """What was taken off."""
        shop = whole.shop - part.shop
        return Price(shop, shop if self.rate is None else whole.presentment - part.presentment)

    def _money(self, text: str, field: str) -> Money:
        try:
            return Money.parse(text, self.currency)
        except NotAnAmount as error:
            raise Unreadable(error.code, field) from error

    def _both(self, money: Money, field: str) -> Price:
        if self.rate is None:
            return Price(money, money)
        try:
            return Price(Money.parse(f"{money.decimal() / self.rate:f}", self.shop_currency), money)
        except NotAnAmount as error:
            raise Unreadable(error.code, field) from error


def pricing(currency: str, metas: Mapping[str, Sequence[Raw]]) -> Pricing:
    """How this order's amounts read."""
    if not _CURRENCY.fullmatch(currency):
        raise Unreadable("not_a_currency", "currency")
    shop_currency, rate = currency, None
    for names_currency, names_rate in RATES.items():
        if names_currency in metas and names_rate in metas:
            shop_currency, rate = _shop_side(currency, metas[names_currency][0], metas[names_rate][0])
    zero = Money.zero(currency)
    return Pricing(currency, shop_currency, rate, Price(Money.zero(shop_currency) if rate else zero, zero))


def _shop_side(currency: str, shop_currency: Raw, rate: Raw) -> tuple[str, Decimal | None]:
    """The shop's currency and the rate, or the order's own currency when either is no use."""
    base, number = raw_words(shop_currency), msgspec.json.decode(rate)
    factor = format(Decimal(str(number)), "f") if isinstance(number, float) else raw_words(rate)
    usable = _CURRENCY.fullmatch(base) and base != currency and _RATE.fullmatch(factor) and Decimal(factor)
    return (base, Decimal(factor)) if usable else (currency, None)
