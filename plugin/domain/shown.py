"""The record of which legal words an order's shopper was shown: what, in which version, exactly which words, when."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import OrderId


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text as it was shown. `what`: a piece's name, `policy`, `confirmation`; `digest`: SHA-256, hexadecimal.

    What a trader has to be able to prove of information given: Directive 2011/83/EU arts 6(9) and 8(7).
    """

    order: OrderId
    what: str
    language: str
    version: str
    digest: str
    shown_at: datetime
