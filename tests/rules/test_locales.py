"""Every language has the same words, asks for the same facts and has the plural forms CLDR knows for it."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plugin.domain.entitlement import Absent, ClockState, Right
from plugin.domain.law.texts import load_texts
from plugin.domain.policy import Payer
from plugin.domain.times import Source
from plugin.i18n import (
    DESK_FILES,
    DESK_LANGUAGES,
    FOLDER,
    LANGUAGES,
    PAGE_LANGUAGES,
    SHOPPER_FILES,
    Entry,
    catalogue,
    files_of,
    placeholders,
    read_entries,
)

ROOT = Path(__file__).parents[2]
ENGLISH = read_entries("en")
STATES = {"machine", "reviewed", "locked"}
LAW_MODULES = ("withdrawal", "guarantee", "start_event", "not_informed", "liability_period", "calendar")
KEY = re.compile(r"""\.text\(\s*["']([a-z0-9_.]+)["']""")
others = pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
every = pytest.mark.parametrize("language", LANGUAGES)


def sample(name: str) -> str | int | date:
    return {"day": date(2023, 12, 18), "n": 5, "count": 5, "parcels": 3, "arrived": 1, "detail": 14}.get(name, "x")


def sentences(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else [text for form, text in entry.items() if form != "count"]


@every
def test_a_language_has_every_file_a_shopper_reads(language: str) -> None:
    assert set(SHOPPER_FILES) <= set(files_of(language))


@others
def test_a_language_has_the_same_keys_as_english_in_the_same_files(language: str) -> None:
    for name in files_of(language):
        ours, english = (json.loads((FOLDER / each / f"{name}.json").read_text("utf-8")) for each in (language, "en"))
        assert ours.keys() == english.keys(), f"{language}/{name}.json"


def test_a_page_of_the_desk_finds_all_its_words_in_one_language() -> None:
    with_desk_files = {path.parent.name for name in DESK_FILES for path in FOLDER.glob(f"*/{name}.json")}
    assert with_desk_files == set(DESK_LANGUAGES)
    assert set(DESK_LANGUAGES) <= set(LANGUAGES)


def test_the_after_sales_page_is_offered_in_the_desks_languages_and_wherever_else_it_is_written() -> None:
    assert set(DESK_LANGUAGES) <= set(PAGE_LANGUAGES)
    assert {path.parent.name for path in FOLDER.glob("*/page.json")} == set(PAGE_LANGUAGES)
    assert all(catalogue(language).has("page.heading") for language in LANGUAGES)


def test_every_folder_is_a_language_listed_once() -> None:
    assert sorted(LANGUAGES) == sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def test_the_languages_of_the_union_are_all_there() -> None:
    official = {language for (language, _), text in load_texts().by_language.items() if text.official}
    assert len(official) == 24
    assert official <= set(LANGUAGES)


@others
def test_a_sentence_asks_for_the_same_facts_in_every_language(language: str) -> None:
    entries = read_entries(language)
    assert {key: placeholders(entry) for key, entry in entries.items()} == {
        key: placeholders(ENGLISH[key]) for key in entries
    }


@every
def test_plural_forms_are_those_cldr_knows_for_the_language(language: str) -> None:
    forms = {*catalogue(language).locale.plural_form.tags, "other"}
    for key, entry in read_entries(language).items():
        assert isinstance(entry, str) or set(entry) - {"count"} == forms, key
        assert isinstance(entry, str) == isinstance(ENGLISH[key], str), key


@every
def test_every_key_can_be_said(language: str) -> None:
    words = catalogue(language)
    for key, entry in read_entries(language).items():
        facts = {name: sample(name) for name in placeholders(entry)}
        if not isinstance(entry, str):
            facts[entry["count"]] = 5
        said = words.text(key, **facts)
        assert said or key == "format.space", key
        assert "{" not in said, key
        assert ".." not in said, f"{key}: a date that ends in a full stop ends no sentence"


@every
def test_words_are_plain_text_with_marks_only_where_code_puts_them(language: str) -> None:
    for key, entry in read_entries(language).items():
        for text in sentences(entry):
            assert not re.search(r"[<>\u200e\u200f\u202a-\u202e\u2066-\u2069]", text), key
            assert "!" not in text, f"{key}: no exclamation marks"


@every
def test_each_string_has_a_state(language: str) -> None:
    state = json.loads((FOLDER / language / "state.json").read_text("utf-8"))
    assert state["default"] in STATES
    assert set(state["strings"].values()) <= STATES
    assert state["strings"].keys() <= ENGLISH.keys()


@every
def test_official_words_are_asked_for_and_never_copied(language: str) -> None:
    official = {text.text for text in load_texts().by_language.values() if text.official}
    ours = {text for entry in read_entries(language).values() for text in sentences(entry)}
    assert not ours & official


def steps_of_the_engines() -> Iterator[str]:
    """The codes of steps and reasons as the engines write them."""
    clocks = (ROOT / "plugin/domain/clocks").glob("*.py")
    law = (ROOT / "plugin/domain/law" / f"{name}.py" for name in LAW_MODULES)
    for path in (*clocks, *law):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"step", "Reason"}:
                yield from _texts(node.args[0])
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "code":
                yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    """The codes an expression can give; an f-string's are covered by the closed sets below."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body), *_texts(orelse))


def test_every_step_an_engine_takes_has_words() -> None:
    codes = set(steps_of_the_engines()) - {absent.value for absent in Absent}
    assert {"delivered", "day_of_event_not_counted", "promised_days", "repair_extension"} <= codes
    told_as_arrival = {"not_started", "last_of_several_deliveries"}
    assert {code for code in codes - told_as_arrival if f"step.{code}" not in ENGLISH} == set()


def test_closed_sets_of_the_domain_have_words() -> None:
    wanted = {
        *(f"absent.{absent.value}" for absent in Absent),
        *(f"state.{state.value}" for state in ClockState),
        *(f"right.{right.value}" for right in Right),
        *(f"reporter.{source.value}" for source in Source),
        *(f"payer.{payer.value}" for payer in Payer),
        *(f"payer.fault.{payer.value}" for payer in Payer),
        *(f"badge.payer.{payer.value}" for payer in Payer),
        *(f"step.payer_{payer.value}_by_promise" for payer in Payer),
    }
    assert wanted - ENGLISH.keys() == set()


def test_every_key_code_and_templates_name_has_words() -> None:
    files = [path for kind in ("*.py", "*.html") for path in (ROOT / "plugin").rglob(kind)]
    named = {key for path in files for key in KEY.findall(path.read_text("utf-8")) if "." in key}
    assert "panel.heading" in named
    assert named - ENGLISH.keys() == set()
