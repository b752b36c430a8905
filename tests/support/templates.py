"""Which pages are written, and which of them an app has rendered meanwhile."""

from __future__ import annotations

import re
from typing import Any, Self

from flask import Flask, template_rendered

from tests.support.repository import ROOT

_EXTENDED = re.compile(r'{%-? extends "([^"]+)"')


def whole_pages(*blueprints: str) -> set[str]:
    """The names of all templates of these that a reader gets: what others extend or include is none of them."""
    folders = [ROOT / "plugin" / "web" / name / "templates" for name in blueprints]
    texts = {path.relative_to(at).as_posix(): path.read_text() for at in folders for path in at.rglob("*.html")}
    shells = {found[1] for text in texts.values() if (found := _EXTENDED.search(text))}
    pages = {name for name, text in texts.items() if _EXTENDED.search(text) or "<!doctype html>" in text}
    return pages - shells


class Rendered:
    """The names of the templates that an app renders while this is entered."""

    def __init__(self, app: Flask) -> None:
        self.names: set[str] = set()
        self._app = app

    def __enter__(self) -> Self:
        template_rendered.connect(self._note, self._app)
        return self

    def __exit__(self, *_: object) -> None:
        template_rendered.disconnect(self._note, self._app)

    def _note(self, _: Flask, template: Any, **_facts: object) -> None:  # noqa: ANN401 - Jinja's template
        self.names.add(template.name)
