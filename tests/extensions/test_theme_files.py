"""The theme app extension is built from the project's own words and looks, and keeps Shopify's rules for such files."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from plugin.i18n import LANGUAGES
from tests.support.repository import ROOT
from tests.support.shopify_cli import TOOLS
from tests.support.theme import BLOCKS, EXTENSION, Json, schema
from tools.theme_locales import SHOPIFY, locale_files

LOCALES = EXTENSION / "locales"
SCHEMAS = TOOLS / "@shopify" / "cli" / "dist" / "data"
KEY = re.compile(r"'([a-z_.]+)' \| t\b")
ATTRIBUTES = {"name", "target", "javascript", "stylesheet", "enabled_on", "disabled_on", "class", "tag", "settings"}
"""Those of blocks in theme app extensions that we use (shopify.dev, "Configure theme app extensions", 2026-10)."""
LONGEST_NAME = 24
LARGEST = {"liquid": 100_000, "locale": 15_000, "script": 9_999, "look": 4_000}
"""Bytes: Shopify's for Liquid, locales and scripts (as its own check counts), ours for a look."""


def texts(branch: Json, path: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in branch.items():
        yield from [(path + name, inner)] if isinstance(inner, str) else texts(inner, f"{path}{name}.")


def words(name: str) -> dict[str, str]:
    return dict(texts(json.loads((LOCALES / name).read_text())))


@cache
def shopifys(name: str) -> jsonschema.Draft7Validator:
    """One of the schemas that Shopify's theme check brings along."""
    schemas = [path for path in SCHEMAS.glob("*.json") if "draft-07" in path.read_text()[:200]]
    registry: Registry[Json] = Registry().with_resources(
        (path.name, Resource.from_contents(json.loads(path.read_text()))) for path in schemas
    )
    return jsonschema.Draft7Validator({"$ref": name}, registry=registry)


def test_the_committed_looks_and_scripts_are_what_the_sources_build(tmp_path: Path) -> None:
    subprocess.run(["node", ROOT / "widgets" / "theme.mjs", tmp_path], check=True, capture_output=True)
    built = {str(path.relative_to(tmp_path)): path.read_text() for path in tmp_path.rglob("*.*")}
    assert len(built) == 9
    assert built == {name: (EXTENSION / name).read_text() for name in built}


def test_the_committed_locales_are_the_projects_own_words() -> None:
    assert {path.name: path.read_text() for path in LOCALES.iterdir()} == dict(locale_files())


def test_a_shopper_reads_no_word_in_another_language() -> None:
    names = {SHOPIFY.get(language, language) for language in LANGUAGES}
    files = {path.name.split(".")[0] for path in LOCALES.glob("*.json") if "schema" not in path.name}
    assert files == names
    assert len(names) == len(LANGUAGES) == 38
    assert len({words(path.name)["heading"] for path in LOCALES.glob("*.json") if "schema" not in path.name}) > 34


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    liquid = "".join(path.read_text() for path in EXTENSION.rglob("*.liquid"))
    assert set(KEY.findall(liquid)) == words("en.default.json").keys()
    assert set(re.findall(r'"t:([a-z_.]+)"', liquid)) == words("en.default.schema.json").keys()


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*.schema.json")), ids=lambda path: path.name)
def test_the_names_of_blocks_fit_into_the_editor(path: Path) -> None:
    names = [text for key, text in words(path.name).items() if key.endswith(".name")]
    assert len(names) == len(BLOCKS)
    assert [name for name in names if len(name) > LONGEST_NAME] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_says_of_itself_only_what_shopify_knows(block: str) -> None:
    said = schema(block)
    assert said.keys() <= ATTRIBUTES
    assert said["target"] in {"section", "body"}
    ids = [each["id"] for each in said["settings"]]
    assert len(ids) == len(set(ids))


@pytest.mark.skipif(not SCHEMAS.exists(), reason="Shopify's command line is not installed here; script/test does")
@pytest.mark.parametrize("block", BLOCKS)
def test_a_blocks_settings_keep_shopifys_schema(block: str) -> None:
    said = schema(block)
    shopifys("section.json").validate({key: said[key] for key in said.keys() & {"name", "enabled_on"}})
    settings = [{key: value for key, value in each.items() if key != "autofill"} for each in said["settings"]]
    shopifys("settings.json").validate(settings)
    broken = [settings[0] | {"type": "colour"}]
    with pytest.raises(jsonschema.ValidationError):
        shopifys("settings.json").validate(broken)


def test_files_are_as_few_and_as_small_as_shopify_wants() -> None:
    liquid = sum(path.stat().st_size for path in EXTENSION.rglob("*.liquid"))
    assert liquid < LARGEST["liquid"]
    assert len(BLOCKS) <= 30
    assert len(list(LOCALES.iterdir())) <= 100
    assert max(path.stat().st_size for path in LOCALES.iterdir()) < LARGEST["locale"]
    assert max(path.stat().st_size for path in EXTENSION.glob("assets/*.js")) <= LARGEST["script"]
    assert max(path.stat().st_size for path in EXTENSION.glob("snippets/look-*")) <= LARGEST["look"]


def test_a_script_is_left_to_shopify_which_loads_it_without_blocking_and_looks_stand_in_the_page() -> None:
    """`javascript` becomes `<script async>`; a `stylesheet` would hold the page back."""
    liquid = "".join(path.read_text() for path in EXTENSION.rglob("*.liquid"))
    named = [said["javascript"] for said in map(schema, BLOCKS) if "javascript" in said]
    assert sorted(named) == sorted(path.name for path in EXTENSION.glob("assets/*"))
    assert "stylesheet" not in liquid
    assert "<script" not in liquid
    assert "<link" not in liquid
