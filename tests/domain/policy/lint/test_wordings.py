"""Vague promises are recognised and concrete ones left alone, as far as their words are listed.

- `vague.jsonl`, 30 vague and 30 concrete sentences in each of five languages, was at hand while patterns were written:
  all vague ones are recognised, with no false alarm.
- `vague_revision.jsonl` (10 and 10 each) was written once they were frozen: 10 of 50 were recognised, with no false
  alarm. The words it showed to be missing were listed then, so it proves nothing about others any more.
- `vague_held_out.jsonl` (10 vague, 20 concrete each) was written after that, to be hard. Nothing was listed because of
  it, but "for life of the first owner" was let go: 5 of 50 are recognised, with no false alarm among 100.

So the patterns find what shops usually write, and miss what is vague in words of its own.
"""

import json
from collections import Counter
from pathlib import Path
from typing import TypedDict

import pytest

from plugin.domain.policy.lint.sentences import split
from plugin.domain.policy.lint.wordings import Wording, languages, matches

HERE = Path(__file__).parent
FIVE = ("en", "de", "fr", "es", "zh-Hans")


class Row(TypedDict):
    language: str
    is_vague: bool
    text: str


def corpus(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def is_recognised(row: Row) -> bool:
    return any(matches(row["text"], row["language"], Wording.VAGUE))


def recall(rows: list[Row], language: str) -> float:
    vague = [row for row in rows if row["is_vague"] and row["language"] == language]
    return sum(is_recognised(row) for row in vague) / len(vague)


@pytest.mark.parametrize(
    ("name", "vague", "concrete"),
    [("vague.jsonl", 30, 30), ("vague_revision.jsonl", 10, 10), ("vague_held_out.jsonl", 10, 20)],
)
def test_the_sentences_are_as_many_and_as_different_as_said(name: str, vague: int, concrete: int) -> None:
    rows = corpus(name)
    assert Counter((row["language"], row["is_vague"]) for row in rows) == {
        (language, is_vague): vague if is_vague else concrete for language in FIVE for is_vague in (True, False)
    }
    assert len({row["text"] for row in rows}) == len(rows)


@pytest.mark.parametrize("language", FIVE)
def test_nine_of_ten_vague_promises_are_recognised(language: str) -> None:
    assert recall(corpus("vague.jsonl"), language) >= 0.9


@pytest.mark.parametrize("name", ["vague.jsonl", "vague_revision.jsonl", "vague_held_out.jsonl"])
def test_no_concrete_promise_raises_an_alarm(name: str) -> None:
    assert [row["text"] for row in corpus(name) if not row["is_vague"] and is_recognised(row)] == []


def test_what_is_vague_in_words_nobody_listed_is_mostly_missed() -> None:
    held_out = [row for row in corpus("vague_held_out.jsonl") if row["is_vague"]]
    assert sum(is_recognised(row) for row in held_out) == 5


def test_the_same_sentence_gets_the_same_answer_however_it_is_typed() -> None:
    for text in ("Refunds are QUICK.", "refunds  are\u00a0quick.", "Ｒefunds are quick."):
        assert any(matches(text, "en", Wording.VAGUE))
    assert any(matches("Quick refunds.", "en-GB", Wording.VAGUE))
    assert not any(matches("退款很快。", "zh-Hant", Wording.VAGUE))


def test_there_are_patterns_for_seven_languages() -> None:
    assert languages() == ("de", "en", "es", "fr", "it", "pl", "zh-Hans")


def test_a_full_stop_inside_an_address_or_a_number_ends_no_sentence() -> None:
    assert split("See ec.europa.eu/odr now. It costs 2.5 EUR! 退款。好") == [
        "See ec.europa.eu/odr now.",
        "It costs 2.5 EUR!",
        "退款。",
        "好",
    ]
