"""What goes out of here, and what is read by something with a language of its own: no word of a stranger's is run."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.documents.spreadsheet import table
from tests.support.repository import ROOT
from tests.web.security.tables import HOSTILE, TABLES
from tests.web.security.test_isolation import ATTEMPTS, ask, outside
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
SEPARATORS = ",;\t|"
"""What spreadsheets take for one: by the country that is set for the machine (";" in most of Europe), or by choice."""
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
    written = {name for name, text in sources() if re.search(r"csv\.(?:writer|DictWriter)\(", text)}
    assert written == {"plugin/documents/spreadsheet.py"}
    users = {name for name, text in sources() if "plugin.documents.spreadsheet import" in text}
    assert users == {f"plugin/documents/{name}.py" for name in TABLES}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", TABLES)
def test_no_table_holds_a_formula_whatever_separates_its_cells(name: str, hostile: str) -> None:
    content = TABLES[name](hostile).decode("utf-8-sig")
    assert "cmd" in content
    for separator in SEPARATORS:
        assert run_cells(content, separator) == []


@given(st.lists(st.lists(st.text(",;|\t\r\n\"' =+-@1a"), min_size=1), min_size=1))
def test_no_cells_side_by_side_make_a_formula(rows: list[list[str]]) -> None:
    content = b"".join(table(["head"], rows)).decode("utf-8-sig")
    assert [len(row) for row in csv.reader(StringIO(content, newline=""))] == [1, *map(len, rows)]
    for separator in SEPARATORS:
        assert run_cells(content, separator) == []


def run_cells(content: str, separator: str) -> list[str]:
    """The cells a spreadsheet would run that takes this for the separator, and looks past blanks."""
    rows = csv.reader(StringIO(content, newline=""), delimiter=separator)
    return [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]


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


PACKED = {
    "companion.connect": HTTPStatus.UNPROCESSABLE_ENTITY,  # a wish whose field, the body, is no JSON
    "extensions.write": HTTPStatus.UNPROCESSABLE_ENTITY,
    "install_woocommerce.take": HTTPStatus.BAD_REQUEST,  # "These are no keys", as a shop's server is told
}
"""What the routes that read JSON from whoever asks say of a packed body."""


def test_a_packed_body_is_not_unpacked(world: World) -> None:
    taking = [rule for rule in outside(world.installation) if rule.endpoint in PACKED]
    assert {rule.endpoint for rule in taking} == PACKED.keys()
    for rule in taking:
        body = json.dumps(ATTEMPTS[rule.endpoint](world.ours, world.ours).json).encode()
        said = [
            ask(world, rule, world.ours, world.ours, body=each, riding=riding)[0][1].status_code
            for each, riding in ((gzip.compress(body), {"Content-Encoding": "gzip"}), (body, {}))
        ]
        assert said[0] == PACKED[rule.endpoint] != said[1], f"{rule.endpoint}: unpacked, it would be understood"
