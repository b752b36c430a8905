"""A return address in parts, as carriers ask for it: read from its lines, or not at all."""

import re
from dataclasses import dataclass
from typing import Final

from plugin.domain.policy.identity import Address

_POSTCODE: Final = r"(?:\d{2}-\d{3}|\d{3,5}(?:[ -]?\d{2,3})?(?: ?[A-Z]{2})?)"
_BEFORE: Final = re.compile(rf"(?:[A-Z]{{1,2}}-)?(?P<postcode>{_POSTCODE}) (?P<city>\D[^,]*)")
"""Postcode, then city: most of the continent."""
_AFTER: Final = re.compile(
    r"(?P<city>\D+?),? (?:(?P<state>[A-Z]{2,3}) )?(?P<postcode>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{4,5}(?:-\d{4})?)"
)
"""City, perhaps a state, then postcode: Great Britain, North America, Australia."""
_ALONE: Final = re.compile(rf"[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}|{_POSTCODE}")
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class PostalParts:
    """Street lines, postcode, city and, where the country has them in addresses, the state's code."""

    street: tuple[str, ...]
    postcode: str
    city: str
    state: str | None = None


def postal_parts(address: Address) -> PostalParts | None:
    """The parts of an address whose last line holds postcode and city, or the last two one each; None otherwise."""
    *street, last = (line.strip() for line in address.lines)
    if len(address.lines) >= _FEWEST and _ALONE.fullmatch(last):
        return PostalParts(tuple(street[:-1]), last, street[-1])
    found = _BEFORE.fullmatch(last) or _AFTER.fullmatch(last)
    if found is None or not street:
        return None
    parts = found.groupdict()
    return PostalParts(tuple(street), parts["postcode"], parts["city"].strip(), parts.get("state"))
