"""The mail that confirms an order names the days and payers of that order's clocks, as text and as HTML.

For every product, delivered to every country, in every language. The confirmation is the durable medium itself: there
is no PDF of it. The PDFs are the official instruction and form, which name no product (`test_market_surfaces`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugin.domain.entitlement import Clock, ClockState, Right
from plugin.domain.policy import Payer
from plugin.i18n import catalogue
from plugin.wording.names import title
from tests.drift.orders import READ, clocks_of, html_part, letter_part, text_part
from tests.drift.reading import is_said, plain, read_day
from tests.drift.shop import store
from tests.drift.surfaces import Question, questions_of

SEED = 11
PARTS: dict[str, Callable[[Question], list[str]]] = {"text": text_part, "HTML": html_part, "letter": letter_part}
DAYS = {
    Right.WITHDRAWAL: ("open", "open_at_least"),
    Right.SHOP_RETURN: ("open", "open_free", "within_law"),
    Right.EXCHANGE: ("open", "open_free"),
    Right.LEGAL_GUARANTEE: ("open", "open_at_least"),
    Right.COMMERCIAL_WARRANTY: ("open", "within_law"),
}
"""The sentences that name a last day."""
ENDLESS = ("clock.unlimited", "clock.legal_guarantee.unlimited", "clock.legal_guarantee.unlimited_at_least")
PAYERS = {"shop": Payer.SHOP, "shopper": Payer.SHOPPER, "unknown": Payer.UNKNOWN}
OF_GOODS = {Right.LEGAL_GUARANTEE, Right.COMMERCIAL_WARRANTY}


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Question]]:
    home: Path = tmp_path_factory.mktemp("confirmed")
    with store(SEED, home / "home") as filled:
        yield questions_of(filled)


def said_of(right: Right, paragraphs: list[str], question: Question) -> str | None:
    """What the mail says of a right, None if nothing."""
    name = f"{title(right, catalogue(question.language))} ("
    found = [text.partition("): ")[2] for text in paragraphs if text.startswith(name) and "): " in text]
    found = [said for said in found if said != question.sold.line.title]  # a heading of the warranty's terms
    assert len(found) <= 1, found
    return found[0] if found else None


def payers_said(right: Right, said: str, language: str) -> set[str]:
    """Who pays, by the words of the catalogue."""
    kind = "payer.fault" if right in OF_GOODS else "payer"
    return {name for name in (*PAYERS, "depends") if _ends_with(said, language, f"{kind}.{name}")}


def _ends_with(said: str, language: str, key: str) -> bool:
    entry = catalogue(language).entries.get(key)
    return isinstance(entry, str) and plain(said).endswith(entry)


def agrees_on_payer(clock: Clock, names: set[str]) -> bool:
    """Whether the payer told is the engine's; the liability by law is silent where nobody is known to pay."""
    depends = any(step.code == "payer_depends_on_notice" for step in clock.trace)
    if depends and clock.right not in OF_GOODS:
        return names == {"depends"}
    if not names:
        return clock.right is Right.LEGAL_GUARANTEE and clock.payer is Payer.UNKNOWN
    return {PAYERS[name] for name in names} == {clock.payer}


@pytest.mark.parametrize("part", PARTS)
def test_every_day_and_payer_in_the_mail_is_the_orders(part: str, questions: list[Question]) -> None:
    told = dict.fromkeys(Right, 0)
    for question in questions:
        paragraphs = PARTS[part](question)
        for clock in clocks_of(question).clocks:
            asked = (part, question.sold.product, question.country, question.language, clock)
            said, state = said_of(clock.right, paragraphs, question), clock.state(READ)
            keys = [f"clock.{clock.right}.{key}" for key in DAYS[clock.right]]
            days = read_day(said or "", question.language, keys)
            assert (said is not None) == (clock.is_statutory or state is not ClockState.NOT_APPLICABLE), asked
            assert set(days.values()) == ({clock.shown_last_day} if state is ClockState.OPEN else set()), (asked, said)
            if state is ClockState.UNLIMITED:
                assert any(is_said(said or "", question.language, key) for key in ENDLESS), (asked, said)
            if state in {ClockState.OPEN, ClockState.UNLIMITED}:
                assert agrees_on_payer(clock, payers_said(clock.right, said or "", question.language)), (asked, said)
                told[clock.right] += 1
    assert min(told.values()) > 30, told


def test_all_parts_of_the_mail_say_the_same(questions: list[Question]) -> None:
    for question in questions:
        parts = [part(question) for part in PARTS.values()]
        for right in Right:
            assert len({said_of(right, paragraphs, question) for paragraphs in parts}) == 1
