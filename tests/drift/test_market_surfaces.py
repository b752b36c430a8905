"""Surfaces that speak for a whole shop say what the engine says of everything in it: page, JSON-LD, policy document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.policy.terms import Anchor, Track
from plugin.i18n import PAGE_LANGUAGES, catalogue
from plugin.wording.badge import badge
from tests.drift.shop import COUNTRIES, LANGUAGES, Store, store

SEEDS = (4, 5, 6)


@pytest.fixture(scope="module", params=SEEDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("drift")
    with store(request.param, home / "home") as filled:
        yield filled


def read(filled: Store, path: str) -> str:
    answer = filled.client.get(f"/s/{filled.shop.key}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.text


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_page_says_what_the_badge_says(filled: Store, country: str) -> None:
    rights = market_rights(country, filled.policy, filled.law)
    kinds = {"right", "payer"} if rights.withdrawal_days is not None else {"right"}
    for language in set(LANGUAGES) & set(PAGE_LANGUAGES):
        said, worded = words_of(read(filled, f"{language}/{country}")), badge(rights, catalogue(language))
        assert worded.summary in said
        for line in worded.lines:
            if line.kind in kinds:
                assert line.text in said, (country, language, line)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_structured_data_says_the_engines_days(filled: Store, country: str) -> None:
    rights = market_rights(country, filled.policy, filled.law)
    policy = json.loads(read(filled, f"en/{country}.jsonld"))["@graph"][0]["hasMerchantReturnPolicy"]
    window = rights.return_window
    promised = window.least_days if window and rights.anchor(Track.RETURN) is Anchor.DELIVERED else 0
    if window is not None and window.length is None:
        assert policy["returnPolicyCategory"].endswith("UnlimitedWindow")
    else:
        assert policy.get("merchantReturnDays", 0) == max(rights.withdrawal_days or 0, promised or 0)
    assert (policy.get("returnFees", "").endswith("FreeReturn")) == rights.is_return_free


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_policy_document_says_the_engines_terms(filled: Store, country: str) -> None:
    rights = market_rights(country, filled.policy, filled.law)
    (found,) = json.loads(read(filled, f"policy.json?country={country}"))["countries"]
    promise: dict[str, Any] | None = found["shop_return"]
    assert found["withdrawal"]["days"] == rights.withdrawal_days
    assert found["is_return_free"] == rights.is_return_free
    assert (promise or {"window": {"length": None}})["window"]["length"] == (
        rights.return_window.length if rights.return_window else None
    )
    assert bool(promise) == (rights.return_window is not None)
