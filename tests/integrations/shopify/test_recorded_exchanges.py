"""The fake Admin API answers what Shopify answered: recorded exchanges, replayed on it one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integrations.shopify.records import recorded as as_records
from tests.integrations.shopify.samples import Json, recorded
from tests.support.shopify_admin.bulk import refusals
from tests.support.shopify_admin.execution import Unknown
from tests.support.shopify_admin.shop import AdminShop

STEPS = {
    "2026-04__order-return-status-lifecycle": ["mixedCase", "declinedCase", "canceledCase", "removedCase"],
    "2026-04__returnApprove-decline-state-preconditions": ["openCase", "declinedCase"],
    "2026-04__return-reason-validation": [
        "missingReasonCreate",
        "missingReasonRequest",
        "otherBlankNoteCreate",
        "invalidReasonCreate",
        "invalidReasonRequest",
        "otherBlankNoteRequest",
    ],
}
WAY_BACK = {
    "2026-04__return-reverse-logistics-recorded": [
        "returnRequest",
        "returnApproveRequest",
        "reverseDeliveryCreateValidation",
        "reverseDeliveryCreate",
        "reverseDeliveryUpdateValidation",
        "reverseDeliveryUpdate",
        "reverseFulfillmentDisposeValidation",
        "reverseFulfillmentDispose",
        "returnProcess",
        "explicitReturnRequest",
        "explicitReturnApproveRequest",
        "reverseDeliveryExplicitCreate",
    ],
    "2026-04__return-shipping-fee-recorded": ["returnCreate", "downstreamRead"],
    "2026-04__return-customer-note-recorded": ["returnRequest", "downstreamRead"],
}
LATER = "unrelatedReverseFulfillmentOrderLine"
"""Recorded among the first refusals, about a return that was made at the end."""
REFUNDS = "2026-04__refund-create-transactions-validation"
BULK = recorded("2026-04__bulk-operation-run-query-validators")["validations"]


class Replay:
    """Sends what was sent, ours ids in place of theirs, and compares what comes back."""

    def __init__(self, exchange: Json) -> None:
        self.shop = AdminShop()
        self.ours: dict[str, str] = {}
        self.add_orders(exchange)

    def add_orders(self, exchange: Json) -> None:
        """Every order that was set up, as it was read before the first step."""
        for entry in _entries(exchange.get("setup", {})):
            order = entry.get("order")
            if order and order.get("fulfillments"):
                whole = as_records(order) | {"returns": [], "returnStatus": "NO_RETURN"}
                dates = {"createdAt": "2026-07-01T00:00:00Z", "updatedAt": "2026-07-01T00:00:00Z"}
                self.shop.orders[order["id"]] = {**dates, **whole}

    def step(self, sent: Json) -> None:
        """One exchange: the same data, the same refusals."""
        told = sent["response"].get("payload", sent["response"])
        variables = json.loads(self.translated(json.dumps(sent["variables"])))
        answer = self.shop.answer(sent["query"], variables, None)
        assert self.shop.unknown == []
        assert "errors" in told or "errors" not in answer, answer
        if "errors" in told:
            assert "errors" in answer
        else:
            self.same(answer.get("data"), told["data"])

    def translated(self, text: str) -> str:
        """With our ids for theirs."""
        for theirs, ours in self.ours.items():
            text = text.replace(f'"{theirs}"', f'"{ours}"')
        return text

    def same(self, ours: Any, theirs: Any, at: str = "") -> None:  # noqa: ANN401 - parsed JSON of any shape
        """Alike but for ids, which have to go together, and instants."""
        if isinstance(theirs, dict):
            assert ours is not None, at
            assert ours.keys() == theirs.keys(), at
            for name, value in theirs.items():
                self.same(ours[name], value, f"{at}.{name}")
        elif isinstance(theirs, list):
            assert len(ours) == len(theirs), at
            for number, value in enumerate(theirs):
                self.same(ours[number], value, f"{at}.{number}")
        elif isinstance(theirs, str) and theirs.startswith("gid://"):
            assert self.ours.setdefault(theirs, ours) == ours, at
        elif isinstance(theirs, str) and at.endswith("At"):
            assert isinstance(ours, str), at
        else:
            assert ours == theirs, at


def _entries(setup: Any) -> Iterator[Json]:  # noqa: ANN401 - parsed JSON of any shape
    """The data of every answer in a set-up."""
    if isinstance(setup, dict):
        if "response" in setup:
            yield setup["response"].get("payload", setup["response"]).get("data") or {}
        else:
            for inner in setup.values():
                yield from _entries(inner)


def _exchanges(case: Json) -> Iterator[Json]:
    if "response" in case:
        yield case
    else:
        yield from (each for each in case.values() if isinstance(each, dict) and "response" in each)


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in STEPS.items() for case in cases])
def test_returns_go_from_state_to_state_as_recorded(name: str, case: str) -> None:
    exchange = recorded(name)
    replay = Replay(exchange)
    steps = list(_exchanges(exchange[case]))
    assert steps
    for sent in steps:
        replay.step(sent)


@pytest.mark.parametrize("name", WAY_BACK)
def test_goods_travel_and_are_disposed_of_as_recorded(name: str) -> None:
    exchange = recorded(name)
    replay = Replay(exchange)
    replay.shop.locations |= {each["id"]: each for each in _locations(exchange)}
    for case in WAY_BACK[name]:
        for step, sent in _named(exchange[case], case):
            if step != LATER:
                replay.step(sent)
    if LATER in exchange.get("reverseDeliveryCreateValidation", {}):
        replay.step(exchange["reverseDeliveryCreateValidation"][LATER])
    assert replay.shop.returns.documented.taken == set()


def _named(case: Json, name: str) -> Iterator[tuple[str, Json]]:
    if "response" in case:
        yield name, case
    else:
        yield from case.items()


def _locations(exchange: Json) -> list[Json]:
    known = exchange.get("locations")
    if known is None:
        return []
    nodes: list[Json] = known["response"].get("payload", known["response"])["data"]["locations"]["nodes"]
    return nodes


@pytest.mark.parametrize("case", ["invalidKind", "missingParent", "mismatchedGateway", "happyPath"])
def test_refunds_are_made_and_refused_as_recorded(case: str) -> None:
    sent = recorded(REFUNDS)[case]
    replay = Replay({})
    order, asked = sent["variables"]["input"]["orderId"], sent["variables"]["input"]["transactions"][0]
    parent = "gid://shopify/OrderTransaction/1" if case == "missingParent" else asked["parentId"]
    gateway = "bogus-parent-gateway" if case != "happyPath" else "manual"
    amount = {"shopMoney": {"amount": "15.0", "currencyCode": "CAD"}}
    paid = {"id": parent, "kind": "SALE", "status": "SUCCESS", "gateway": gateway, "amountSet": amount}
    zero = {"amount": "0.0", "currencyCode": "CAD"}
    replay.shop.orders[order] = {
        "id": order,
        "currencyCode": "CAD",
        "presentmentCurrencyCode": "CAD",
        "displayFinancialStatus": "PAID",
        "totalRefundedSet": {"shopMoney": zero, "presentmentMoney": zero},
        "transactions": [paid],
        "refunds": [],
    }
    replay.step(sent)


def test_more_units_than_are_left_and_lines_unknown_are_refused_as_recorded() -> None:
    exchange = recorded("2026-04__return-quantity-validation")
    replay = Replay(exchange)
    created = exchange["setup"]["existingReturnCreate"]
    replay.step(created)
    document = {"returnInput": created["query"]}
    request = recorded("2026-04__return-reason-validation")["missingReasonRequest"]["query"]
    for case in ("returnRequestQuantityCap", "returnCreateQuantityCap", "returnRequestMixedValidMissing"):
        sent = exchange[case]
        text = document.get(next(iter(sent["variables"])), request)
        answer = replay.shop.answer(text, sent["variables"], None)
        (ours,), (theirs,) = answer["data"].values(), sent["response"]["data"].values()
        assert ours["return"] is None
        assert ours["userErrors"] == theirs["userErrors"]


@pytest.mark.parametrize("case", BULK)
def test_bulk_queries_are_refused_in_shopifys_own_words(case: str) -> None:
    sent = BULK[case]
    told = sent["response"].get("payload", sent["response"])["data"]["bulkOperationRunQuery"]["userErrors"]
    assert refusals(sent["variables"]["query"]) == [error["message"] for error in told]


def test_the_sixth_operation_at_once_is_refused_as_recorded() -> None:
    exchange = recorded("2026-04__bulk-operation-run-query-concurrency-limit")
    shop = AdminShop()
    asked = exchange["sixthRun"]["variables"]["query"]
    ids = [shop.bulk.start(asked, groupObjects=True)["bulkOperation"]["id"] for _ in exchange["successfulRuns"]]
    (error,) = shop.bulk.start(asked, groupObjects=True)["userErrors"]
    (told,) = exchange["sixthRun"]["response"]["data"]["bulkOperationRunQuery"]["userErrors"]
    theirs = [
        run["response"]["data"]["bulkOperationRunQuery"]["bulkOperation"]["id"] for run in exchange["successfulRuns"]
    ]
    for ours, other in zip(ids, theirs, strict=True):
        told["message"] = told["message"].replace(other, ours)
    assert error == told


def test_a_step_that_nobody_recorded_is_unknown_and_seen() -> None:
    exchange = recorded("2026-04__order-return-status-lifecycle")
    replay = Replay(exchange)
    first, *_ = _exchanges(exchange["mixedCase"])
    replay.step(first)
    (gid,) = (each["id"] for order in replay.shop.orders.values() for each in order["returns"])
    with pytest.raises(Unknown):
        replay.shop.returns.close(gid)
    close = exchange["mixedCase"]["closeFirst"]["query"]
    assert "errors" in replay.shop.answer(close, {"id": gid}, None)
    assert replay.shop.unknown == ["close of a return that is REQUESTED"]
