"""How an order's number is compared, and what range of stored numbers begins with a text."""

_LAST = "\U0010ffff"
_OPENING = "([{\"'„“‚‘«‹¿¡"
"""What stands before a word of a name."""


def normalised(number: str) -> str:
    """A number as it is searched for: case, spaces around it and a leading # do not matter."""
    return number.strip().removeprefix("#").strip().casefold()


def prefix_range(text: str) -> tuple[str, str]:
    """From (inclusive) and to (exclusive) of all normalised numbers that begin with the text, compared byte by byte."""
    beginning = normalised(text)
    return beginning, beginning + _LAST


def begins_a_word(text: str, name: str) -> bool:
    """Whether each word of the text begins one of the name's, case aside; without spaces it may stand anywhere."""
    words = name.casefold().split()
    folded = text.casefold()
    if not folded.isascii() and folded in name.casefold():
        return True
    return all(any(word.lstrip(_OPENING).startswith(part) for word in words) for part in folded.split())
