"""What stands beside a product in words: its documents, spare parts and repair, the producer's label, the notice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from babel.numbers import format_currency
from babel.units import format_unit

from plugin.domain.artwork import Label
from plugin.domain.certificates import Certificate, StoredFile
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.texts import official_text
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.terms import Words
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.aftersales.parts import own_words
from plugin.wording.aftersales.scopes import scope_text

_FILE_KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "image/svg+xml": "SVG"}
_KILOBYTE = 1000
_MONTHS = 12
_ISOLATE, _POP = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A term, what is said of it, and where to read on; `language` where the words are not in the reader's."""

    term: str
    text: str = ""
    language: str | None = None
    link: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class RepairCard:
    """What is said of some goods; `title` names them."""

    title: str
    rows: tuple[RepairRow, ...]


def repair_rows(repair: RepairInformation, words: Catalogue) -> tuple[RepairRow, ...]:
    """Everything the merchant states, in one order on every surface."""
    return tuple(_rows(repair, words))


def repair_cards(policy: PolicyVersion | None, words: Catalogue) -> tuple[RepairCard, ...]:
    """All that is stated, by goods, what is for everything last."""
    stated = [each for each in policy.repairs if each.says_something] if policy else []
    stated.sort(key=lambda each: (tuple(-rank for rank in each.scope.specificity), each.id))
    is_rest = len(stated) > 1
    return tuple(
        RepairCard(scope_text(each.scope, words, is_rest=is_rest), repair_rows(each, words)) for each in stated
    )


def file_text(file: StoredFile, words: Catalogue) -> str:
    """What kind of file it is and at most how large: `PDF, 12 kB`. CLDR spells a single unit out in some languages."""
    size = file.size / _KILOBYTE
    number, unit = (max(2, ceil(size)), "kilobyte") if size < _KILOBYTE else (round(size / _KILOBYTE, 1), "megabyte")
    said = format_unit(number, f"digital-{unit}", "short", locale=words.locale)
    return _joined(", ", (_FILE_KINDS[file.media_type], said), words)


def validity_text(certificate: Certificate, words: Catalogue) -> str:
    """Until when it is valid; empty where it does not expire."""
    return words.text("document.valid", day=certificate.expires_on) if certificate.expires_on else ""


def label_text(label: Label, words: Catalogue) -> str:
    """The label's own words: the official sentence with the years, and the producer (Reg. (EU) 2025/1960 Annex II)."""
    said, years = _official("producer_guarantee_in_years", words), label.months // _MONTHS
    length = f"{said}: {words.number(years)}" if said else words.text("length.years", n=years)
    return _joined(" · ", ("GARAN", length, label.producer), words)


def notice_transcript(words: Catalogue) -> tuple[str, ...]:
    """The notice's words, line by line; none in a language the official words are not at hand in."""
    said = _official("legal_guarantee_notice_transcript", words)
    return tuple(line for line in said.split("\n") if line.strip())


def _rows(repair: RepairInformation, words: Catalogue) -> Iterator[RepairRow]:
    if repair.parts_years is not None:
        length = words.text("length.years", n=repair.parts_years)
        yield RepairRow(words.text("repair.parts"), words.text("repair.parts.years", length=length))
    if repair.parts_from is not None or repair.price_list is not None:
        yield _price(repair, words)
    yield from _own("ordering", repair.ordering, words)
    if repair.manual is not None:
        manual = words.text("repair.manual")
        yield RepairRow(manual, link=manual, address=repair.manual)
    yield from _own("service", repair.service, words)
    yield from _own("limits", repair.limits, words)


def _price(repair: RepairInformation, words: Catalogue) -> RepairRow:
    lowest, text = repair.parts_from, ""
    if lowest is not None:
        amount = format_currency(lowest.decimal(), lowest.currency, locale=words.locale)
        text = words.text("repair.price.from", amount=amount)
    link = words.text("repair.price.list") if repair.price_list else ""
    return RepairRow(words.text("repair.price"), text, link=link, address=repair.price_list or "")


def _own(name: str, written: Words | None, words: Catalogue) -> Iterator[RepairRow]:
    for said in own_words(written, words):
        yield RepairRow(words.text(f"repair.{name}"), said.text, said.language)


def _official(key: str, words: Catalogue) -> str:
    try:
        return official_text(words.language, key).text
    except UnknownText:
        return ""


def _joined(between: str, parts: Iterable[str], words: Catalogue) -> str:
    """Parts one after another, each read by itself where the language runs the other way (Unicode TR9)."""
    is_mixed = words.direction == "rtl"
    return between.join(f"{_ISOLATE}{part}{_POP}" if is_mixed else part for part in parts)
