"""The demo mailbox: mail that was kept instead of sent, newest first, as text; only our own links can be followed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

from plugin.domain.errors import NotFound
from plugin.web.demo.pages import own_address, page
from plugin.web.deps import deps

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_ENDS_A_SENTENCE = ".,;:!?)"


class UnknownLetter(NotFound):
    """No kept message has this name."""

    code = "not_found"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a message; `is_link` only for an address of this installation."""

    text: str
    is_link: bool


def index() -> Response:
    """The kept messages, newest first."""
    return page("mailbox.html", letters=deps().mailbox.newest())


def show(name: str) -> Response:
    """One message as text."""
    letter = deps().mailbox.get(name)
    if letter is None:
        raise UnknownLetter
    return page("letter.html", letter=letter, parts=list(parts(letter.mail.text, own_address())))


def parts(text: str, own: str) -> Iterator[Part]:
    """A text cut into plain stretches and links to pages below `own`; foreign addresses stay text."""
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_ENDS_A_SENTENCE)
        if address != own and not address.startswith((f"{own}/", f"{own}?")):
            continue
        if found.start() > at:
            yield Part(text[at : found.start()], is_link=False)
        yield Part(address, is_link=True)
        at = found.start() + len(address)
    if at < len(text):
        yield Part(text[at:], is_link=False)
