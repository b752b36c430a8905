"""A field of a data file is read as what it should be, or named with its file."""

from collections.abc import Callable
from datetime import date
from types import MappingProxyType

import pytest

from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import BrokenRulebook, UnknownJurisdiction, UnknownSource, UnknownText
from plugin.domain.law.file_format import to_jurisdiction
from plugin.domain.law.official import official_address
from plugin.domain.law.record import Record, frozen
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.texts import fixed_text, official_text

RAW = {
    "text": "a",
    "number": 1,
    "flag": False,
    "day": "2026-11-21",
    "texts": ["a", "b"],
    "none": None,
    "inner": {"text": "b"},
    "verified": "secondary",
    "known": True,
    "unknown": False,
}
RECORD = Record(RAW, "file.json")

Read = Callable[[Record, str], object]
READERS: list[tuple[Read, str, object]] = [
    (Record.text, "text", "a"),
    (Record.maybe_text, "text", "a"),
    (Record.maybe_text, "none", None),
    (Record.maybe_text, "absent", None),
    (Record.integer, "number", 1),
    (Record.maybe_integer, "number", 1),
    (Record.maybe_integer, "none", None),
    (Record.flag, "flag", False),
    (Record.maybe_flag, "flag", False),
    (Record.maybe_flag, "absent", None),
    (Record.maybe_day, "day", date(2026, 11, 21)),
    (Record.maybe_day, "none", None),
    (Record.texts, "texts", ("a", "b")),
    (Record.texts, "absent", ()),
    (Record.certainty, "verified", Certainty.SECONDARY),
    (Record.certainty, "known", Certainty.VERIFIED),
    (Record.certainty, "unknown", Certainty.UNVERIFIED),
    (Record.mapping, "inner", {"text": "b"}),
    (Record.raw, "number", 1),
    (Record.raw, "absent", None),
    (Record.has, "flag", True),
    (Record.has, "none", False),
    (Record.has, "absent", False),
    (Record.maybe_inner, "none", None),
]


@pytest.mark.parametrize(("read", "name", "expected"), READERS)
def test_a_field_is_read_as_what_it_is(read: Read, name: str, expected: object) -> None:
    found = read(RECORD, name)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("read", "names"),
    [
        (Record.text, ("number", "none", "absent")),
        (Record.maybe_text, ("number",)),
        (Record.integer, ("text", "flag", "none", "absent")),
        (Record.maybe_integer, ("flag",)),
        (Record.flag, ("number", "none", "absent")),
        (Record.maybe_flag, ("number",)),
        (Record.maybe_day, ("text", "number")),
        (Record.texts, ("text", "none", "inner")),
        (Record.certainty, ("text", "none", "absent")),
        (Record.mapping, ("text", "none", "absent")),
    ],
)
def test_a_field_of_another_kind_is_named_with_its_file(read: Read, names: tuple[str, ...]) -> None:
    for name in names:
        with pytest.raises(BrokenRulebook) as broken:
            read(RECORD, name)
        assert broken.value.facts == {"jurisdiction": "file.json", "field": name}
    with pytest.raises(BrokenRulebook):
        Record({"texts": ["a", 1]}, "file.json").texts("texts")


def test_an_object_inside_is_named_by_its_way() -> None:
    for inner in (RECORD.inner("inner"), RECORD.maybe_inner("inner")):
        assert inner is not None
        assert inner.text("text") == "b"
        with pytest.raises(BrokenRulebook) as broken:
            inner.text("other")
        assert broken.value.facts == {"jurisdiction": "file.json.inner", "field": "other"}
    for way in (lambda: RECORD.inner("text"), lambda: Record([], "file.json.text")):
        with pytest.raises(BrokenRulebook) as broken:
            way()
        assert broken.value.facts == {"jurisdiction": "file.json.text", "field": "(object)"}


def test_free_particulars_are_frozen_all_the_way_down() -> None:
    told = frozen({"a": {"b": 1}, "c": ["x", "y"], "d": [{"e": None}], "f": True, 7: "g"})
    assert told == {"a": {"b": 1}, "c": ("x", "y"), "d": ({"e": None},), "f": True, "7": "g"}
    assert isinstance(told["a"], MappingProxyType)
    assert isinstance(told["d"], tuple)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ([], "(object)"),
        ({"a": 1.5}, "1.5"),
        ({"a": [{"b": 1}, "c"]}, "(object)"),
        ({"a": frozenset({"a" * 50})}, repr(frozenset({"a" * 50}))[:40]),
    ],
)
def test_what_no_data_file_can_hold_is_refused(told: object, field: str) -> None:
    with pytest.raises(BrokenRulebook) as broken:
        frozen(told)
    assert broken.value.facts == {"jurisdiction": "extra", "field": field}


@pytest.mark.parametrize(
    ("raw", "facts"),
    [
        ([], {"jurisdiction": "de.json", "field": "(object)"}),
        ({}, {"jurisdiction": "de.json", "field": "code"}),
        ({"code": "DE", "name": "Germany"}, {"jurisdiction": "de.json", "field": "region"}),
    ],
)
def test_a_broken_country_file_is_named_with_the_field(raw: object, facts: dict[str, str]) -> None:
    with pytest.raises(BrokenRulebook) as broken:
        to_jurisdiction(raw, "de.json")
    assert broken.value.facts == facts


def test_what_nobody_knows_is_named(rulebook: Rulebook) -> None:
    asked: list[tuple[type[Exception], Callable[[], object], dict[str, str]]] = [
        (UnknownJurisdiction, lambda: rulebook.jurisdiction("AQ", "AQ-X"), {"jurisdiction": "AQ"}),
        (UnknownSource, lambda: rulebook.source("NOWHERE art. 1"), {"source": "NOWHERE art. 1"}),
        (
            UnknownText,
            lambda: official_text("ar", "withdraw_button", "DE"),
            {"language": "ar", "key": "withdraw_button"},
        ),
        (UnknownText, lambda: fixed_text("nothing"), {"language": "-", "key": "nothing"}),
    ]
    for error, ask, facts in asked:
        with pytest.raises(error) as unknown:
            ask()
        assert getattr(unknown.value, "facts", None) == facts


def test_an_article_is_read_where_its_whole_text_is(rulebook: Rulebook) -> None:
    whole, article = rulebook.source("CRD"), rulebook.source("CRD art. 9")
    assert article.id == "CRD art. 9"
    assert (article.title, article.url, article.how) == (whole.title, whole.url, whole.how)
    assert article.file_index_ids == whole.file_index_ids


@pytest.mark.parametrize(
    ("url", "is_official"),
    [
        ("https://eur-lex.europa.eu/eli/dir/2011/83/oj", True),
        ("http://www.boe.es/x", True),
        ("ftp://www.boe.es/x", False),
        ("https://lawyers.example/x", False),
        ("https://boe.es.example/x", False),
        (None, False),
    ],
)
def test_only_the_publishers_of_a_law_are_linked(url: str | None, is_official: bool) -> None:  # noqa: FBT001 - a parameter of the table
    assert official_address(url) == (url if is_official else None)
