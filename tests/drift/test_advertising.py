"""No line for advertisements claims of any product what the engine does not give it; each is read back from its words.

Lines have no product: they are for all goods in a country. So those of each country and language are compared with each
of the fifty products.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.documents.ad_copy import Line, ad_copy
from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.policy.terms import Counting, Payer, Window, WindowUnit
from plugin.i18n import catalogue
from tests.drift.reading import Read, found_in, is_all_of
from tests.drift.shop import COUNTRIES, LANGUAGES, Store, store

SEEDS = (4, 8, 13)
FREE = {"page.ad.free", "page.ad.free_unlimited", "banner.free", "banner.free_unlimited"}
RETURN = {"page.ad.returns", "page.ad.free", "badge.extra.return", "banner.free"}
RETURN_ENDLESS = {"page.ad.free_unlimited", "badge.extra.return_unlimited", "banner.free_unlimited"}
EXCHANGE = {"page.ad.exchange"}
WARRANTY = {"page.ad.warranty", "badge.warranty"}
WARRANTY_ENDLESS = {"badge.warranty_unlimited"}
OTHERWISE = {"step.promised_from_ordered", "step.promised_from_shipped"}
SHORT = tuple(key for key in sorted(FREE | RETURN | RETURN_ENDLESS | EXCHANGE | WARRANTY) if key.startswith("page."))
LONG = tuple(sorted((FREE | RETURN | RETURN_ENDLESS | WARRANTY | WARRANTY_ENDLESS | OTHERWISE) - set(SHORT)))


@pytest.fixture(scope="module", params=SEEDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("advertised")
    with store(request.param, home / "home") as filled:
        yield filled


def claims(line: Line) -> list[Read]:
    """What a line claims; a line without any known claim is no line of ours."""
    whole = is_all_of(line.text, line.language, *SHORT)
    found = [whole] if whole else found_in(line.text, line.language, *LONG)
    assert found, line
    return found


def least_days(length: tuple[str, int]) -> int:
    unit, number = length
    kind = WindowUnit.MONTHS if unit == "months" else WindowUnit.DAYS
    counting = Counting.WORKING if unit == "working" else Counting.CALENDAR
    return Window(number, kind, counting).least_days or 0


def lasts(window: Window | None, claim: Read) -> bool:
    """Whether a promise of the engine is as long as was claimed."""
    if window is None or claim.length is None:
        return window is not None and window.length is None
    return window.length is None or (window.least_days or 0) >= least_days(claim.length)


def holds(claim: Read, rights: MarketRights) -> bool:
    """Whether the engine gives a product what is claimed of all goods."""
    law_pays = rights.legal_payer is Payer.SHOP and rights.withdrawal_fee is None
    shop_pays = rights.promised_payer is Payer.SHOP and rights.fee is None
    by_law = Window(rights.withdrawal_days) if rights.withdrawal_days else None
    if claim.key in FREE:
        return (law_pays and lasts(by_law, claim)) or (shop_pays and lasts(rights.return_window, claim))
    if claim.key in EXCHANGE:
        return lasts(rights.exchange_window, claim)
    if claim.key in WARRANTY | WARRANTY_ENDLESS:
        return lasts(rights.warranty_window, claim)
    by_promise = lasts(rights.return_window, claim)
    return by_promise or (lasts(rights.warranty_window, claim) if claim.key in OTHERWISE else lasts(by_law, claim))


def test_every_claim_of_every_line_holds_for_every_product(filled: Store) -> None:
    kept = 0
    for country in COUNTRIES:
        anything = market_rights(country, filled.policy, filled.law)
        goods = [market_rights(country, filled.policy, filled.law, sold.item) for sold in filled.goods]
        for language in LANGUAGES:
            for line in ad_copy(anything, catalogue(language)):
                assert (line.country, line.language) == (country, language)
                for claim in claims(line):
                    failing = [rights for rights in goods if not holds(claim, rights)]
                    assert failing == [], (line, claim)
                    kept += 1
    assert kept > 10
