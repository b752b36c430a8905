"""The WordPress plugin: its own tests, what PHP says of every file, its words, and the zip it is installed from."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from integrations.platforms.woocommerce import companion_zip as builder
from integrations.platforms.woocommerce.companion_words import SHOPPER, WORDPRESS
from integrations.platforms.woocommerce.companion_zip import companion_zip
from plugin.i18n import DESK_LANGUAGES, LANGUAGES, catalogue
from tests.support.repository import ROOT

PLUGIN = ROOT / "wordpress" / "aftercare"
WASM = ROOT / "tests" / "wordpress" / "php.mjs"
PHP = sorted(PLUGIN.rglob("*.php"))
STRING = re.compile(r"(?:__|esc_html__|esc_attr__)\(\s*'((?:[^'\\]|\\.)*)', 'aftercare'")
PLACE = re.compile(r"%\d\$s")
LONGEST = 300


def po(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source)


def strings() -> set[str]:
    return {found.replace("\\'", "'") for file in PHP for found in STRING.findall(file.read_text())}


def archived() -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(companion_zip())) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


def run(*words: str | Path) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT / "wordpress")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("phpunit") is None, reason="no PHPUnit here; script/test installs it")
def test_the_plugins_own_tests_pass() -> None:
    assert re.search(
        r"OK.*\(\d{2,} tests", run("phpunit", "--do-not-cache-result", "--bootstrap", "tests/bootstrap.php", "tests")
    )


@pytest.mark.skipif(shutil.which("phpunit") is None, reason="no PHPUnit here; script/test installs it")
@pytest.mark.parametrize(("php", "version"), [("7-4", "7.4."), ("8-4", "8.4.")])
def test_the_plugins_own_tests_pass_under_the_oldest_and_the_newest_php(php: str, version: str) -> None:
    if not (ROOT / "node_modules" / "@php-wasm" / f"node-{php}").exists():
        pytest.skip("npm leaves this PHP out where Node is older than 20.10")
    said = run("node", WASM, php)
    assert said.startswith(f"PHP {version}")
    assert re.search(r"OK.*\(\d{2,} tests", said)


@pytest.mark.parametrize("file", PHP, ids=lambda file: file.name)
def test_a_file_does_nothing_for_who_asks_for_it_by_its_address(file: Path) -> None:
    """Classes alone do nothing; the two entries end at once outside WordPress."""
    text = file.read_text()
    assert len(text.splitlines()) <= LONGEST
    is_class = re.search(r"^(?:final )?class \w+", text, re.MULTILINE) is not None
    assert is_class or re.search(r"^defined\( '(?:ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;", text, re.MULTILINE)


def test_every_option_is_removed_when_the_plugin_is() -> None:
    named = {name for file in PHP for name in re.findall(r"const \w+ += '(aftercare_\w+)'", file.read_text())}
    removed = (PLUGIN / "src" / "Uninstall.php").read_text()
    constants = {
        f"{file.stem}::{name}"
        for file in PHP
        for name, value in _constants(file)
        if not value.startswith("aftercare_a_")
    }
    assert len(named) > 5
    assert {each for each in constants if each not in removed} == {"Visitor::COOKIE"}  # which is the browser's


def _constants(file: Path) -> list[tuple[str, str]]:
    return re.findall(r"const (\w+) += '(aftercare_\w+)'", file.read_text())


def test_every_string_is_the_shoppers_or_given_to_translators() -> None:
    template = {str(message.id) for message in po(PLUGIN / "languages" / "aftercare.pot") if message.id}
    assert template | SHOPPER.keys() == strings()
    assert template & SHOPPER.keys() == set()


def test_the_plugin_speaks_the_desks_languages() -> None:
    found = {file.stem.removeprefix("aftercare-")[:2] for file in (PLUGIN / "languages").glob("*.po")}
    assert found | {"en"} == {language[:2] for language in DESK_LANGUAGES}


@pytest.mark.parametrize("file", sorted((PLUGIN / "languages").glob("*.po")), ids=lambda file: file.stem)
def test_a_translation_says_everything_with_the_same_facts(file: Path) -> None:
    said = {message.id: message.string for message in po(file) if message.id}
    assert set(said) == strings() - SHOPPER.keys()
    for english, words in said.items():
        assert words
        assert sorted(PLACE.findall(str(words))) == sorted(PLACE.findall(str(english)))


def test_the_same_sources_give_the_same_bytes() -> None:
    assert companion_zip() == companion_zip()
    with ZipFile(BytesIO(companion_zip())) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.create_system, entry.external_attr, entry.compress_type) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, 0)
    }


def test_times_and_order_of_the_files_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "aftercare"
    for file in sorted((each for each in PLUGIN.rglob("*") if each.is_file()), reverse=True):
        target = copy / file.relative_to(PLUGIN)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (copy / ".DS_Store").write_bytes(b"of this machine")
    before = companion_zip()
    monkeypatch.setattr(builder, "_SOURCES", copy)
    assert companion_zip() == before


def test_the_zip_holds_what_wordpress_needs_and_every_file_the_plugin_names() -> None:
    files = dict(archived())
    assert {"aftercare/aftercare.php", "aftercare/uninstall.php", "aftercare/readme.txt"} <= set(files)
    assert not [name for name in files if "/tests/" in name or "/." in name]
    named = {name for file in PHP for name in re.findall(r"'(assets/[\w./-]+\.(?:js|css))'", file.read_text())}
    assert len(named) > 4
    assert {name for name in named if f"aftercare/{name}" not in files} == set()
    imported = re.findall(rb'from ?"\./([\w.-]+)"', files["aftercare/assets/widgets/policy-badge.js"])
    assert imported == [b"core.js"]


def test_translations_are_compiled() -> None:
    files = dict(archived())
    german = read_mo(BytesIO(files["aftercare/languages/aftercare-de_DE.mo"]))
    assert german["Connect"].string == "Verbinden"


def test_what_shoppers_read_is_in_every_language_and_worded_in_one_place() -> None:
    """Only the heading is not said in English as the catalogue has it: the name of a page is not the title of one."""
    assert {"en", *WORDPRESS} == set(LANGUAGES)
    files, english = dict(archived()), catalogue("en")
    said = {text for text, key in SHOPPER.items() if english.text(key, number="%s") == text}
    assert SHOPPER.keys() - said == {"Returns & warranty"}
    for language, name in WORDPRESS.items():
        words = read_mo(BytesIO(files[f"aftercare/languages/aftercare-{name}.mo"]))
        for text, key in SHOPPER.items():
            assert words[text].string == catalogue(language).text(key, number="%s")
        assert str(words["Order %s"].string).count("%s") == 1


def test_header_and_readme_name_the_same_versions() -> None:
    header, readme = (PLUGIN / "aftercare.php").read_text(), (PLUGIN / "readme.txt").read_text()
    version = re.search(r"\* Version: (\S+)", header)
    assert version
    assert f"const VERSION = '{version[1]}'" in header
    assert f"Stable tag: {version[1]}" in readme
    for line in ("Requires PHP: 7.4", "Requires at least: 6.6"):
        assert line in header
        assert line in readme
    assert "Requires Plugins: woocommerce" in header
