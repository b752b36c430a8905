"""A Shopify theme's blocks that speak for the whole shop say what the engine and the law say, in every language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.domain.clocks.before_purchase import market_rights
from plugin.i18n import LANGUAGES, catalogue
from plugin.wording.badge import badge
from plugin.wording.withdrawal import withdraw_words
from tests.drift.markup import Element, parsed
from tests.drift.shop import COUNTRIES, Store, store
from tests.drift.theme import HAS_LIQUID, page_of, printed_block
from tests.support.published import SAMPLES
from tests.support.theme import Page

pytestmark = pytest.mark.skipif(not HAS_LIQUID, reason="no Ruby with Shopify's Liquid here; script/test installs it")
SEED = 4
WITH_LAW = {"DE", "FR"}
"""Where the samples' shop has to offer the withdrawal function."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("theme")
    with store(SEED, home / "home") as filled:
        yield filled


def links(html: str) -> list[Element]:
    return parsed(html).all(lambda each: each.tag == "a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_after_sales_block_says_what_holds_for_everything(filled: Store, language: str) -> None:
    words = catalogue(language)
    for country in COUNTRIES:
        said = parsed(printed_block("after-sales", page_of(filled, filled.goods[0], country, language)))
        wanted = badge(market_rights(country, filled.policy, filled.law), words)
        (section,) = said.named("aftercare-page")
        assert (section.attributes["lang"], section.attributes["dir"]) == (language, words.direction)
        assert said.texts("aftercare-summary") == [wanted.summary]
        assert list(zip(said.texts("aftercare-label"), said.texts("aftercare-words"), strict=True)) == [
            (line.label, line.text) for line in wanted.lines
        ]
        assert said.texts("aftercare-heading") == [words.text("page.heading")]


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("app.*-[A-Z][A-Z].json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("block", ["embed", "withdrawal"])
def test_the_way_to_withdraw_bears_the_official_words_where_the_law_wants_it(block: str, sample: Path) -> None:
    key, told = sample.name.split(".")[1], json.loads(sample.read_text())
    language, _, country = key.rpartition("-")
    found = links(printed_block(block, Page(country, language, {key: told})))
    official = withdraw_words(catalogue(told["language"]), country)
    wanted = [(official.text, official.language)] if country in WITH_LAW else []
    assert [(link.text, link.attributes["lang"]) for link in found] == wanted
    assert all(
        link.attributes["href"].endswith(f"/withdraw?lang={told['language']}&country={country}") for link in found
    )


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("app.*-anywhere.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("block", ["after-sales", "embed", "withdrawal"])
def test_where_the_shop_sells_no_more_the_way_to_withdraw_is_still_there(block: str, sample: Path) -> None:
    key, told = sample.name.split(".")[1], json.loads(sample.read_text())
    written = {path.name.split(".")[1]: json.loads(path.read_text()) for path in SAMPLES.glob("app.*.json")}
    said = parsed(printed_block(block, Page("AT", key.removesuffix("-anywhere"), written)))
    (link,) = said.named("aftercare-withdraw")
    official = withdraw_words(catalogue(told["language"]))
    assert (link.text, link.attributes["lang"]) == (official.text, official.language)
    assert link.attributes["href"].endswith(f"/withdraw?lang={told['language']}")
    assert said.named("aftercare-summary") == said.named("aftercare-lines") == []
    assert not said.all(lambda each: "data-country" in each.attributes)
