"""What the badge's words promise before a purchase, the clocks of an order for the very product keep after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from plugin.domain.entitlement import Absent, Clock, Right
from plugin.domain.law.answers import Certainty
from plugin.domain.law.counting import add_months
from plugin.domain.policy import Payer
from plugin.i18n import catalogue
from tests.drift.orders import clocks_of, html_part, letter_part, text_part
from tests.drift.reading import is_said, read
from tests.drift.shop import Store, store
from tests.drift.surfaces import Question, policy_json, questions_of

SEED = 7
pytestmark = pytest.mark.draws  # the full size asks in every language
RIGHTS = ("badge.right.withdraw", "badge.right.withdraw_at_least", "badge.right.none", "badge.right.unknown")
EXCEPTED = ("absent.excepted.personalised", "absent.excepted.perishable")
OF_LAW = ("badge.summary.none", *(f"badge.summary.law{how}" for how in ("", "_at_least", "_free", "_shopper")))
RETURNS = ("badge.extra.return", "badge.extra.return_unlimited")
SUMMARIES_FREE = ("badge.summary.free_extra", "badge.summary.unlimited_free")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("clocks")
    with store(SEED, home / "home") as filled:
        yield filled


def policy_lines(question: Question) -> list[tuple[str, str]]:
    """Labels and sentences shown before the purchase."""
    return [(name, text) for name, text in policy_json(question)["lines"]]  # type: ignore[attr-defined]  # JSON


def said_by(paragraphs: list[str]) -> list[tuple[str, str]]:
    """Labels and sentences of a confirmation as its shopper reads it."""
    lines = (paragraph.partition(": ") for paragraph in paragraphs)
    return [(name, text) for name, parted, text in lines if parted]


TOLD: Mapping[str, Callable[[Question], list[tuple[str, str]]]] = {
    "policy JSON": policy_lines,
    "order confirmation": lambda question: said_by(text_part(question)),
    "order confirmation in HTML": lambda question: said_by(html_part(question)),
    "order confirmation as a letter": lambda question: said_by(letter_part(question)),
}


def reached(clock: Clock, length: tuple[str, int]) -> bool:
    """Whether a clock lasts as long as was said; working days are at least as many calendar days."""
    unit, number = length
    if clock.nominal_last_day is None:
        return clock.absent is None
    begun = clock.event_day
    assert begun is not None
    last = add_months(begun, number) if unit == "months" else begun + timedelta(days=number)
    return clock.nominal_last_day >= last


@pytest.mark.parametrize("surface", TOLD)
def test_the_right_that_was_told_is_the_one_the_order_has(filled: Store, surface: str) -> None:
    for question in questions_of(filled):
        text = dict(reversed(TOLD[surface](question)))[label(question)]
        clock = clocks_of(question).clock(Right.WITHDRAWAL)
        told = read(text, question.language, *RIGHTS, *EXCEPTED)
        match clock.absent:
            case Absent.EXCEPTED:
                assert told.key in EXCEPTED
            case Absent.NO_STATUTORY_RIGHT:
                is_known = clock.certainty is not Certainty.UNVERIFIED
                assert told.key == f"badge.right.{'none' if is_known else 'unknown'}"
            case None:
                assert told.key in RIGHTS[:2]
                assert told.length is not None
                assert reached(clock, told.length)
            case _:
                assert told.key == "badge.right.unknown"


def label(question: Question) -> str:
    return catalogue(question.language).text("label.law")


@pytest.mark.parametrize("surface", TOLD)
def test_a_return_that_was_promised_is_there_and_lasts_as_long_as_was_said(filled: Store, surface: str) -> None:
    kept = 0
    for question in questions_of(filled):
        clock = clocks_of(question).clock(Right.SHOP_RETURN)
        for text in (text for _, text in TOLD[surface](question)):
            for key in filter(partial(is_said, text, question.language), RETURNS):
                length = read(text, question.language, key).length
                assert clock.absent is None, (question.sold.product, question.country)
                assert length is None or reached(clock, length), (text, clock)
                kept += 1
    assert kept > 50


def test_a_return_is_as_free_as_was_said(filled: Store) -> None:
    for question in questions_of(filled):
        said, clock = policy_json(question), clocks_of(question).clock(Right.SHOP_RETURN)
        if any(is_said(said["summary"], question.language, key) for key in SUMMARIES_FREE):
            assert clock.payer is Payer.SHOP
        if clock.absent is Absent.NO_PROMISE:
            assert read(said["summary"], question.language, *OF_LAW)
