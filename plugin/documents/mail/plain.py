"""Blocks as plain text: for programs that show no HTML, and for whoever prefers it."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from plugin.documents.mail.blocks import Block, Button, Facts, Heading, Items, Legal, Link, Paragraph, Quote


def as_text(blocks: Iterable[Block]) -> str:
    """A blank line between blocks; a heading stands right above what it is about."""
    text = ""
    for block in blocks:
        text += f"{_said(block)}\n" if isinstance(block, Heading) else f"{_said(block)}\n\n"
    return text.rstrip("\n") + "\n"


def foot_text(name: str, lines: Sequence[str], links: Sequence[Link]) -> str:
    """What stands below a letter, behind the separator that programs fold away (RFC 3676 section 4.3)."""
    below = (*lines, *(_said(link) for link in links))
    named = (name, *below) if name else below
    return "".join(("\n-- \n", "\n".join(named), "\n")) if below else ""


def _said(block: Block) -> str:
    match block:
        case Heading(text) | Paragraph(text, _):
            return text
        case Facts(rows):
            return "\n".join(f"{name}: {value}" for name, value in rows)
        case Items(texts, is_numbered):
            return "\n".join(_items(texts, is_numbered=is_numbered))
        case Button(label, address) | Link(label, address, _):
            return f"{label}:\n{address}"
        case Quote(text, author):
            quoted = "\n".join(f"> {line}" for line in text.splitlines())
            return f"{author}:\n{quoted}" if author else quoted
        case Legal(title, paragraphs, _):
            return "\n".join((title, *paragraphs)) if title else "\n".join(paragraphs)
        case _:
            assert_never(block)


def _items(texts: Sequence[str], *, is_numbered: bool) -> Iterable[str]:
    marks = (f"{number}." if is_numbered else "-" for number in range(1, len(texts) + 1))
    return (f"{mark} {text}" for mark, text in zip(marks, texts, strict=True))
