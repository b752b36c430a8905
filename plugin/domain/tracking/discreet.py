"""What is kept back from somebody who only knows order number and e-mail address: whatever may tell where they live."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from plugin.domain.order import Address, Shopper
from plugin.domain.tracking.told import Situation, ToldParcel, ToldStep

_WORD: Final = re.compile(r"\w+")
_SHORTEST: Final = 3
_UNSPACED: Final = "\u2e80"
"""From here on scripts write without spaces between words (Chinese, Japanese, Korean): two letters can be a name."""
_HANDED_OVER: Final = frozenset({Situation.DELIVERED, Situation.COLLECTED, Situation.FAILED_ATTEMPT})
"""What carriers say of these names who took it in, and where it was left."""


def discreet(parcel: ToldParcel, shopper: Shopper) -> ToldParcel:
    """The parcel without the raw words and places that a word of the shopper's name, street or postcode stands in.

    What the carrier says of handing it over is left out whole: it names neighbours too. The city may stay. Pages that
    the shop gave are left out too: some carriers want the postcode in the address (PostNL).
    """
    private = frozenset(_private(shopper))
    numbers = tuple(replace(each, url=None) if each.is_typed else each for each in parcel.numbers)
    return replace(parcel, steps=tuple(_kept_back(step, private) for step in parcel.steps), numbers=numbers)


def _kept_back(step: ToldStep, private: frozenset[str]) -> ToldStep:
    told = " ".join(text for report in step.step.reports for text in (report.message, report.place.words) if text)
    is_private = step.status in _HANDED_OVER or not private.isdisjoint(_words(told)) or _is_within(told, private)
    return replace(step, is_discreet=is_private)


def _is_within(told: str, private: frozenset[str]) -> bool:
    """Whether a postcode, phone number or word of an unspaced script stands in it, however it is spaced."""
    bare = "".join(letter for letter in told.casefold() if letter.isalnum())
    return any(each in bare for each in private if any(letter.isdigit() or letter >= _UNSPACED for letter in each))


def _private(shopper: Shopper) -> Iterator[str]:
    addresses = [each for each in (shopper.delivery, shopper.billing) if each]
    texts = [shopper.name, *(text for address in addresses for text in _texts(address))]
    for text in filter(None, texts):
        yield from _words(text)
    for number in (shopper.phone, *(each for address in addresses for each in (address.phone, address.postcode))):
        bare = "".join(letter for letter in (number or "").casefold() if letter.isalnum())
        if len(bare) >= _SHORTEST:
            yield bare


def _texts(address: Address) -> Iterable[str | None]:
    return (address.name, address.company, *address.lines)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _shortest(word)]


def _shortest(word: str) -> int:
    return _SHORTEST - 1 if any(letter >= _UNSPACED for letter in word) else _SHORTEST
