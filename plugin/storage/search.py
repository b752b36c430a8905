"""How an order's number is compared, and what range of stored numbers begins with a text."""

_LAST = "\U0010ffff"


def normalised(number: str) -> str:
    """A number as it is searched for: case, spaces around it and a leading # do not matter."""
    return number.strip().removeprefix("#").strip().casefold()


def prefix_range(text: str) -> tuple[str, str]:
    """From (inclusive) and to (exclusive) of all normalised numbers that begin with the text, compared byte by byte."""
    beginning = normalised(text)
    return beginning, beginning + _LAST
