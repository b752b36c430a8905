"""The parts of a confirmation, as text and as HTML that brings no style of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from plugin.i18n import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its paragraphs; `language` where it is not the confirmation's own; `link` is words and address."""

    heading: str
    paragraphs: tuple[str, ...]
    language: str | None = None
    link: tuple[str, str] | None = None


def as_text(title: str, parts: Iterable[Part]) -> str:
    """Plain text, a blank line between parts."""
    return "\n\n".join((title, *("\n".join(_lines(part)) for part in parts))) + "\n"


def as_html(title: str, parts: Iterable[Part], words: Catalogue) -> str:
    """A fragment for the body of a mail; nothing in it is anything but text and links."""
    inner = "".join("".join(_markup(part)) for part in parts)
    return f'<section lang="{words.language}" dir="{words.direction}"><h2>{escape(title)}</h2>{inner}</section>'


def _lines(part: Part) -> Iterator[str]:
    if part.heading:
        yield part.heading
    yield from part.paragraphs
    if part.link:
        yield f"{part.link[0]}: {part.link[1]}"


def _markup(part: Part) -> Iterator[str]:
    foreign = catalogue(part.language) if part.language else None
    if foreign:
        yield f'<div lang="{foreign.language}" dir="{foreign.direction}">'
    if part.heading:
        yield f"<h3>{escape(part.heading)}</h3>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in part.paragraphs)
    if part.link:
        yield f'<p><a href="{escape(part.link[1])}">{escape(part.link[0])}</a></p>'
    if foreign:
        yield "</div>"
