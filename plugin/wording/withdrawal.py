"""The words of the withdrawal function: the official ones of its two buttons, and what was declared, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_time

from plugin.domain.declaration import Declaration, Statement
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.texts import official_text
from plugin.i18n import FALLBACK, Catalogue

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Official:
    """Official words, unchanged; `language` is theirs, which may not be the reader's."""

    text: str
    language: str


def withdraw_words(words: Catalogue, country: str | None = None) -> Official:
    """What the way to the function is called (Directive 2011/83/EU art. 11a(1))."""
    return _official("withdraw_button", words, country)


def confirm_words(words: Catalogue, country: str | None = None) -> Official:
    """What confirms it, with these words only (art. 11a(3))."""
    return _official("confirm_button", words, country)


def statement_rows(said: Statement, words: Catalogue) -> tuple[Row, ...]:
    """What is declared, each field by its name."""
    return tuple(_statement(said, words))


def declaration_rows(declaration: Declaration, words: Catalogue) -> tuple[Row, ...]:
    """Number, instant of submission and content (art. 11a(4)); the content only while its person is not erased."""
    said = declaration.statement
    return (*receipt_rows(declaration, words), *(statement_rows(said, words) if said else ()))


def receipt_rows(declaration: Declaration, words: Catalogue) -> tuple[Row, ...]:
    """Number and instant of submission: nothing of it was typed by anybody."""
    return (
        (words.text("withdraw.number"), declaration.number),
        (words.text("withdraw.at"), moment(declaration, words)),
    )


def moment(declaration: Declaration, words: Catalogue) -> str:
    """The day with its weekday and the time to the second, by the clock of its zone and how far that is from UTC."""
    at = declaration.local
    time = format_time(at, "HH:mm:ss", locale=words.locale)
    return words.text("withdraw.moment", day=at.date(), time=f"{time} (UTC{_offset(at)})")


def _offset(at: datetime) -> str:
    return at.isoformat(timespec="seconds")[-6:]


def _statement(said: Statement, words: Catalogue) -> Iterator[Row]:
    yield words.text("withdraw.name"), said.name
    yield words.text("withdraw.reference"), said.reference
    yield words.text("withdraw.extent"), extent(said, words)
    yield words.text("withdraw.reply_to"), said.reply_to


def extent(said: Statement, words: Catalogue) -> str:
    """The whole order, or what of it: units that were picked, and what was typed; or where that was said."""
    if said.is_told_elsewhere:
        return words.text("withdraw.elsewhere")
    units = (f"{each.quantity} × {each.title}" for each in said.picked)
    return "\n".join((*units, *([said.part] if said.part else ()))) or words.text("withdraw.whole")


def _official(key: str, words: Catalogue, country: str | None) -> Official:
    """The country's own, else the language's, also that of a regional form (pt for pt-BR), else English."""
    for language in (words.language, words.language.partition("-")[0]):
        try:
            return Official(official_text(language, key, country).text, language)
        except UnknownText:
            continue
    return Official(official_text(FALLBACK, key).text, FALLBACK)
