"""Which words a legal document has in a language: the official ones, what the merchant attested, or none yet.

Nothing here is ever translated. Where no official text of a document is shipped in a language, the merchant pastes the
official one and attests it; until then that one document is shown in official English with a notice, or not at all.
Where nothing is at hand in English either, the document is *needed* and is not offered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from plugin.domain.errors import Invalid
from plugin.domain.ids import StaffId
from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.law.texts import LegalText, fixed_text

ENGLISH = "en"
MOST_CHARACTERS = 20_000
_OF_THE_DIRECTIVE = frozenset({"EU", "EEA"})


class Piece(StrEnum):
    """A document the law prescribes word for word (Directive 2011/83/EU Annex I)."""

    INSTRUCTION = "withdrawal_instruction"
    """Annex I(A)."""
    FORM = "withdrawal_form"
    """Annex I(B)."""


class Standing(StrEnum):
    """Where the words of a document come from."""

    OFFICIAL = "official"
    ATTESTED = "attested"
    NEEDED = "needed"
    """Nothing is at hand in the language; English may be shown in its place."""


class Insert(StrEnum):
    """What an official text leaves to the trader to fill in."""

    TRADER = "trader"
    ONLINE = "online_address"
    RETURN_TO = "return_address"


_MARKS = {
    Insert.TRADER: "[here the trader's name, geographical address and e-mail address are to be inserted by the trader]",
    Insert.ONLINE: "[insert Internet address]",
}
"""How the official English marks them; attested texts mark them `{trader}`, `{online_address}`, `{return_address}`."""
_ASKED = {Piece.INSTRUCTION: (Insert.TRADER,), Piece.FORM: (Insert.TRADER,)}
_OFFICIAL = {(Piece.FORM, ENGLISH): "model_withdrawal_form_en"}


class TextIncomplete(Invalid):
    """A text to attest does not say where something the law asks for goes."""

    code = "attested_text_incomplete"


@dataclass(frozen=True, slots=True)
class AttestedText:
    """A text of which the merchant says that it is the official one: who, when, and exactly which words.

    Never changed: a correction is the next `version` of the same piece, language and country (None: wherever the
    language is spoken). `attested_by` None: the operator at the command line.
    """

    id: str
    piece: Piece
    language: str
    country: str | None
    version: int
    text: str
    attested_at: datetime
    attested_by: StaffId | None

    @property
    def digest(self) -> str:
        """SHA-256 of the words, in hexadecimal: what is recorded wherever they were shown."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """The words of a piece for a reader. `language` is theirs; `asked` the one that was wanted.

    `version` names the words for good: `official` with the digest, or the attested version's number.
    """

    piece: Piece
    asked: str
    language: str
    standing: Standing
    text: str
    version: str
    certainty: Certainty
    source: str

    @property
    def digest(self) -> str:
        """SHA-256 of the words before anything is inserted, in hexadecimal."""
        return digest_of(self.text)

    @property
    def is_substitute(self) -> bool:
        """Whether English stands in for the language that was wanted; the reader is told."""
        return self.language != self.asked


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one document is there for one language of one country."""

    piece: Piece
    country: str
    language: str
    standing: Standing
    attested: AttestedText | None = None


def legal_document(
    piece: Piece, language: str, country: str | None, attested: Sequence[AttestedText]
) -> LegalDocument | None:
    """The words to show; None while there are none, not even in English.

    What was attested for the country goes first, then what was attested for the language, then the official words.
    """
    own = latest(piece, language, country, attested)
    if own is not None:
        return _attested(own, language)
    official = _official(piece, language)
    if official is not None:
        return _shipped(piece, language, language, Standing.OFFICIAL, official)
    english = _official(piece, ENGLISH)
    if english is not None:
        return _shipped(piece, language, ENGLISH, Standing.NEEDED, english)
    stand_in = latest(piece, ENGLISH, country, attested)
    return _attested(stand_in, language) if stand_in else None


def latest(piece: Piece, language: str, country: str | None, attested: Iterable[AttestedText]) -> AttestedText | None:
    """The attested text in use for a country: its own before the language's, of each the newest version."""
    fitting = [
        text
        for text in attested
        if (text.piece, text.language) == (piece, language) and text.country in {country, None}
    ]
    return max(fitting, key=lambda text: (text.country is not None, text.version), default=None)


def coverage(
    languages: Mapping[str, Sequence[str]], attested: Sequence[AttestedText], rulebook: Mapping[str, Jurisdiction]
) -> tuple[Coverage, ...]:
    """What is there and what is needed, for the official `languages` of the countries a policy serves.

    Only of countries under the Directive: elsewhere the law prescribes no such document.
    """
    return tuple(
        _covered(piece, country, language, attested)
        for country in sorted(languages)
        if prescribes_documents(rulebook.get(country))
        for language in languages[country]
        for piece in Piece
    )


def prescribes_documents(place: Jurisdiction | None) -> bool:
    """Whether Annex I of Directive 2011/83/EU holds there."""
    return place is not None and place.region in _OF_THE_DIRECTIVE


def filled(document: LegalDocument, inserts: Mapping[Insert, str]) -> str:
    """The words with the trader's data in the places the text leaves for them; nothing else is touched."""
    text = document.text
    for insert, value in inserts.items():
        for mark in _marks(insert):
            text = text.replace(mark, value)
    return text


def has_gaps(text: str) -> bool:
    """Whether something is still to be inserted; a text with gaps informs nobody."""
    return any(mark in text for insert in Insert for mark in _marks(insert))


def checked(piece: Piece, text: str) -> str:
    """A text as it may be attested: trimmed, line ends as ours; raises `TextIncomplete` and `Invalid`."""
    words = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if not words or len(words) > MOST_CHARACTERS or any(not c.isprintable() and c not in "\n\t" for c in words):
        raise Invalid({"field": "text"})
    missing = [insert.value for insert in _ASKED[piece] if f"{{{insert.value}}}" not in words]
    if missing:
        raise TextIncomplete({"field": "text", "missing": ", ".join(missing)})
    return words


def digest_of(text: str) -> str:
    """SHA-256 of words in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _marks(insert: Insert) -> tuple[str, ...]:
    own = f"{{{insert.value}}}"
    return (own, _MARKS[insert]) if insert in _MARKS else (own,)


def _official(piece: Piece, language: str) -> LegalText | None:
    key = _OFFICIAL.get((piece, language))
    try:
        return fixed_text(key) if key else None
    except UnknownText:
        return None


def _shipped(piece: Piece, asked: str, language: str, standing: Standing, words: LegalText) -> LegalDocument:
    version = f"official-{digest_of(words.text)[:12]}"
    return LegalDocument(piece, asked, language, standing, words.text, version, words.verified, words.source)


def _attested(text: AttestedText, asked: str) -> LegalDocument:
    standing = Standing.ATTESTED if text.language == asked else Standing.NEEDED
    version = f"attested-{text.version}"
    return LegalDocument(
        text.piece, asked, text.language, standing, text.text, version, Certainty.SECONDARY, "attested by the merchant"
    )


def _covered(piece: Piece, country: str, language: str, attested: Sequence[AttestedText]) -> Coverage:
    own = latest(piece, language, country, attested)
    if own is not None:
        return Coverage(piece, country, language, Standing.ATTESTED, own)
    is_official = _official(piece, language) is not None
    return Coverage(piece, country, language, Standing.OFFICIAL if is_official else Standing.NEEDED)
