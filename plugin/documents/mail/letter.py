"""Blocks to a message."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plugin.documents.mail.blocks import Block, Link, Paragraph
from plugin.documents.mail.html import as_html
from plugin.documents.mail.plain import as_text, foot_text
from plugin.i18n import Catalogue
from plugin.ports.mailer import Mail

_PREVIEW = 140
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Whose letter it is: the name above it, and below it lines (who that is and where) and links."""

    name: str = ""
    foot: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def write(  # noqa: PLR0913 - what a letter is
    to: str,
    subject: str,
    blocks: Iterable[Block],
    words: Catalogue,
    masthead: Masthead | None = None,
    *,
    preview: str | None = None,
    unsubscribe: str | None = None,
    is_for_staff: bool = False,
) -> Mail:
    """The message in both forms, in the language of `words`.

    `preview` is what lists of mail show behind the subject: the first paragraph unless told. A break or control
    character in the subject is a space: a name or a title may stand there that somebody else has typed.
    """
    said, head = tuple(blocks), masthead or Masthead()
    title = one_line(subject)
    first = next((block.text for block in said if isinstance(block, Paragraph)), "") if preview is None else preview
    html = as_html(title, one_line(first)[:_PREVIEW], (head.name, head.foot, head.links), said, words)
    text = as_text(said) + foot_text(head.name, head.foot, head.links)
    return Mail(to, title, text, words.language, html, unsubscribe=unsubscribe, is_for_staff=is_for_staff)


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(_CONTROL.sub(" ", text).split())
