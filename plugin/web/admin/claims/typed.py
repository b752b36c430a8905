"""What somebody typed into a form of the desk: read into values, each fault with the field it stands at."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from plugin.domain.claim.errors import TooManyUnits
from plugin.domain.errors import Invalid
from plugin.domain.money import Money, NotAnAmount
from plugin.web.admin.policy.reading import amount_of

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent; nothing in it is trusted."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """A text, trimmed; empty when it was left out."""
        return self.fields.get(name, "").strip()

    def maybe(self, name: str) -> str | None:
        """A text, or None where nothing was typed."""
        return self.text(name) or None

    def is_ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))

    def whole(self, name: str) -> int:
        """A whole number. Raises `Invalid`."""
        text = self.text(name)
        if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004 - no form of ours asks for more
            raise Invalid({"field": name})
        return int(text)

    def units(self, name: str, most: int) -> int:
        """How many of a line's units. Raises `TooManyUnits` for what is no number from 1 to `most`."""
        text = self.text(name) or str(most)
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
            raise TooManyUnits({"field": name, "open": most})
        return int(text)

    def chosen(self, name: str, choices: type[Choice]) -> Choice:
        """One of the values offered. Raises `Invalid`."""
        try:
            return choices(self.text(name))
        except ValueError as error:
            raise Invalid({"field": name}) from error

    def amount(self, name: str, currency: str) -> Money:
        """An amount of money, with a point or a comma before its decimals. Raises `NotAnAmount`."""
        found = amount_of(self.text(name), currency)
        if found is None:
            raise NotAnAmount({"field": name})
        return found

    def maybe_amount(self, name: str, currency: str) -> Money | None:
        """An amount, or None where nothing was typed. Raises `NotAnAmount`."""
        return self.amount(name, currency) if self.text(name) else None
