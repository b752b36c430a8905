"""What the UI extensions are made of: types hold, words and documents are the project's own, and nothing gets out."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from integrations.platforms.shopify import extension_settings
from plugin.i18n import LANGUAGES
from tests.support.repository import ROOT
from tests.support.shopify_cli import copied_within
from tools import extension_documents, extension_words

TSC = ROOT / "node_modules" / ".bin" / "tsc"
NAMES = [folder.name for folder in extension_words.extensions()]


def checked(folder: Path) -> tuple[int, str]:
    done = subprocess.run([TSC, "--noEmit", "-p", folder], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_types_hold_for_every_target(name: str) -> None:
    assert checked(extension_words.FOLDER / name) == (0, "")


def test_a_tag_a_tone_and_an_api_that_shopify_does_not_have_are_seen() -> None:
    planted = {"s-text": "s-txt", 'tone="success"': 'tone="lovely"', "shopify.lines": "shopify.goods"}
    with copied_within("shopify.app.toml", "extensions/") as app:
        path = app / "extensions" / "aftercare-checkout" / "src" / "checkout.tsx"
        text = path.read_text()
        for what, into in planted.items():
            assert what in text
            text = text.replace(what, into)
        path.write_text(text)
        status, said = checked(path.parents[1])
    assert status != 0
    assert [word for word in ("'s-txt'", '"lovely"', "'goods'") if word not in said] == []


def test_every_target_has_its_own_types() -> None:
    for name in NAMES:
        folder = extension_words.FOLDER / name
        declared = (folder / "targets.d.ts").read_text()
        (settings,) = tomllib.loads((folder / "shopify.extension.toml").read_text())["extensions"]
        for target in settings["targeting"]:
            module = f'declare module "{target["module"]}" {{'
            assert f'{module}\n  const shopify: import("@shopify/ui-extensions/{target["target"]}").Api;' in declared


@pytest.mark.parametrize("name", NAMES)
def test_locale_files_are_in_step_with_what_is_said(name: str) -> None:
    folder = extension_words.FOLDER / name
    wanted = dict(extension_words.locale_files(folder))
    assert {path.name: path.read_text() for path in folder.glob("locales/*.json")} == wanted
    assert len(wanted) in {0, len(LANGUAGES)}


def test_documents_are_those_that_the_schema_was_asked_about() -> None:
    assert extension_documents.TARGET.read_text() == extension_documents.typescript()


def test_nothing_of_a_settings_file_but_the_address_gets_into_an_extension() -> None:
    paths = {path for name in NAMES for path in extension_words.sources(extension_words.FOLDER / name)}
    named = {word for path in paths for word in re.findall(r"process\.env\.(\w+)|import\.meta", path.read_text())}
    assert named == {extension_settings.VARIABLE}


def test_a_page_of_the_account_stands_alone_in_its_extension() -> None:
    """A target that fills a page cannot coexist with another (shopify.dev, "Full page", 2026-07)."""
    for name in NAMES:
        (settings,) = tomllib.loads((extension_words.FOLDER / name / "shopify.extension.toml").read_text())[
            "extensions"
        ]
        targets = [each["target"] for each in settings["targeting"]]
        assert len(targets) == 1 or "customer-account.page.render" not in targets


def test_no_word_a_shopper_reads_stands_in_a_source() -> None:
    """Text between tags, and labels that are no expression."""
    spoken = re.compile(r'>\s*[A-Za-z][A-Za-z ,.]{3,}\s*</|\b(?:label|heading)="[^"]+"')
    for name in NAMES:
        for path in extension_words.sources(extension_words.FOLDER / name):
            assert spoken.findall(path.read_text()) == [], path
