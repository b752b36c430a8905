"""Money: integer minor units with a currency; splitting never loses a unit, mixing currencies raises."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Self

from plugin.domain.errors import Invalid

_EXPONENTS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # ISO 4217 (2026-01); every other active currency has two decimals
_CODE_LENGTH = 3
_DIGITS = 18  # more minor units than any order has, and every sum still fits a 64-bit column
_EXACT = Context(prec=200)
_PLAIN = re.compile(r"[+-]?\d{1,40}(\.\d{0,40})?(E[+-]?\d{1,2})?|[+-]?\.\d{1,40}", re.ASCII | re.IGNORECASE)


class CurrencyMismatch(Invalid):
    """Two amounts of different currencies were combined."""

    code = "currency_mismatch"


class NotAnAmount(Invalid):
    """A text is not an amount of money."""

    code = "not_an_amount"


def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit (ISO 4217): EUR 2, JPY 0, KWD 3."""
    return _EXPONENTS.get(currency, 2)


def _rounded(text: str, decimals: int) -> str:
    """The minor units that any decimal text names, as an integer text."""
    if _PLAIN.fullmatch(text):
        minor = Decimal(text).scaleb(decimals, _EXACT).to_integral_value(ROUND_HALF_UP, _EXACT)
        if minor.adjusted() < _DIGITS:
            return f"{minor:f}"
    raise NotAnAmount({"field": "amount", "value": text[:40]})


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units of an ISO 4217 currency; may be negative."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """The amount that a decimal text names, rounded half up (away from zero) to the minor unit.

        Raises `NotAnAmount` for anything but a plain decimal (no spaces, NaN or thousands separators) and beyond
        18 digits of minor units. Stores send more decimals than the currency has (a JPY total of "21337.80"),
        because the shop's own setting decides them (WooCommerce REST v3, WooCommerce 10.5).
        """
        if len(currency) != _CODE_LENGTH or not currency.isascii() or not currency.isupper():
            raise NotAnAmount({"field": "currency", "value": currency})
        decimals = _EXPONENTS.get(currency, 2)
        whole, _, fraction = text.partition(".")
        # Most amounts come with exactly the currency's decimals: no need for Decimal.
        digits = whole + fraction
        if len(fraction) != decimals or len(digits) > _DIGITS or not digits.isdecimal() or not digits.isascii():
            digits = _rounded(text, decimals)
        return cls(int(digits), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in this currency."""
        return cls(0, currency)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.minor, self.currency)

    def __lt__(self, other: Self) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Self) -> bool:
        return self.minor <= self._same(other).minor

    def split(self, weights: Sequence[int]) -> tuple[Self, ...]:
        """Parts in proportion to non-negative weights, by largest remainder; the parts add up to the whole.

        With no weight at all the parts are equal. Raises `Invalid` without weights or with a negative one.
        """
        if not weights or min(weights) < 0:
            raise Invalid({"field": "weights"})
        shares = list(weights) if any(weights) else [1] * len(weights)
        sign = -1 if self.minor < 0 else 1
        total, whole = sum(shares), abs(self.minor)
        floors = [whole * share // total for share in shares]
        by_remainder = sorted(range(len(shares)), key=lambda i: -(whole * shares[i] % total))
        for i in by_remainder[: whole - sum(floors)]:
            floors[i] += 1
        return tuple(type(self)(sign * part, self.currency) for part in floors)

    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def _same(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise CurrencyMismatch({"field": "currency", "left": self.currency, "right": other.currency})
        return other
