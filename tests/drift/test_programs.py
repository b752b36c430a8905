"""What programs read of a product is what the engine says: structured data and the policy document.

Both are asked with `?product=`. The policy document has no language, so it is compared for every product and country.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.entitlement import Right
from plugin.domain.law.counting import add_months
from plugin.domain.money import Money
from plugin.domain.policy.terms import Anchor, Counting, Fee, Payer, Track, Window, WindowUnit
from tests.build import DELIVERED
from tests.drift.orders import clocks_of
from tests.drift.shop import Store, store
from tests.drift.surfaces import Question, questions_of

SEED = 12
WINDOWS = {"shop_return": Track.RETURN, "exchange": Track.EXCHANGE, "warranty": Track.WARRANTY}
CLOCKS = {
    "shop_return": Right.SHOP_RETURN,
    "exchange": Right.EXCHANGE,
    "warranty": Right.COMMERCIAL_WARRANTY,
    "withdrawal": Right.WITHDRAWAL,
    "guarantee": Right.LEGAL_GUARANTEE,
}


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Question]]:
    home: Path = tmp_path_factory.mktemp("programs")
    with store(SEED, home / "home") as filled:
        yield questions_of(filled)


def read(filled: Store, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = filled.client.get(f"/s/{filled.shop.key}/{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


@cache
def rights_of(question: Question) -> MarketRights:
    store = question.store
    return market_rights(question.country, store.policy, store.law, question.sold.item)


def days_of(rights: MarketRights) -> int | None:
    """The days a return surely has from delivery, by law or by promise."""
    window = rights.return_window if rights.anchor(Track.RETURN) is Anchor.DELIVERED else None
    return max(rights.withdrawal_days or 0, (window.least_days or 0) if window else 0) or None


def fees_of(rights: MarketRights) -> list[tuple[float, str | None]]:
    """What is kept back at most, each value as (number, currency) with None for per cent."""
    fees = [fee for fee in (rights.fee, rights.withdrawal_fee) if fee]
    return list(dict.fromkeys(value for fee in fees for value in _values(fee)))


def _values(fee: Fee) -> Iterator[tuple[float, str | None]]:
    if fee.rate:
        yield fee.rate / 100, None
    if fee.amount and fee.amount.minor:
        yield float(fee.amount.decimal()), fee.amount.currency


def fees_in(told: Any) -> list[tuple[float, str | None]]:  # noqa: ANN401 - JSON
    values = told if isinstance(told, list) else [] if told is None else [told]
    return [(float(v["value"]), v["currency"]) if isinstance(v, dict) else (float(v), None) for v in values]


def test_structured_data_says_the_engines_days_payers_and_fees(questions: list[Question]) -> None:
    kinds, amounts = set(), set()
    for question in questions:
        path = f"{question.language}/{question.country}.jsonld"
        seller, *more = read(question.store, path, product=question.sold.product.external_id)["@graph"]
        policy, rights = seller["hasMerchantReturnPolicy"], rights_of(question)
        asked = (question.sold.product, question.country, policy, rights)
        assert policy["applicableCountry"] == question.country
        assert policy["merchantReturnLink"].endswith(f"/{question.language}/{question.country}")
        is_endless = rights.return_window is not None and rights.return_window.length is None
        assert policy["returnPolicyCategory"].endswith("UnlimitedWindow") == is_endless, asked
        assert policy.get("merchantReturnDays") == (None if is_endless else days_of(rights)), asked
        assert policy.get("returnFees", "").endswith("FreeReturn") == rights.is_return_free, asked
        assert policy.get("returnFees", "").endswith("CustomerResponsibility") == shopper_pays(rights), asked
        assert fees_in(policy.get("restockingFee")) == fees_of(rights), asked
        assert [node["durationOfWarranty"]["value"] for node in more] == months_of(rights.warranty_window), asked
        kinds.add((policy["returnPolicyCategory"], policy.get("merchantReturnDays"), policy.get("returnFees")))
        amounts.update(fees_in(policy.get("restockingFee")))
    assert len(kinds) > 6
    assert len(amounts) > 2


def shopper_pays(rights: MarketRights) -> bool:
    """Whether some way back without a reason costs the shopper the postage."""
    by_law = rights.withdrawal_days is not None and rights.legal_payer is Payer.SHOPPER
    by_promise = rights.return_window is not None and rights.promised_payer is Payer.SHOPPER
    return not rights.is_return_free and (by_law or by_promise)


def months_of(window: Window | None) -> list[int]:
    return [window.length] if window and window.length and window.unit is WindowUnit.MONTHS else []


@cache
def document(question: Question) -> Any:  # noqa: ANN401 - JSON
    """The policy document's country."""
    asked = {"country": question.country, "delivered_at": DELIVERED.isoformat()}
    told = read(question.store, "policy.json", product=question.sold.product.external_id, **asked)
    assert told["product"] == question.sold.item.product
    (found,) = told["countries"]
    return found


