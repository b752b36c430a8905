"""Addresses as they stand on paper."""

from plugin.domain.order import Address
from plugin.domain.policy.identity import ReturnAddress
from plugin.i18n import Catalogue


def place_lines(place: ReturnAddress, words: Catalogue) -> tuple[str, ...]:
    """A return address, its country by name."""
    return tuple(dict.fromkeys((place.name, *place.address.lines, words.country(place.address.country))))


def sender_lines(sender: Address, words: Catalogue) -> tuple[str, ...]:
    """A shopper's address, what is missing left out."""
    town = " ".join(filter(None, (sender.postcode, sender.city)))
    state = f"{town}, {sender.state}" if sender.state and town else town
    country = words.country(sender.country) if sender.country else None
    return tuple(filter(None, (sender.name, sender.company, *sender.lines, state, country)))
