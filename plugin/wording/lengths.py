"""Lengths of time as people say them, in the case that follows "for": 14 days, 2 years."""

from plugin.i18n import Catalogue

_MONTHS_A_YEAR = 12


def days(number: int, words: Catalogue, *, working: bool = False) -> str:
    """So many days, or working days."""
    return words.text("length.working_days" if working else "length.days", n=number)


def months(number: int, words: Catalogue) -> str:
    """So many months; whole years as years."""
    if number % _MONTHS_A_YEAR == 0:
        return words.text("length.years", n=number // _MONTHS_A_YEAR)
    return words.text("length.months", n=number)
