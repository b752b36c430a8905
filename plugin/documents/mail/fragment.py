"""Blocks as a piece of HTML that brings no style of its own, for the body of a mail that somebody else sends."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import assert_never

from plugin.documents.mail.blocks import Block, Button, Facts, Heading, Items, Legal, Link, Paragraph, Quote
from plugin.i18n import Catalogue, catalogue


def as_fragment(title: str, blocks: Iterable[Block], words: Catalogue) -> str:
    """A section; nothing in it is anything but text and links."""
    inner = "".join(markup for block in blocks for markup in _markup(block))
    return f'<section lang="{words.language}" dir="{words.direction}"><h2>{escape(title)}</h2>{inner}</section>'


def _markup(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"<h3>{escape(text)}</h3>"
        case Paragraph(text, _):
            yield f"<p>{_lines(text)}</p>"
        case Quote(text, author):
            yield f"<p>{escape(author)}</p>" if author else ""
            yield f'<blockquote dir="auto">{_lines(text)}</blockquote>'
        case Facts(rows):
            inner = "".join(f"<dt>{escape(name)}</dt><dd><bdi>{_lines(value)}</bdi></dd>" for name, value in rows)
            yield f"<dl>{inner}</dl>"
        case Items(texts, is_numbered):
            tag = "ol" if is_numbered else "ul"
            yield f"<{tag}>{''.join(f'<li>{_lines(text)}</li>' for text in texts)}</{tag}>"
        case Button(label, address) | Link(label, address, _):
            yield f'<p><a href="{escape(address)}">{escape(label)}</a></p>'
        case Legal(title, paragraphs, language):
            yield _legal(title, paragraphs, language)
        case _:
            assert_never(block)


def _legal(title: str, paragraphs: Sequence[str], language: str | None) -> str:
    own = catalogue(language) if language else None
    of = f' lang="{own.language}" dir="{own.direction}"' if own else ""
    head = f"<h3>{escape(title)}</h3>" if title else ""
    return f"<div{of}>{head}{''.join(f'<p>{_lines(each)}</p>' for each in paragraphs)}</div>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
