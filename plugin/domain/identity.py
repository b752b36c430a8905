"""Whether a text that nobody could read is about one person, told by what is on record of them; and by no less.

A name alone is anybody's. It counts where it stands with a postcode, a street or an order number of theirs; an e-mail
address, a telephone number or the number of a parcel counts by itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from typing import Final, Self

from plugin.domain.ids import ShopId
from plugin.domain.mentions import spellings, stands_in
from plugin.domain.order import Address, Order

_WORD: Final = re.compile(r"\w+")
_DIGITS: Final = re.compile(r"\+?\d[\d ()/.\-]{6,24}\d")
"""What may be a telephone number, as people and machines write it."""
_ORDER: Final = re.compile(r'gid://shopify/Order/(\d+)|"(?:order_id|fulfillments_of)"\s*:\s*"?(\d+)')
"""How Shopify (Admin API 2026-10) and WooCommerce (10.5) say which order a fulfilment, a return or a refund is of."""
_LEAST_DIGITS, _COMPARED_DIGITS = 8, 9
"""A shorter telephone number is no proof; of a longer one the end counts: country code and trunk zero come and go."""
_LEAST_PARCEL, _LEAST_NUMBER = 8, 4
"""Characters of a parcel's number and of an order's that are not anything else by chance."""
_BETWEEN: Final = 4
"""So many words may stand between those of a name: the fields of a message, a title, a second name."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells of whom a text is; empty: of nobody. Words, addresses and numbers without regard to case.

    `names` and `places` (streets, postcodes, order numbers) are words in a row and count together; `orders` are
    external ids, `parcels` the numbers they go under.
    """

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    names: frozenset[Words] = frozenset()
    places: frozenset[Words] = frozenset()
    parcels: frozenset[str] = frozenset()
    orders: frozenset[tuple[ShopId, str]] = frozenset()

    def __or__(self, other: Self) -> Self:
        """Either of two persons."""
        return type(self)(*(getattr(self, each.name) | getattr(other, each.name) for each in fields(self)))

    def is_named_in(self, content: bytes) -> bool:
        """Whether it names the person, as a letter would: numbers of orders and parcels alone do not."""
        return any(self._is_named(text.casefold()) for text in set(spellings(content)))

    def is_meant_by(self, content: bytes, shop: ShopId | None = None) -> bool:
        """Whether it is about them, named or not: a parcel of theirs, or an order of theirs in the shop it is from."""
        told = set(spellings(content))
        return self.is_named_in(content) or any(self._is_about(text, shop) for text in told)

    def _is_named(self, text: str) -> bool:
        if any(stands_in(text, email) for email in self.emails) or (self.phones and self._is_called(text)):
            return True
        names = [name for name in self.names if all(word in text for word in name)]
        words = _WORD.findall(text) if names else []  # as a rule none: a shop's messages are of many
        return any(_stands(name, words) for name in names) and any(_follow(place, words) for place in self.places)

    def _is_called(self, text: str) -> bool:
        found = (re.sub(r"\D", "", each) for each in _DIGITS.findall(text))
        return any(phone in digits for digits in found for phone in self.phones)

    def _is_about(self, text: str, shop: ShopId | None) -> bool:
        folded = text.casefold()
        if any(number in folded and _follow((number,), _WORD.findall(folded)) for number in self.parcels):
            return True
        return bool(self.orders) and any((shop, found[1] or found[2]) in self.orders for found in _ORDER.finditer(text))


def by_email(email: str) -> Identity:
    """Whoever has this address, of whom nothing else is known."""
    return Identity(emails=frozenset(filter(None, [email.strip().casefold()])))


def by_order(order: Order, shop: ShopId, parcels: Iterable[str]) -> Identity:
    """One order and its parcels, whoever they are of."""
    numbers = frozenset(each.casefold() for each in parcels if len(each) >= _LEAST_PARCEL)
    return Identity(parcels=numbers, orders=frozenset({(shop, order.ref.external_id)}))


def by_shopper(order: Order) -> Identity:
    """Who placed the order; whom it was sent to as a gift is somebody else."""
    shopper = order.shopper
    homes = [each for each in (shopper.billing, shopper.delivery) if each]
    own = shopper.name or next((each.name for each in homes if each.name), None) or ""
    names = {own.casefold(), ((shopper.billing and shopper.billing.name) or own).casefold()}
    theirs = [home for home in homes if home is shopper.billing or (home.name or own).casefold() in names]
    number = [order.number] if len(order.number) >= _LEAST_NUMBER else []
    places = [place for home in theirs for place in _places(home)]
    phones = (shopper.phone, *(home.phone for home in theirs))
    return Identity(
        emails=by_email(shopper.email or "").emails,
        phones=frozenset(found for phone in phones if (found := _compared(phone))),
        names=frozenset(words for name in names if len(words := _words(name)) > 1),
        places=frozenset(filter(None, map(_words, [*places, *number]))),
    )


def either(identities: Iterable[Identity]) -> Identity:
    """Any of them."""
    return reduce(Identity.__or__, identities, Identity())


def _places(home: Address) -> Iterable[str]:
    """A street without a number, or with nothing else, is no place yet."""
    yield from (line for line in home.lines if len(_words(line)) > 1 and any(each.isdigit() for each in line))
    yield from (home.postcode,) if home.postcode else ()


def _compared(phone: str | None) -> str:
    digits = re.sub(r"\D", "", phone or "")
    return digits[-_COMPARED_DIGITS:] if len(digits) >= _LEAST_DIGITS else ""


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _follow(wanted: Words, words: Sequence[str]) -> bool:
    """Whether these stand in a row."""
    return any(tuple(words[at : at + len(wanted)]) == wanted for at, word in enumerate(words) if word == wanted[0])


def _stands(name: Words, words: Sequence[str]) -> bool:
    """Whether all of a name stand close together, in any order."""
    reach = len(name) + _BETWEEN
    return any(set(name) <= set(words[at : at + reach]) for at, word in enumerate(words) if word in name)