def test_the_policy_document_says_the_engines_terms_of_a_product(questions: list[Question]) -> None:
    for question in questions:
        found, rights = document(question), rights_of(question)
        asked = (question.sold.product, question.country, found)
        assert found["country"] == question.country
        assert found["withdrawal"]["days"] == rights.withdrawal_days, asked
        assert found["withdrawal"]["payer"] == rights.legal_payer, asked
        assert found["guarantee"]["months"] == rights.guarantee_months, asked
        assert found["is_final_sale"] == rights.is_final_sale, asked
        assert found["is_return_free"] == rights.is_return_free, asked
        windows = (rights.return_window, rights.exchange_window, rights.warranty_window)
        for (name, track), window in zip(WINDOWS.items(), windows, strict=True):
            told = found[name] and found[name]["window"]
            assert told == (window and told_of(window, rights.anchor(track))), asked
        if found["shop_return"]:
            assert found["shop_return"]["payer"] == rights.promised_payer, asked
            assert fee_in(found["shop_return"]["fee"]) == rights.fee, asked


def told_of(window: Window, anchor: Anchor) -> dict[str, object]:
    is_working = window.unit is WindowUnit.DAYS and window.counting is Counting.WORKING
    return {"length": window.length, "unit": "working_days" if is_working else window.unit, "counted_from": anchor}


def fee_in(told: Any) -> Fee | None:  # noqa: ANN401 - JSON
    if told is None:
        return None
    amount = told["amount"]
    money = Money(round(float(amount["value"]) * 100), amount["currency"]) if amount else None
    return Fee(round(told["percent"] * 100), money)


def test_the_policy_documents_deadlines_are_those_of_an_order_of_the_product(questions: list[Question]) -> None:
    """Where a promise depends on more than the product, the order may have longer, never shorter."""
    told, equal = 0, 0
    for question in questions:
        found, clocks = document(question), clocks_of(question)
        for name, right in CLOCKS.items():
            deadline, clock = (found[name] or {}).get("deadline"), clocks.clock(right)
            if deadline is None:
                continue
            last, closes = date.fromisoformat(deadline["last_day"]), datetime.fromisoformat(deadline["closes_at"])
            asked = (question.sold.product, question.country, right, deadline, clock)
            assert clock.last_day is None or last <= clock.last_day, asked
            assert clock.closes_at is None or closes <= clock.closes_at, asked
            assert last >= least_end(found[name]), asked
            told, equal = told + 1, equal + (last == clock.last_day)
            if right in {Right.WITHDRAWAL, Right.LEGAL_GUARANTEE}:
                assert last == clock.last_day, asked
    assert told > 1_000
    assert equal > told * 0.8


def least_end(terms: Any) -> date:  # noqa: ANN401 - JSON
    """The day the terms themselves lead to; working days and holidays only make it later."""
    begun = DELIVERED.date()
    window = terms.get("window")
    if "months" in terms:
        return add_months(begun, terms["months"])
    if window and window["unit"] == "months":
        return add_months(begun, window["length"])
    return begun + timedelta(days=window["length"] if window else terms["days"])
