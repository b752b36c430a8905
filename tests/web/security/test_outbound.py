"""What goes out of here, and what is read by something with a language of its own: no word of a stranger's is run."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from plugin.documents.spreadsheet import as_text
from tests.support.repository import ROOT
from tests.web.security.test_isolation import ask, outside
from tests.web.security.world import World

SOURCES = ("plugin", "integrations")
DIALS = re.compile(
    r"\bSession\(\)|\brequests\.(?:get|post|put|request)\(|\burlopen\(|\bHTTPS?Connection\(|create_connection\("
    r"|\bsmtplib\.|\bimaplib\.|\bsocket\.socket\(|\burllib3\.(?!exceptions\b)"
)
MAY_DIAL = {
    "integrations/guarded_http.py": "looks at every address first",
    "integrations/mail/smtp/connection.py": "looks at every address first, as the operator says",
    "integrations/scanners/clamd.py": "the operator's own scanner",
    "plugin/cli/serve.py": "asks the process that it started",
}
RUNS_TEXT = re.compile(r"render_template_string|\.from_string\(|\bTemplate\(|\beval\(|\bexec\(")
TRUSTED = {
    "policy_macros.html": "tags of ours",
    "policy_part.html": "tags of ours",
    "page.html": "JSON without < and &, see the test below",
}


def sources() -> Iterator[tuple[str, str]]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text()


def test_only_what_looks_at_addresses_opens_connections() -> None:
    dialling = {name for name, text in sources() if DIALS.search(text)}
    assert dialling == MAY_DIAL.keys()


def test_every_table_is_written_by_what_keeps_formulas_out() -> None:
    tables = [(name, text) for name, text in sources() if "csv.writer(" in text or "csv.DictWriter(" in text]
    assert len(tables) >= 4
    assert [name for name, text in tables if "as_text(" not in text and "map(as_text" not in text] == []


@pytest.mark.parametrize("first", "=+-@\t\r\n")
def test_a_cell_that_begins_like_a_formula_is_a_text(first: str) -> None:
    assert as_text(f"{first}HYPERLINK()") == f"'{first}HYPERLINK()"


def test_no_text_of_anybodys_is_ever_a_template() -> None:
    assert [name for name, text in sources() if RUNS_TEXT.search(text)] == []
    pages = [path for path in (ROOT / "plugin").rglob("*.html") if re.search(r"\|\s*safe\b", path.read_text())]
    assert {path.name for path in pages} <= TRUSTED.keys()
    assert not any("autoescape false" in Path(path).read_text() for path in (ROOT / "plugin").rglob("*.html"))


def test_words_that_look_like_a_template_or_a_tag_are_shown_as_they_are(world: World) -> None:
    hostile = "{{7*7}}{% raw %}</script><script>alert(1)</script>"
    answer = world.installation.app.test_client().post(
        f"/s/{world.ours.shop.key}/claim", data={"number": hostile, "email": "x@example.com"}
    )
    assert "{{7*7}}{% raw %}" in answer.text
    assert "49" not in re.findall(r'value="([^"]*)"', answer.text)
    assert "<script>alert" not in answer.text


def test_a_packed_body_is_not_unpacked(world: World) -> None:
    bomb = gzip.compress(b" " * 50_000_000 + json.dumps({"code": "a.b", "address": "https://x.example"}).encode())
    packed = {"Content-Encoding": "gzip"}
    for rule in outside(world.installation):
        if rule.endpoint in {"companion.connect", "extensions.write", "install_woocommerce.take"}:
            ((_, answer),) = ask(world, rule, world.ours, world.ours, body=bomb, riding=packed)
            refused = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
            assert answer.status_code in refused, rule.endpoint
