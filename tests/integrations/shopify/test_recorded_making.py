"""What commands make in the fake Admin API is what Shopify made when it was asked the same: recorded exchanges."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integrations.shopify.samples import Json, recorded
from tests.support.shopify_admin.credits import Credits
from tests.support.shopify_admin.drafts import PAID, Drafts
from tests.support.shopify_admin.holds import Holds

VALIDATION = "2026-04__fulfillment-order-hold-validation"
WORK = "gid://shopify/FulfillmentOrder/1"


def told(exchange: Json) -> Json:
    """What Shopify answered."""
    answer: Json = exchange["response"].get("payload", exchange["response"])["data"]
    return next(iter(answer.values()))


def alike(ours: Any, theirs: Any, at: str = "") -> None:  # noqa: ANN401 - parsed JSON of any shape
    """Whatever both say is the same, but for ids and instants; a list is the same length."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in ours.keys() & theirs.keys():
            alike(ours[name], theirs[name], f"{at}.{name}")
    elif isinstance(ours, list) and isinstance(theirs, dict):
        alike(ours, theirs["nodes"], at)
    elif isinstance(ours, list):
        assert len(ours) == len(theirs), at
        for number, each in enumerate(ours):
            alike(each, theirs[number], f"{at}.{number}")
    elif not (isinstance(theirs, str) and theirs.startswith("gid://")):
        assert ours == theirs, at


def holds_of(exchange: Json) -> tuple[Holds, Json, dict[str, str]]:
    """The work as it was set up, and our ids for theirs."""
    (created,) = (each for each in exchange["setup"].values() if "variables" in each)
    (work,) = told(created)["order"]["fulfillmentOrders"]["nodes"]
    orders: dict[str, Json] = {}
    holds = Holds(orders)
    lines = work["lineItems"]["nodes"]
    ours = holds.opened({line["lineItem"]["id"]: line["remainingQuantity"] for line in lines})
    orders["order"] = {"fulfillmentOrders": [ours]}
    names = {line["id"]: our["id"] for line, our in zip(lines, ours["lineItems"], strict=True)}
    return holds, ours, names


def asked(exchange: Json, names: dict[str, str]) -> Json:
    hold: Json = dict(exchange["variables"]["fulfillmentHold"])
    if lines := hold.get("fulfillmentOrderLineItems"):
        hold["fulfillmentOrderLineItems"] = [{**line, "id": names[line["id"]]} for line in lines]
    return hold


def test_units_that_are_held_become_work_of_their_own() -> None:
    exchange = recorded("2026-04__fulfillment-order-hold-multi-line")
    holds, work, names = holds_of(exchange)
    sent = exchange["workflow"]["hold"]
    answer = holds.hold(work["id"], asked(sent, names))
    for part in ("fulfillmentOrder", "remainingFulfillmentOrder"):
        for line in answer[part]["lineItems"]:
            line["lineItem"] = {}  # its own quantities are not kept here
    alike(answer, told(sent))
    assert answer["remainingFulfillmentOrder"]


def test_a_handle_is_taken_once_and_what_is_held_is_not_parted() -> None:
    steps = recorded(VALIDATION)["workflows"]["validation"]
    holds, work, names = holds_of(recorded(VALIDATION))
    for step in ("firstHold", "duplicateHandle", "notSplittable", "secondHold", "zeroQuantity"):
        answer = holds.hold(work["id"], asked(steps[step], names))
        assert answer["userErrors"] == told(steps[step])["userErrors"], step
        if answer["fulfillmentOrder"]:
            handles = [each["handle"] for each in told(steps[step])["fulfillmentOrder"]["fulfillmentHolds"]]
            assert [each["handle"] for each in work["fulfillmentHolds"]] == handles


def test_a_draft_is_completed_once_and_its_tags_are_sorted() -> None:
    exchange = recorded("2025-01__draft-order-complete-already-paid")
    created = exchange["setup"]["draftOrderCreate"]
    orders: dict[str, Json] = {}
    drafts = Drafts(orders, lambda: "2026-07-14T14:00:00Z", order_of=lambda number: {"id": f"{number}"})
    free = {"appliedDiscount": {"value": 100.0}, **created["variables"]["input"]}
    made = drafts.create(free)
    alike({name: made["draftOrder"][name] for name in ("status", "tags")}, told(created)["draftOrder"])
    gid = made["draftOrder"]["id"]
    first, second = drafts.complete(gid), drafts.complete(gid)
    theirs = told(exchange["mutation"])
    assert (first["userErrors"], second["userErrors"]) == ([], theirs["userErrors"])
    assert second["userErrors"][0]["message"] == PAID
    assert first["draftOrder"]["order"] is second["draftOrder"]["order"], "named all the same, as recorded"
    assert theirs["draftOrder"]["order"]["id"] == told(exchange["setup"]["firstComplete"])["draftOrder"]["order"]["id"]


@pytest.mark.parametrize("step", ["mutation", "zeroCredit", "ownerSecondCurrencyCredit"])
def test_store_credit_is_given_and_refused_as_recorded(step: str) -> None:
    exchange = recorded("2026-04__store-credit-account-parity")
    sent = exchange["mutation"] if step == "mutation" else exchange["validations"][step]
    accounts = Credits({"gid://shopify/Customer/8"})
    answer = accounts.credit("gid://shopify/Customer/8", sent["request"]["variables"]["creditInput"])
    alike(answer, told(sent))
    assert answer["userErrors"] == told(sent)["userErrors"]
