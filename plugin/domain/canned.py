"""Texts that agents write again and again, in the language of whoever reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

FACTS = ("name", "number", "order", "shop")
"""What a text may ask for: the shopper's name, the claim's and the order's number, the shop's name."""
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class CannedText:
    """One text; `language` as BCP 47. In braces stand the facts it asks for."""

    name: str
    language: str
    text: str

    def filled(self, facts: Mapping[str, str]) -> str:
        """The text with its facts; braces that name none of them stay as they are."""
        return _PLACE.sub(lambda found: facts.get(found[1], found[0]), self.text)
