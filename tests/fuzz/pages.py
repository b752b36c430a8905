"""The app's pages as a browser finds them: every form with what stands in it, every link, from a few addresses on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient

_HOST = "http://localhost"
_MOST_PAGES = 160
_ALIKE = 1
"""Links to pages of one route that are followed: the hundredth order's page has the forms of the first."""
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: where it goes, and what it sends as it stands. `files`: names of its fields for files."""

    method: str
    path: str
    fields: Fields
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What a walk came by: forms once for each action and set of fields, and addresses."""

    forms: dict[object, Form] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)


def walked(client: FlaskClient, starts: Sequence[str], within: str) -> Found:
    """Follow links below `within`, breadth first."""
    found, waiting, seen = Found(), list(starts), dict.fromkeys(map(_kind, starts), 0)
    while waiting and len(found.paths) < _MOST_PAGES:
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.status_code != HTTPStatus.OK or answer.mimetype != "text/html":
            continue
        found.paths.append(path)
        page = _Page(path)
        page.feed(answer.text)
        for form in page.forms():
            names = tuple(sorted({name for name, _ in form.fields}))
            found.forms.setdefault((form.method, _kind(form.path), names, form.files), form)
        for link in page.links:
            if link.startswith(within) and link not in found.paths and link not in waiting:
                seen[_kind(link)] = seen.get(_kind(link), 0) + 1
                if seen[_kind(link)] <= _ALIKE:
                    waiting.append(link)
    return found


def _kind(path: str) -> str:
    """What pages of one route have in common, roughly: the address without what looks like an id or a question."""
    steps = urlsplit(path).path.split("/")
    return "/".join("*" if any(sign.isdigit() for sign in step) or len(step) > 24 else step for step in steps)


class _Page(HTMLParser):
    """Collects what can be sent from one page."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._begun: list[tuple[str, str, list[tuple[str, str]], list[str]]] = []
        self._apart: dict[str, list[tuple[str, str]]] = {}
        self._ids: dict[str, int] = {}
        self._open: list[tuple[str, str]] | None = None
        self._select = ""
        self.links: list[str] = []

    def forms(self) -> list[Form]:
        for name, at in self._ids.items():
            self._begun[at][2].extend(self._apart.get(name, ()))
        return [Form(method, path, tuple(fields), tuple(files)) for method, path, fields, files in self._begun]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "a" if "href" in given:
                self._link(given["href"])
            case "form":
                path = self._whole(given.get("action", "")) or self._path
                self._begun.append((given.get("method", "get").upper(), path, [], []))
                self._open = self._begun[-1][2]
                if "id" in given:
                    self._ids[given["id"]] = len(self._begun) - 1
            case "input" if given.get("type") == "file" and self._begun:
                self._begun[-1][3].append(given.get("name", "file"))
            case "input" | "textarea" | "button":
                self._field(given, given.get("name", ""), given.get("value", ""))
            case "select":
                self._select = given.get("name", "")
            case "option":
                self._field(given, self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _field(self, given: dict[str, str], name: str, value: str) -> None:
        into = self._apart.setdefault(given["form"], []) if "form" in given else self._open
        if name and into is not None:
            into.append((name, value))

    def _link(self, address: str) -> None:
        if path := self._whole(address):
            self.links.append(path)

    def _whole(self, address: str) -> str:
        """The path and question of an address of ours; empty for another site's."""
        whole = urldefrag(urljoin(f"{_HOST}{self._path}", address)).url
        return whole.removeprefix(_HOST) if whole.startswith(f"{_HOST}/") else ""
