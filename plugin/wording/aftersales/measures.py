"""Hours, days and weights as CLDR writes them."""

from babel.units import format_unit

from plugin.i18n import Catalogue

_GRAMS_A_KILOGRAM = 1000
_LONG = 48


def hours(number: int, words: Catalogue) -> str:
    """So many hours; in full where CLDR has the full word (Dutch and Japanese have only the short one)."""
    return _duration(number, "hour", words)


def elapsed(seconds: int, words: Catalogue) -> str:
    """How long something took: in whole hours, from two days on in days, and never less than it was."""
    spent = -(-seconds // 3600)
    return _duration(spent, "hour", words) if spent < _LONG else _duration(-(-spent // 24), "day", words)


def weight(grams: int, words: Catalogue) -> str:
    """A weight in kilograms."""
    return format_unit(grams / _GRAMS_A_KILOGRAM, "mass-kilogram", "short", locale=words.locale)


def _duration(number: int, unit: str, words: Catalogue) -> str:
    name = f"duration-{unit}"
    text = format_unit(number, name, "long", locale=words.locale)
    return format_unit(number, name, "short", locale=words.locale) if name in text else text
