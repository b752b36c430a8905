"""Vague promises are recognised and concrete ones left alone, on sentences the patterns were written for and others.

`vague.jsonl` (30 vague and 30 concrete sentences in each of five languages) was at hand while patterns were written;
`vague_held_out.jsonl` (10 and 10 each) was not: it was written once they were frozen.
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


@pytest.mark.parametrize(("name", "each"), [("vague.jsonl", 30), ("vague_held_out.jsonl", 10)])
def test_the_sentences_are_as_many_and_as_different_as_said(name: str, each: int) -> None:
    rows = corpus(name)
    assert Counter((row["language"], row["is_vague"]) for row in rows) == {
        (language, is_vague): each for language in FIVE for is_vague in (True, False)
    }
    assert len({row["text"] for row in rows}) == len(rows)


@pytest.mark.parametrize("language", FIVE)
def test_nine_of_ten_vague_promises_are_recognised(language: str) -> None:
    assert recall(corpus("vague.jsonl"), language) >= 0.9


@pytest.mark.parametrize("name", ["vague.jsonl", "vague_held_out.jsonl"])
def test_no_concrete_promise_raises_an_alarm(name: str) -> None:
    assert [row["text"] for row in corpus(name) if not row["is_vague"] and is_recognised(row)] == []


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
