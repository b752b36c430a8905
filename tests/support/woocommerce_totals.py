"""How WooCommerce computes an order's amounts (9.2): tax is taken out of prices, and rounded by line and rate.

A negative fee is capped at the goods' price without tax, and takes tax off whatever its own tax status says.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from tests.support.woocommerce import Record
from tests.support.woocommerce_desk import Desk

_CENT, _FINE = Decimal("0.01"), Decimal("0.000001")
Rates = dict[int, Decimal]


def cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """As PHP prints it: no zeros at the end."""
    return f"{value:f}".rstrip("0").rstrip(".") if value else "0"


def rates_of(desk: Desk, order: Record) -> Rates:
    """Where the goods go; no country, no tax."""
    place = order["shipping"].get("country") or order["billing"].get("country") or ""
    return desk.rates.get(place, {})


def without_tax(desk: Desk, price: Decimal) -> Decimal:
    """A catalogue price without the tax of the shop's own country."""
    if not desk.prices_include_tax:
        return price
    base = desk.rates["DE"]
    net = price / (1 + sum(base.values(), Decimal()) / 100)
    return price - sum(((net * rate / 100).quantize(_FINE, ROUND_HALF_UP) for rate in base.values()), Decimal())


def priced(item: Record, exact: Decimal, rates: Rates) -> Record:
    """The item at this amount without tax."""
    taxes = {rate: (exact * percent / 100).quantize(_FINE, ROUND_HALF_UP) for rate, percent in rates.items()}
    shown = {"total": f"{cents(exact):.2f}", "total_tax": f"{sum(map(cents, taxes.values()), Decimal()):.2f}"}
    return {
        **item,
        **shown,
        "exact": f"{exact}",
        "taxes": [{"id": rate, "total": plain(share)} for rate, share in taxes.items()],
    }


def calculate(desk: Desk, order: Record) -> None:
    """Every amount of the order anew."""
    rates = rates_of(desk, order)
    order["line_items"] = [priced(item, Decimal(item["exact"]), rates) for item in order["line_items"]]
    goods = cents(sum((cents(Decimal(item["exact"])) for item in order["line_items"]), Decimal()))
    order["fee_lines"] = [priced(item, max(Decimal(item["exact"]), -goods), rates) for item in order["fee_lines"]]
    items = [*order["line_items"], *order["fee_lines"]]
    tax = _tax(items, rates)
    fees = sum((Decimal(item["exact"]) for item in order["fee_lines"]), Decimal())
    order["total_tax"] = f"{tax:.2f}"
    order["total"] = f"{cents(goods + fees + tax):.2f}"


def _tax(items: Iterable[Record], rates: Rates) -> Decimal:
    shares = [Decimal(tax["total"]) for item in items for tax in item["taxes"] if tax["id"] in rates]
    return sum((cents(share) for share in shares), Decimal())
