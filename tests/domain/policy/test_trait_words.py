"""Every list of names that say a trait: what it finds and what only sounds so, in each of its languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.domain.policy.trait_words import hints_at_any, plain, wordlists
from plugin.domain.policy.traits import Trait
from plugin.i18n import DESK_LANGUAGES
from tests.support.named import named
from tests.support.repository import ROOT

SAMPLES = Path(__file__).parent / "trait_samples"
LISTS = ROOT / "plugin/domain/policy/trait_words"


def samples(kind: str) -> Iterator[tuple[Trait, str, str]]:
    for trait in wordlists():
        for language, told in json.loads((SAMPLES / f"{trait.value}.json").read_text()).items():
            yield from ((trait, language, name) for name in told[kind])


def test_a_name_that_says_the_trait_is_found() -> None:
    for trait, language, name in samples("good"):
        with named(trait, language, name):
            assert wordlists()[trait].is_name(plain(name))
            assert hints_at_any(plain(name))


def test_a_name_that_only_sounds_so_is_left_alone() -> None:
    for trait, language, name in samples("bad"):
        with named(trait, language, name):
            assert not wordlists()[trait].is_name(plain(name))


@pytest.mark.parametrize("trait", [trait for trait in Trait if trait is not Trait.PRODUCER_GUARANTEE])
def test_every_list_and_its_samples_are_in_every_language_of_the_desk(trait: Trait) -> None:
    told = json.loads((SAMPLES / f"{trait.value}.json").read_text())
    words = json.loads((LISTS / f"{trait.value}.json").read_text())
    assert set(told) == set(words["words"]) == set(words["never"]) == set(DESK_LANGUAGES)
    assert all(len(each["good"]) >= 2 and len(each["bad"]) >= 2 for each in told.values())


def test_a_guarantee_of_the_producer_is_told_by_no_name() -> None:
    assert Trait.PRODUCER_GUARANTEE not in wordlists()


@pytest.mark.parametrize("trait", [*wordlists()])
def test_words_begin_as_they_are_looked_up(trait: Trait) -> None:
    words = json.loads((LISTS / f"{trait.value}.json").read_text())["words"]
    first = [word.split()[0] for each in words.values() for word in each]
    assert [word for word in first if word.startswith("*") or (word.endswith("*") and len(word) < 5)] == []


@pytest.mark.parametrize(
    ("written", "other"),
    [("Maßgefertigt", "massgefertigt"), ("Große Elektrogeräte", "grosse-elektrogeraete"), ("Łosoś", "losos")],
)
def test_names_and_the_slugs_platforms_make_of_them_compare_as_equal(written: str, other: str) -> None:
    assert plain(written) == plain(other)


def test_a_slug_that_is_percent_encoded_reads_as_its_letters() -> None:
    assert plain("%d9%85%d8%b3%d8%aa%d8%ad%d8%b6%d8%b1%d8%a7%d8%aa") == " مستحضرات "
