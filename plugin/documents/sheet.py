"""A legal document as it is handed over: the official words, the trader's data filled in, as text; `pdf` sets it.

A durable medium is what the shopper can keep unchanged (Directive 2011/83/EU art. 2(10)); both forms have the same
words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from plugin.domain.legal_documents import Insert, LegalDocument, filled, has_gaps
from plugin.domain.policy.identity import Address, ReturnAddress, Trader
from plugin.i18n import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Sheet:
    """Words on paper. `language` is theirs; `notice` tells, in the `reader`'s language, that English stands in."""

    language: str
    reader: str
    title: str
    paragraphs: tuple[str, ...]
    notice: str = ""

    @property
    def text(self) -> str:
        """The whole as plain text, a line for each paragraph."""
        return "\n\n".join(part for part in (self.notice, self.title, "\n".join(self.paragraphs)) if part) + "\n"


def sheet_of(document: LegalDocument, inserts: Mapping[Insert, str]) -> Sheet | None:
    """The document to hand over; None when it leaves room for something nobody has said, since gaps inform nobody."""
    text = filled(document, inserts)
    if has_gaps(text):
        return None
    title, _, body = text.partition("\n")
    notice = catalogue(document.asked).text("document.english") if document.is_substitute else ""
    paragraphs = tuple(line for line in body.split("\n") if line.strip())
    return Sheet(document.language, document.asked, title, paragraphs, notice)


def inserts_of(
    trader: Trader | None, language: str, *, online: str | None = None, return_to: ReturnAddress | None = None
) -> dict[Insert, str]:
    """What can be filled in, in the document's language; a country has its name in it."""
    words = catalogue(language)
    known = {
        Insert.TRADER: trader_line(trader, words) if trader else None,
        Insert.ONLINE: online,
        Insert.RETURN_TO: _joined((return_to.name,), return_to.address, words) if return_to else None,
    }
    return {insert: value for insert, value in known.items() if value}


def trader_line(trader: Trader, words: Catalogue) -> str:
    """The trader's name, geographical address, e-mail address and phone (Annex I(A), instruction 2)."""
    return _joined((trader.name,), trader.address, words, (trader.email, trader.phone or ""))


def _joined(before: tuple[str, ...], address: Address, words: Catalogue, after: tuple[str, ...] = ()) -> str:
    parts = (*before, *address.lines, words.country(address.country), *after)
    return ", ".join(dict.fromkeys(part for part in parts if part))
