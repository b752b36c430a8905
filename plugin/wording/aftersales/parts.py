"""What the page is built from: terms with sentences, each with its sources and how sure they are."""

from dataclasses import dataclass

from plugin.domain.law.answers import Certainty
from plugin.domain.law.jurisdiction import Block
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.policy.terms import Words
from plugin.i18n import FALLBACK, Catalogue


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence; `language` is set where it is not the page's, as with words the merchant gave in others only."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as cited; `url` only http(s), None when its text has no address."""

    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A term and what is said of it. `mark` tells what is not certain about it, empty where nothing is."""

    term: str
    said: tuple[Said, ...]
    sources: tuple[Cited, ...] = ()
    mark: str = ""


def row(term: str, *texts: str, sources: tuple[Cited, ...] = (), mark: str = "") -> tuple[Row, ...]:
    """A row of the page's own sentences; none where there is nothing to say."""
    said = tuple(Said(text) for text in texts if text)
    return (Row(term, said, sources, mark),) if said else ()


def own_words(written: Words | None, words: Catalogue) -> tuple[Said, ...]:
    """The merchant's words in the page's language, else in English, else in the first there is."""
    if not written:
        return ()
    language = next((tag for tag in (words.language, FALLBACK) if tag in written), next(iter(written)))
    return (Said(written[language], None if language == words.language else language),)


def own_row(term: str, written: Words | None, words: Catalogue) -> tuple[Row, ...]:
    """A row of the merchant's words."""
    said = own_words(written, words)
    return (Row(term, said),) if said else ()


def cited(block: Block | None, rulebook: Rulebook, *fields: str) -> tuple[Cited, ...]:
    """The sources of these fields of a country's law, law and article, each once."""
    if block is None:
        return ()
    known = [name for name in fields if name in block.provenance]
    return tuple(_cited(source, rulebook) for source in block.sources(*known))


def mark(certainty: Certainty, words: Catalogue) -> str:
    """What to tell of a rule nobody has read in the law itself."""
    match certainty:
        case Certainty.UNVERIFIED:
            return words.text("page.law.unverified")
        case Certainty.SECONDARY:
            return words.text("page.law.secondary")
        case _:
            return ""


def _cited(source: str, rulebook: Rulebook) -> Cited:
    found = rulebook.source(source)
    is_address = found.url is not None and found.url.startswith(("https://", "http://"))
    return Cited(found.citation, found.url if is_address else None)
