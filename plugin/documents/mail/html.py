"""Blocks as a whole HTML mail: one layout, right to left where the language is, nothing remote in it."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import assert_never

from plugin.documents.mail import style
from plugin.documents.mail.blocks import Block, Button, Facts, Heading, Items, Legal, Link, Paragraph, Quote
from plugin.i18n import Catalogue, catalogue

_LAYOUT = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
_WRAP = "overflow-wrap:anywhere;word-break:break-word"
_TEXT = f"margin:0 0 16px;font-size:16px;line-height:1.5;{_WRAP}"


def as_html(
    subject: str,
    preview: str,
    around: tuple[str, Sequence[str], Sequence[Link]],
    blocks: Iterable[Block],
    words: Catalogue,
) -> str:
    """The page; `preview` is shown behind the subject in lists, `around` the name above, lines and links below it."""
    masthead, foot, links = around
    of = f'lang="{words.language}" dir="{words.direction}"'
    align = "right" if words.direction == "rtl" else "left"
    return "".join((
        f'<!doctype html>\n<html {of}><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
        '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">',
        f"<title>{escape(subject)}</title><style>{style.SHEET}</style></head>\n",
        f'<body class="m-ground" style="margin:0;padding:0;{style.GROUND}">',
        f'<div style="display:none;max-height:0;overflow:hidden">{escape(preview)}</div>\n' if preview else "\n",
        f'<table {_LAYOUT} class="m-ground" style="{style.GROUND}" {of}><tr>',
        '<td class="m-outer" align="center" style="padding:24px 16px">',
        f'<table {_LAYOUT} style="max-width:600px;{style.FONT}">\n',
        *_head(masthead, align),
        f'<tr><td class="m-surface m-inner" align="{align}" style="padding:24px;{style.SURFACE}">\n',
        *(f"{markup}\n" for block in blocks for markup in _markup(block, align)),
        "</td></tr>\n",
        *_foot((*map(_text, foot), *map(_link, links)), align),
        "</table></td></tr></table></body></html>\n",
    ))  # fmt: skip


def _head(masthead: str, align: str) -> Iterator[str]:
    if masthead:
        look = f"padding:0 0 16px;font-size:16px;font-weight:600;{style.INK};{_WRAP}"
        yield f'<tr><td class="m-ink" align="{align}" style="{look}">{_text(masthead)}</td></tr>\n'


def _foot(lines: Sequence[str], align: str) -> Iterator[str]:
    if lines:
        look = f"padding:16px 0 0;font-size:13px;line-height:1.5;{style.QUIET};{_WRAP}"
        yield f'<tr><td class="m-quiet" align="{align}" style="{look}">{"<br>".join(lines)}</td></tr>\n'


def _link(link: Link) -> str:
    of = f' lang="{link.language}"' if link.language else ""
    return f'<a class="m-accent" href="{escape(link.address)}"{of} style="{style.ACCENT}">{_text(link.label)}</a>'


def _markup(block: Block, align: str) -> Iterator[str]:
    match block:
        case Heading(text):
            look = f"margin:0 0 12px;font-size:20px;line-height:1.3;font-weight:600;{style.INK};{_WRAP}"
            yield f'<h2 class="m-ink" style="{look}">{_text(text)}</h2>'
        case Paragraph(text, is_quiet):
            yield _paragraph(text, is_quiet=is_quiet)
        case Facts(rows):
            yield from _facts(rows, align)
        case Items(texts, is_numbered):
            yield _items(texts, "ol" if is_numbered else "ul")
        case Button(label, address):
            look = (
                f"display:inline-block;padding:12px 20px;font-size:16px;line-height:20px;font-weight:600;{style.BUTTON}"
            )
            button = (
                f'<a class="m-button" href="{escape(address)}" style="{look};text-decoration:none">{_text(label)}</a>'
            )
            yield f'<p style="margin:8px 0 24px">{button}</p>'
        case Link():
            yield f'<p style="{_TEXT}">{_link(block)}</p>'
        case Quote(text, author):
            yield _quote(text, author, align)
        case Legal(title, paragraphs, language):
            yield from _legal(title, paragraphs, language)
        case _:
            assert_never(block)


def _paragraph(text: str, *, is_quiet: bool = False) -> str:
    colour, name = (style.QUIET, "m-quiet") if is_quiet else (style.INK, "m-ink")
    return f'<p class="{name}" style="{_TEXT};{colour}">{_text(text)}</p>'


def _facts(rows: Sequence[tuple[str, str]], align: str) -> Iterator[str]:
    cell = f"padding:8px 0;font-size:16px;line-height:1.4;vertical-align:top;{style.RULE};{_WRAP}"
    gap = "padding-left:12px" if align == "right" else "padding-right:12px"
    yield '<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">'
    for name, value in rows:
        head = f'scope="row" align="{align}" class="m-quiet m-rule" width="40%"'
        yield f'<tr><th {head} style="{cell};{gap};font-weight:400;{style.QUIET}">{_text(name)}</th>'
        yield f'<td align="{align}" class="m-ink m-rule" style="{cell};{style.INK}"><bdi>{_text(value)}</bdi></td></tr>'
    yield "</table>"


def _items(texts: Sequence[str], tag: str) -> str:
    inner = "".join(f'<li style="margin:0 0 8px">{_text(text)}</li>' for text in texts)
    return f'<{tag} class="m-ink" style="{_TEXT};padding:0 24px;{style.INK}">{inner}</{tag}>'


def _quote(text: str, author: str, align: str) -> str:
    edge = "right" if align == "right" else "left"
    look = f"margin:0 0 16px;padding:4px 16px;border-{edge}:3px solid #dcdeda"
    said = (
        f'<p class="m-quiet" style="margin:0 0 4px;font-size:13px;{style.QUIET}">{_text(author)}</p>' if author else ""
    )
    look_typed = f"margin:0;font-size:16px;line-height:1.5;{style.INK};{_WRAP}"
    typed = f'<p class="m-ink" dir="auto" style="{look_typed}">{_text(text)}</p>'
    return f'<blockquote class="m-rule" style="{look}">{said}{typed}</blockquote>'


def _legal(title: str, paragraphs: Sequence[str], language: str | None) -> Iterator[str]:
    own = catalogue(language) if language else None
    of = f' lang="{own.language}" dir="{own.direction}"' if own else ""
    side = "" if own is None else f";text-align:{'right' if own.direction == 'rtl' else 'left'}"
    yield f'<div class="m-legal"{of} style="margin:0 0 24px;padding:16px 16px 4px;{style.LEGAL}{side}">'
    if title:
        look = f"margin:0 0 8px;font-size:16px;line-height:1.35;font-weight:600;{style.INK}"
        yield f'<h3 class="m-ink" style="{look}">{_text(title)}</h3>'
    yield from (_paragraph(paragraph) for paragraph in paragraphs)
    yield "</div>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
