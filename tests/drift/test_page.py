"""The after-sales page says of no product anything else than the engine: its words are read back from the page.

The page has no question for a product: it says what holds for all goods, then group by group. So it is read once for
each country and language, and each of the fifty products is compared with what that page says of the law and of
promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.scoped_rights import scoped_rights
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.terms import Counting, Payer, Track, Window, WindowUnit
from plugin.i18n import catalogue
from tests.drift.markup import Element, parsed
from tests.drift.reading import Read, found_in
from tests.drift.shop import COUNTRIES, LANGUAGES, Store, store
from tests.drift.surfaces import Question

SEED = 13
RIGHTS = ("badge.right.withdraw", "badge.right.withdraw_at_least", "badge.right.none", "badge.right.unknown")
RETURNS = ("badge.extra.return", "badge.extra.return_unlimited")
EXCHANGES = ("badge.extra.exchange", "badge.extra.exchange_unlimited")
WARRANTIES = ("badge.warranty", "badge.warranty_unlimited")
OTHERWISE = ("step.promised_from_ordered", "step.promised_from_shipped")
GUARANTEES = ("badge.guarantee.for", "badge.guarantee.at_least")
PAYERS = {
    "badge.payer.shop": Payer.SHOP,
    "badge.payer.shopper": Payer.SHOPPER,
    "badge.payer.unknown": Payer.UNKNOWN,
}
Length = tuple[str, int] | None


@dataclass(frozen=True, eq=False)
class Said:
    """What a page says, sentence by sentence."""

    by_law: list[str]
    promised: list[list[str]]
    exceptions: int
    faulty: list[str]
    language: str

    def lengths(self, *keys: str) -> list[Length]:
        """The lengths of the promises that these sentences make, card by card."""
        found = (each for card in self.promised for text in card for each in found_in(text, self.language, *keys))
        return [each.length for each in found]

    def right(self) -> Read:
        """The one sentence about withdrawing."""
        (found,) = [each for text in self.by_law for each in found_in(text, self.language, *RIGHTS)]
        return found


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Question]]:
    home: Path = tmp_path_factory.mktemp("page")
    with store(SEED, home / "home") as filled:
        yield [
            Question(filled, sold, country, language)
            for sold in filled.goods
            for country in COUNTRIES
            for language in LANGUAGES
        ]


@cache
def page(store: Store, country: str, language: str) -> Said:
    answer = store.client.get(f"/s/{store.shop.key}/{language}/{country}")
    assert answer.status_code == 200, answer.text
    (policy,) = parsed(answer.text).all(lambda each: each.attributes.get("data-section") == "policy")
    law, *exceptions = [each for each in policy.named("block--law") if not each.all(lambda inner: inner.tag == "h4")]
    (beside,) = policy.named("beside")
    return Said(
        by_law=sentences(law),
        promised=[sentences(card) for card in policy.named("block--promise")],
        exceptions=sum(len(each.named("row")) for each in exceptions),
        faulty=sentences(beside.named("block--law")[0]),
        language=language,
    )


def sentences(block: Element) -> list[str]:
    return block.texts("said")


@cache
def rights_of(question: Question) -> MarketRights:
    store = question.store
    return market_rights(question.country, store.policy, store.law, question.sold.item)


def length_of(window: Window) -> Length:
    if window.length is None:
        return None
    if window.unit is WindowUnit.MONTHS:
        return "months", window.length
    return "working" if window.counting is Counting.WORKING else "days", window.length


def test_the_page_tells_each_product_the_law_the_engine_applies_to_it(questions: list[Question]) -> None:
    excepted = 0
    for question in questions:
        said, rights = page(question.store, question.country, question.language), rights_of(question)
        asked = (question.sold.product, question.country, question.language, said.by_law)
        told = said.right()
        if rights.withdrawal_days is not None:
            unit = "working" if rights.is_in_working_days else "days"
            assert told.length == (unit, rights.withdrawal_days), asked
        elif rights.exception is not None:
            assert said.exceptions > 0, asked
            excepted += 1
        else:
            is_known = rights.withdrawal_certainty is not Certainty.UNVERIFIED
            assert told.key == f"badge.right.{'none' if is_known else 'unknown'}", asked
    assert excepted > 50


def test_the_page_names_no_longer_liability_than_a_product_has(questions: list[Question]) -> None:
    """It names the least of all goods: used ones may have less than the others."""
    told = 0
    for question in questions:
        said, rights = page(question.store, question.country, question.language), rights_of(question)
        lengths = [each.length for text in said.faulty for each in found_in(text, question.language, *GUARANTEES)]
        least = rights.guarantee_min_months or rights.guarantee_months
        for length in lengths:
            assert length is not None
            assert length[0] == "months"
            assert least is not None
            assert length[1] <= least, (question.sold.product, question.country, said.faulty)
            told += 1
    assert told > 500


def test_every_promise_to_a_product_is_one_the_page_makes(questions: list[Question]) -> None:
    """But for promises to groups of customers, of which the page does not speak, and those the law outdoes anyway."""
    found = 0
    for question in questions:
        rights, said = rights_of(question), page(question.store, question.country, question.language)
        rule, window = rights.rules[Track.RETURN], rights.shown_return
        if rule is None or window is None or rule.scope.groups or rights.exception is not None:
            continue
        assert length_of(window) in said.lengths(*RETURNS, *OTHERWISE), (question.sold.product, question.country)
        found += 1
    assert found > 300


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_page_makes_the_engines_promises_group_by_group(questions: list[Question], country: str) -> None:
    """Returns, exchanges and warranties in the order of the groups; what counts from elsewhere than delivery too."""
    store = questions[0].store
    today = datetime.now(UTC).date()  # the page is asked for today as well
    groups = scoped_rights(country, store.policy, store.law, today)
    returned = [group.rights.shown_return for group in groups if Track.RETURN in group.tracks]
    exchanged = [group.rights.exchange_window for group in groups if Track.EXCHANGE in group.tracks]
    covered = [group.rights.warranty_window for group in groups if Track.WARRANTY in group.tracks]
    wanted = sorted(str(length_of(window)) for window in (*returned, *exchanged, *covered) if window)
    for language in LANGUAGES:
        said = page(store, country, language).lengths(*RETURNS, *EXCHANGES, *WARRANTIES, *OTHERWISE)
        assert sorted(map(str, said)) == wanted, (country, language)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_page_names_the_payer_by_law_the_engine_names(questions: list[Question], country: str) -> None:
    store = questions[0].store
    rights = market_rights(country, store.policy, store.law)
    if rights.withdrawal_days is None:
        return
    for language in LANGUAGES:
        words, said = catalogue(language), page(store, country, language).by_law
        named = {payer for key, payer in PAYERS.items() if words.text(key) in said}
        depends = words.text("badge.payer.depends") in said
        assert depends == rights.depends_on_notice
        assert depends or named == {rights.legal_payer}
