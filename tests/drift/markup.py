"""HTML as a tree of elements, as far as surfaces are read from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source"))
_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass
class Element:
    """An element: its tag, attributes and what is in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in it, white space folded as a browser does; a fixed space stays one."""
        return _SPACE.sub(" ", "".join(self._words())).strip(" ")

    def all(self, is_wanted: Callable[[Element], bool]) -> list[Element]:
        """The elements in it that are wanted, in the order of the page."""
        return [each for each in self._below() if is_wanted(each)]

    def named(self, name: str) -> list[Element]:
        """Those of a class."""
        return self.all(lambda each: name in each.attributes.get("class", "").split())

    def texts(self, name: str) -> list[str]:
        """The words of those."""
        return [each.text for each in self.named(name)]

    def _words(self) -> Iterator[str]:
        for each in self.inside:
            yield from each._words() if isinstance(each, Element) else (each,)

    def _below(self) -> Iterator[Element]:
        for each in self.inside:
            if isinstance(each, Element):
                yield each
                yield from each._below()


class _Tree(HTMLParser):
    """Builds it; markup that does not close what it opened is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(html: str) -> Element:
    """The whole of it."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    (root,) = tree.open
    return root


_BLOCKS = frozenset(("p", "li", "td", "th", "h1", "h2", "h3", "dt", "dd"))


def paragraphs_of(html: str) -> list[str]:
    """The words of every block that has none inside."""
    blocks = parsed(html).all(lambda each: each.tag in _BLOCKS)
    return [each.text for each in blocks if not each.all(lambda inner: inner.tag in _BLOCKS)]
