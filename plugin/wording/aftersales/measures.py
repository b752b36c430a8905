"""Hours and weights as CLDR writes them."""

from babel.units import format_unit

from plugin.i18n import Catalogue

_GRAMS_A_KILOGRAM = 1000


def hours(number: int, words: Catalogue) -> str:
    """So many hours; in full where CLDR has the full word (Dutch and Japanese have only the short one)."""
    text = format_unit(number, "duration-hour", "long", locale=words.locale)
    is_missing = "duration-hour" in text
    return format_unit(number, "duration-hour", "short", locale=words.locale) if is_missing else text


def weight(grams: int, words: Catalogue) -> str:
    """A weight in kilograms."""
    return format_unit(grams / _GRAMS_A_KILOGRAM, "mass-kilogram", "short", locale=words.locale)
