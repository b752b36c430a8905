"""docs/architecture.md names what is there."""

from __future__ import annotations

import re

from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_every_place_the_page_names_is_there() -> None:
    folders = "plugin|integrations|widgets|tests|extensions|wordpress"
    named = set(re.findall(rf"`((?:{folders})/[\w./]*\w)`", PAGE))
    assert len(named) > 25
    assert {each for each in named if not (ROOT / each).exists()} == set()


def test_every_recipe_is_in_its_table_and_every_walk_is_a_test() -> None:
    recipes = {path.stem for path in (ROOT / "docs" / "adding").glob("*.md")} - {"release"}
    assert set(re.findall(r"\(adding/([\w-]+)\.md\)", PAGE)) == recipes
    walks = (ROOT / "tests" / "adding" / "test_recipes.py").read_text("utf-8")
    assert {walk for walk in re.findall(r"`(test_\w+)`", PAGE) if f"def {walk}(" not in walks} == set()
