"""The commands to a Shopify shop keep the port's contract; what they make is made once, whatever answer is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from integrations.platforms.shopify import scopes
from plugin.domain.ids import ClaimId
from plugin.domain.money import Money
from plugin.domain.origin import MadeAs, Origin
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Refusal, Units
from tests.build import NOW
from tests.integrations.platform_actions_contract import PlatformActionsContract
from tests.integrations.shopify.making import CUSTOMER, MakingRig, making, waiting
from tests.integrations.shopify.nodes import bag
from tests.integrations.shopify.test_actions import GID, PAID, a_payment


@pytest.fixture
def rig() -> Iterator[MakingRig]:
    with making() as rig:
        yield rig


class TestShopifyActions(PlatformActionsContract):
    pass


KEY = "claim7:2"


def test_a_replacement_is_a_free_order_that_comes_back_as_ours(rig: MakingRig) -> None:
    units = (Units(rig.paid.lines[0].id, 2),)
    made = rig.actions.create_replacement_order(rig.paid, units, idempotency_key=KEY)
    order = rig.order(made.id)
    assert order.origin == Origin(PAID, MadeAs.REPLACEMENT, ClaimId("claim7"))
    assert order.is_free_replacement
    (draft,) = rig.shop.made.drafts.made.values()
    (line,) = draft["input"]["lineItems"]
    assert (line["quantity"], draft["input"]["shippingAddress"]["countryCode"]) == (2, "DE")
    assert {"key": "Engraving", "value": "For Ada"} in line["customAttributes"]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_replacement_whose_answers_were_lost_is_made_once_even_while_the_index_is_behind(
    rig: MakingRig, lost: int
) -> None:
    rig.shop.made.drafts.index = lambda _: False
    units = (Units(rig.paid.lines[0].id, 1),)
    rig.lose_answers(lost)
    for _ in range(lost):
        with pytest.raises(Unavailable):
            rig.actions.create_replacement_order(rig.paid, units, idempotency_key=KEY)
    made = rig.actions.create_replacement_order(rig.paid, units, idempotency_key=KEY)
    assert [each["order"]["id"] for each in rig.shop.made.drafts.made.values()] == [GID + made.id]


def test_an_order_without_its_address_or_its_goods_is_not_replaced(rig: MakingRig) -> None:
    units = (Units(rig.paid.lines[0].id, 1),)
    rig.record["shippingAddress"] = None
    assert refusal(lambda: rig.actions.create_replacement_order(rig.paid, units, idempotency_key=KEY)) == (
        Refusal.NOT_SUPPORTED
    )
    assert not rig.actions.capabilities(rig.paid).replacement
    rig.record["lineItems"][0]["variant"]["inventoryQuantity"] = 0
    assert refusal(lambda: rig.actions.create_replacement_order(rig.paid, units, idempotency_key=KEY)) == (
        Refusal.MORE_THAN_LEFT
    )


def balance(rig: MakingRig) -> str:
    return str(rig.shop.made.credits.accounts[CUSTOMER]["EUR"]["balance"]["amount"])


def test_credit_for_goods_is_a_refund_to_store_credit_under_its_key(rig: MakingRig) -> None:
    units = (Units(rig.paid.lines[0].id, 1),)
    give = {"expires_at": None, "idempotency_key": KEY, "instead_of": units, "is_combinable": False}
    rig.lose_answers(1)
    with pytest.raises(Unavailable):
        rig.actions.issue_store_credit(rig.paid, Money(1190, "EUR"), **give)  # type: ignore[arg-type]  # its words
    made = rig.actions.issue_store_credit(rig.paid, Money(1190, "EUR"), **give)  # type: ignore[arg-type]  # its words
    (refund,) = rig.reported(rig.paid).refunds
    assert (refund.id, made.code, balance(rig)) == (made.id, None, "11.9")
    assert [(line.line, line.quantity) for line in refund.lines] == [(units[0].line, 1)]
    live = rig.actions.capabilities(rig.paid)
    assert live.refund_online


def test_what_went_to_store_credit_cannot_go_back_as_money_too(rig: MakingRig) -> None:
    units = (Units(rig.paid.lines[0].id, 4),)
    rig.actions.issue_store_credit(rig.paid, Money(5355, "EUR"), expires_at=None, idempotency_key=KEY, instead_of=units)
    assert not rig.actions.capabilities(rig.paid).refund_online


def test_what_went_to_store_credit_is_taken_off_an_order_once_however_it_was_paid(rig: MakingRig) -> None:
    card, cash = a_payment("91", "shopify_payments", is_manual=False), a_payment("93", "Cash", is_manual=True)
    for paid in (card, cash):
        paid["amountSet"] = bag("50.0")
    rig.record["transactions"] = [card, cash]
    give, unit = rig.actions.issue_store_credit, rig.paid.lines[0].id
    for count, amount in enumerate((3000, 7000), 1):
        give(rig.paid, Money(amount, "EUR"), expires_at=None, idempotency_key=f"{count}", instead_of=(Units(unit, 1),))
    assert len(rig.reported(rig.paid).refunds) == len((card, cash))
    assert not rig.actions.capabilities(rig.paid).refund_online


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_credit_beside_an_order_is_given_once_and_leaves_its_payments_alone(rig: MakingRig, lost: int) -> None:
    give = {"expires_at": NOW + timedelta(days=9), "idempotency_key": "claim7:goodwill:1"}
    rig.actions.issue_store_credit(rig.paid, Money(500, "EUR"), expires_at=None, idempotency_key="another")
    rig.lose_answers(lost)
    for _ in range(lost):
        with pytest.raises(Unavailable):
            rig.actions.issue_store_credit(rig.paid, Money(500, "EUR"), **give)  # type: ignore[arg-type]  # its words
    made = rig.actions.issue_store_credit(rig.paid, Money(500, "EUR"), **give)  # type: ignore[arg-type]  # its words
    assert made == rig.actions.issue_store_credit(rig.paid, Money(500, "EUR"), **give)  # type: ignore[arg-type]  # its words
    assert (balance(rig), rig.reported(rig.paid).refunds) == ("10.0", ())


def test_credit_that_another_command_gave_meanwhile_is_not_taken_for_this_one(rig: MakingRig) -> None:
    give = rig.actions.issue_store_credit
    rig.lose_answers(1)  # of the note that comes before: nothing is given
    with pytest.raises(Unavailable):
        give(rig.paid, Money(500, "EUR"), expires_at=None, idempotency_key="one")
    other = give(rig.paid, Money(500, "EUR"), expires_at=None, idempotency_key="two")
    assert give(rig.paid, Money(500, "EUR"), expires_at=None, idempotency_key="one") != other
    assert balance(rig) == "10.0"


def test_credit_beyond_what_was_paid_goes_to_the_account_and_not_to_nobody(rig: MakingRig) -> None:
    units = (Units(rig.paid.lines[0].id, 4),)
    rig.actions.issue_store_credit(rig.paid, Money(6000, "EUR"), expires_at=None, idempotency_key=KEY, instead_of=units)
    assert (balance(rig), rig.reported(rig.paid).refunds) == ("60.0", ())
    rig.record["customer"] = None
    assert refusal(
        lambda: rig.actions.issue_store_credit(rig.paid, Money(1, "EUR"), expires_at=None, idempotency_key="x")
    ) == (Refusal.NOT_SUPPORTED)


def held(rig: MakingRig, number: str) -> dict[str, list[int]]:
    work = rig.shop.orders[GID + number]["fulfillmentOrders"]
    found: dict[str, list[int]] = {}
    for each in work:
        found.setdefault(each["status"], []).extend(line["remainingQuantity"] for line in each["lineItems"])
    return found


@pytest.mark.parametrize("lost", [0, 1])
def test_goods_that_have_not_left_are_held_once_and_the_rest_goes_on(rig: MakingRig, lost: int) -> None:
    rig.shop.add(waiting(5, 3))
    rig.shop.orders[GID + "5"]["fulfillmentOrders"] = [rig.shop.made.holds.opened({"gid://shopify/LineItem/5": 3})]
    order = rig.order("5")
    assert rig.actions.capabilities(order).cancel_fulfilment
    rig.lose_answers(lost)
    for _ in range(lost):
        with pytest.raises(Unavailable):
            rig.actions.cancel_fulfilment(order, (Units(order.lines[0].id, 2),), idempotency_key="stop")
    for _ in range(2):
        rig.actions.cancel_fulfilment(order, (Units(order.lines[0].id, 2),), idempotency_key="stop")
    assert held(rig, "5") == {"ON_HOLD": [2], "OPEN": [1]}
    rig.actions.cancel_fulfilment(order, (Units(order.lines[0].id, 1),), idempotency_key="stop2")
    assert held(rig, "5") == {"ON_HOLD": [2, 1]}


def test_goods_on_their_way_or_out_of_our_sight_are_refused_and_nothing_is_held_by_halves(rig: MakingRig) -> None:
    rig.shop.add(waiting(5, 3))
    rig.shop.orders[GID + "5"]["fulfillmentOrders"] = [rig.shop.made.holds.opened({"gid://shopify/LineItem/5": 1})]
    order = rig.order("5")
    stop = lambda: rig.actions.cancel_fulfilment(order, (Units(order.lines[0].id, 2),), idempotency_key="s")  # noqa: E731 - said twice
    assert refusal(stop) == Refusal.WRONG_STATE
    assert held(rig, "5") == {"OPEN": [1]}


def test_what_the_merchant_has_not_granted_is_not_offered(rig: MakingRig) -> None:
    rig.shop.add(waiting(5, 1))
    order = rig.order("5")
    everything = rig.actions.capabilities(order)
    assert (everything.replacement, everything.store_credit, everything.cancel_fulfilment) == (True, True, True)
    rig.shop.scopes = tuple(scopes.INSTALLED)
    can = rig.actions.capabilities(order)
    assert (can.replacement, can.store_credit, can.cancel_fulfilment) == (False, False, False)
    assert (can.exchange, rig.actions.capabilities(rig.paid).exchange) == (False, True)


def test_a_shop_that_gives_no_store_credit_offers_none(rig: MakingRig) -> None:
    rig.shop.made.takes_credit = False
    assert not rig.actions.capabilities(rig.paid).store_credit


def refusal(command: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as error:
        command()
    return error.value.code
