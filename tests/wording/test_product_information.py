"""Repair information, files and labels in words: complete, in one order, readable in either direction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.artwork import Label
from plugin.domain.certificates import StoredFile
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.scope import Scope
from plugin.i18n import catalogue
from plugin.wording.product_information import file_text, label_text, repair_cards, repair_rows
from tests.build import a_policy

ENGLISH = catalogue("en")


@pytest.mark.parametrize(
    ("size", "language", "text"),
    [
        (1, "de", "PDF, 2 kB"),
        (184_400, "de", "PDF, 185 kB"),
        (1_320_000, "de", "PDF, 1,3 MB"),
        (12_000, "ar", "\u2068PDF\u2069, \u206812 كيلوبايت\u2069"),
    ],
)
def test_a_file_is_told_by_its_kind_and_size(size: int, language: str, text: str) -> None:
    assert file_text(StoredFile("application/pdf", size, ""), catalogue(language)) == text


def test_a_label_says_its_years_officially_where_the_official_words_are_at_hand() -> None:
    label = Label("lamp", "Lumo AB", 60)
    assert label_text(label, ENGLISH) == "GARAN · Producer guarantee in years: 5 · Lumo AB"
    assert label_text(label, catalogue("ja")) == "GARAN · 5年 · Lumo AB"


def test_what_is_left_out_is_not_said() -> None:
    (row,) = repair_rows(RepairInformation("a", price_list="https://parts.example"), ENGLISH)
    assert (row.text, row.link, row.address) == ("", "Price list", "https://parts.example")
    assert repair_rows(RepairInformation("a"), ENGLISH) == ()


def test_cards_name_their_goods_and_what_is_for_everything_else_comes_last() -> None:
    everything = RepairInformation("all", parts_years=2)
    lamps = RepairInformation("lamps", Scope(categories=frozenset({"Lamps"})), parts_years=7)
    policy = replace(a_policy(), repairs=(everything, RepairInformation("empty"), lamps))
    assert [card.title for card in repair_cards(policy, ENGLISH)] == ["Lamps", "All other goods"]
    assert [card.title for card in repair_cards(replace(policy, repairs=(everything,)), ENGLISH)] == ["All goods"]
    assert repair_cards(None, ENGLISH) == ()
