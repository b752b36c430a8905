"""A letter says the same twice: as HTML and as text; every block, in every language, whatever was typed."""

from __future__ import annotations

import os
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.documents.mail import (
    Block,
    Button,
    Facts,
    Heading,
    Items,
    Legal,
    Link,
    Masthead,
    Paragraph,
    Quote,
    write,
)
from plugin.documents.mail.fragment import as_fragment
from plugin.i18n import LANGUAGES, catalogue
from plugin.ports.mailer import Mail

GOLDEN = Path(__file__).parent / "golden"
RENEW = "AFTERCARE_GOLDEN" in os.environ
BLOCKS: tuple[Block, ...] = (
    Heading("Your return is on its way back"),
    Paragraph("We refund it when it arrives.\nThat is by law within 14 days."),
    Facts((("Claim", "A-1001"), ("Refund", "49,90 €"), ("Who pays the return", "Nordkap"))),
    Button("See your claim", "https://aftercare.example/c/1?a=1&b=2"),
    Items(("Pack it well.", "Bring it to the shop.")),
    Items(("Print", "Stick"), is_numbered=True),
    Quote("It does not <b>light</b>.\n--\nSee http://evil.example", "Ida Holm"),
    Legal("Muster-Widerrufsformular", ("An Nordkap", "Hiermit widerrufe ich"), "de"),
    Link("Our policy", "https://aftercare.example/p"),
    Paragraph("You get this letter because you asked for a return.", is_quiet=True),
)
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)
MANY = st.lists(PLAIN, min_size=1, max_size=3).map(tuple)
ANY_BLOCK = st.one_of(
    st.builds(Heading, PLAIN),
    st.builds(Paragraph, PLAIN, st.booleans()),
    st.builds(Facts, st.lists(st.tuples(PLAIN, PLAIN), min_size=1, max_size=3).map(tuple)),
    st.builds(Items, MANY, st.booleans()),
    st.builds(Quote, PLAIN, PLAIN),
    st.builds(Legal, PLAIN, MANY, st.sampled_from(("de", "ar", None))),
)


def letter(language: str = "en", *blocks: Block) -> Mail:
    masthead = Masthead("Nordkap", ("Nordkap AS", "Havnegata 1, 9008 Tromsø"))
    return write("ida@example.com", "Your return 1001", blocks or BLOCKS, catalogue(language), masthead)


class Page(HTMLParser):
    """What a program would show, and all it would be told to fetch or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said, self.tags, self.addresses, self.open = "", [], [], 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.said += "\n"
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "background", "srcset"}]
        self.open += tag not in {"meta", "br"}

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", ["html", "txt"])
def test_every_block_looks_as_it_was_agreed(language: str, form: str) -> None:
    """AFTERCARE_GOLDEN=1 writes them anew; look at what changed before you commit it."""
    path, mail = GOLDEN / f"letter.{language}.{form}", letter(language)
    found = mail.text if form == "txt" else mail.html or ""
    if RENEW:
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


@given(st.lists(ANY_BLOCK, min_size=1, max_size=6), PLAIN)
def test_both_forms_say_the_same_and_nothing_typed_is_markup(blocks: list[Block], subject: str) -> None:
    mail = write("ida@example.com", subject, blocks, catalogue("en"), Masthead(subject))
    page = Page(mail.html or "")
    assert page.open == 0
    assert not {"script", "img", "iframe", "link", "object", "form", "b"} & set(page.tags)
    assert page.addresses == []
    for said in texts(blocks):
        for line in filter(None, (each.strip() for each in said.split("\n"))):
            assert line in page.said
            assert line in mail.text
    assert mail.subject == " ".join(mail.subject.split())


def texts(blocks: list[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        for value in (getattr(block, name) for name in type(block).__dataclass_fields__ if name != "language"):
            found += [value] if isinstance(value, str) else flat(value)
    return found


def flat(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for part in value for each in flat(part)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_direction_and_fetches_nothing(language: str) -> None:
    words, html = catalogue(language), letter(language).html or ""
    assert html.startswith(f'<!doctype html>\n<html lang="{language}" dir="{words.direction}">')
    assert f'align="{"right" if words.direction == "rtl" else "left"}"' in html
    assert not re.search(r"url\(|@import|<img|<script|background=", html)
    assert set(Page(html).addresses) == {"https://aftercare.example/c/1?a=1&b=2", "https://aftercare.example/p"}


def test_lists_of_mail_show_the_first_paragraph_behind_the_subject() -> None:
    assert '<div style="display:none;max-height:0;overflow:hidden">We refund it when it arrives. That' in (
        letter().html or ""
    )


def test_a_subject_is_one_line_whatever_stands_in_it() -> None:
    mail = write("ida@example.com", "Lantern\r\nBcc: eve@evil.example\u2028\x00x", BLOCKS, catalogue("en"))
    assert mail.subject == "Lantern Bcc: eve@evil.example x"


def test_official_words_keep_their_own_language_inside_another() -> None:
    html = letter("ar").html or ""
    assert '<div class="m-legal" lang="de" dir="ltr"' in html
    assert "Hiermit widerrufe ich" in unescape(html)


def test_a_fragment_for_somebody_elses_mail_brings_the_same_words_and_no_style() -> None:
    fragment = as_fragment("Your return", BLOCKS, catalogue("en"))
    assert "style" not in fragment
    whole = Page(letter().html or "")
    assert [word for word in Page(fragment).said.split() if word not in whole.said] == []
