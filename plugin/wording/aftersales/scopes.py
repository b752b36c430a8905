"""Which goods are meant, in plain words."""

from collections.abc import Iterable, Iterator
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency

from plugin.domain.money import Money
from plugin.domain.policy.scope import Scope, Season
from plugin.i18n import Catalogue

_BESIDE = " · "


def scope_text(scope: Scope, words: Catalogue, *, is_rest: bool = False) -> str:
    """The goods of a scope; all of them, or all the others where some were named before."""
    if scope.is_everything:
        return words.text("page.scope.other" if is_rest else "page.scope.all")
    return _BESIDE.join(_named(scope, words))


def _named(scope: Scope, words: Catalogue) -> Iterator[str]:
    if scope.products:
        yield words.text("page.scope.products")
    for key, names in (("skus", scope.skus), ("collections", scope.collections), ("tags", scope.tags)):
        if names:
            yield words.text(f"page.scope.{key}", names=names_text(names, words))
    if scope.categories:
        yield names_text(scope.categories, words)
    for key, price in (("price_from", scope.price_from), ("price_below", scope.price_below)):
        if price is not None:
            yield words.text(f"page.scope.{key}", amount=_amount(price, words))
    if scope.season is not None:
        yield _season(scope.season, words)


def names_text(names: Iterable[str], words: Catalogue) -> str:
    """Names as alternatives, in a fixed order."""
    return words.either(sorted(names))


def _season(season: Season, words: Catalogue) -> str:
    return words.text("page.scope.season", first=_day(season.first, words), last=_day(season.last, words))


def _day(day: date, words: Catalogue) -> str:
    """Without the weekday: a season is not a deadline."""
    return format_date(day, "long", locale=words.locale)


def _amount(price: Money, words: Catalogue) -> str:
    return format_currency(price.decimal(), price.currency, locale=words.locale)
