"""What a shop is called here: as its platform calls it, made showable, and told from the merchant's other shops."""

from collections.abc import Collection, Iterator
from itertools import count

from plugin.domain.shop import ProvenShop

LONGEST_NAME = 200
_LONGEST_PLACE = 100


def distinct_name(shop: ProvenShop, taken: Collection[str]) -> str:
    """The shop's name, followed by where it is when the name alone is taken: 1 to 200 printable characters."""
    return next(name for name in _names(shop) if name not in taken)


def _names(shop: ProvenShop) -> Iterator[str]:
    place = _showable(shop.address.rpartition("://")[2])[:_LONGEST_PLACE].rstrip()
    host = place.partition("/")[0]
    name = _showable(shop.name) or place
    yield name
    for where in (host, place):
        yield _told_apart(name, where)
    for number in count(2):
        yield _told_apart(name, f"{place}, {number}")


def _told_apart(name: str, where: str) -> str:
    suffix = f" ({where})"
    return f"{name[: LONGEST_NAME - len(suffix)]}{suffix}"


def _showable(text: str) -> str:
    """On one line, without control characters; names may come as platforms let people type them."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:LONGEST_NAME].rstrip()
