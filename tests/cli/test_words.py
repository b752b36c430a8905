"""`aftercare words`: a translator's round trip through a file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from plugin.i18n import FOLDER
from tests.cli.conftest import Run


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """Give a copy of the words."""
    return Path(shutil.copytree(FOLDER, tmp_path / "locales"))


def changed(folder: Path) -> set[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*.json"))
    return {path.as_posix() for path in files if (folder / path).read_bytes() != (FOLDER / path).read_bytes()}


def test_a_sentence_reviewed_in_the_file_is_reviewed_here_and_nothing_else_changes(run: Run, locales: Path) -> None:
    po = run("words", "export", "de", "--locales", locales).stdout
    block = po[po.index('#, fuzzy\nmsgctxt "panel.heading"') : po.index('msgctxt "panel.sources"')]
    vouched = block.replace("#, fuzzy\n", "", 1).replace("Was Ihnen zusteht", "Worauf Sie ein Recht haben")
    result = run("words", "import", "-", "--locales", locales, stdin=po.replace(block, vouched).encode())
    assert (result.exit_code, result.stdout) == (0, "reviewed 1\n")
    assert changed(locales) == {"de/storefront.json", "de/state.json"}
    assert (
        json.loads((locales / "de/storefront.json").read_text("utf-8"))["panel.heading"] == "Worauf Sie ein Recht haben"
    )
    assert json.loads((locales / "de/state.json").read_text("utf-8"))["strings"] == {"panel.heading": "reviewed"}
    assert '#: storefront.json\nmsgctxt "panel.heading"' in run("words", "export", "de", "--locales", locales).stdout


def test_a_file_with_faults_names_each_and_changes_nothing(run: Run, locales: Path) -> None:
    po = run("words", "export", "fi", "--locales", locales).stdout.replace("#, fuzzy, python-brace-format\n", "")
    broken = po.replace("Toimitettu {day}", "Toimitettu").replace("Lähteet: {sources}", "Lähteet: {source}")
    result = run("words", "import", "-", "--locales", locales, stdin=broken.encode())
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "step.delivered: lacks the fact {day}.",
        "trace.sources: lacks the fact {sources}.",
        "trace.sources: names a fact English has not: {source}.",
    ]
    assert changed(locales) == set()


@pytest.mark.parametrize(
    ("po", "says"),
    [
        (b"msgid", "This is no PO file"),
        (b'msgid "a"\nmsgstr "b"\n', "Language is not named"),
        (b'msgid ""\nmsgstr "Language: tlh\\n"\n', "Language is tlh"),
        (b'msgid ""\nmsgstr "Language: en\\n"\n', "Language is en"),
    ],
)
def test_a_file_that_is_not_ours_to_take_is_refused_in_a_sentence(run: Run, po: bytes, says: str) -> None:
    result = run("words", "import", "-", stdin=po)
    assert result.exit_code == 1
    assert says in result.stderr


def test_english_is_the_source_and_not_translated(run: Run) -> None:
    assert run("words", "export", "en").exit_code == 2
