"""Letters about a declaration of withdrawal."""

from dataclasses import dataclass
from typing import Protocol

from plugin.domain.declaration import Declaration
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.mailer import Mail


class Acknowledgement(Protocol):
    """Words the acknowledgement of receipt (Directive 2011/83/EU art. 11a(4)): content, date and time."""

    def __call__(self, declaration: Declaration, shop: Shop) -> Mail:
        """The message to the address that was declared, in the language of the page; nothing of any order is in it."""
        ...


class Notice(Protocol):
    """Words what the order's own address is told when somebody else's is to be acknowledged to."""

    def __call__(self, declaration: Declaration, shop: Shop, stored: StoredOrder) -> Mail:
        """The message in the order's language; with a link that proves the declaration while nothing has.

        Nothing that was typed is in it.
        """
        ...


@dataclass(frozen=True, slots=True)
class DeclarationLetters:
    """Both of them."""

    acknowledgement: Acknowledgement
    notice: Notice
