"""What a claim is called on the phone."""

import secrets

_SPOKEN = "23456789CDFGHJKMNPQRTVWX"
"""No letter that looks or sounds like a digit or like another, and no vowel, so that no number spells a word."""
_LENGTH = 6


def spoken_number() -> str:
    """`R-` and six of 24 signs: 191 million numbers, none of them to be guessed from another."""
    return "R-" + "".join(secrets.choice(_SPOKEN) for _ in range(_LENGTH))


def normalised_number(typed: str) -> str:
    """A number as it is kept, from how somebody typed it: case, spaces and a leading # do not matter."""
    return "".join(typed.split()).removeprefix("#").upper()
