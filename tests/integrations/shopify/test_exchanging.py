"""Exchanges at a Shopify shop: what the shopper was told, at Shopify's own payment page, once; or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugin.domain.money import Money
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Refusal
from tests.integrations.shopify.making import OTHER, MakingRig, making
from tests.integrations.shopify.samples import Json
from tests.support.shopify_admin.exchanges import SOURCES

KEY = "claim7:2"


@pytest.fixture
def rig() -> Iterator[MakingRig]:
    with making() as rig:
        yield rig


def states(rig: MakingRig) -> list[str]:
    return [each["status"] for each in rig.record["returns"]]


def test_an_exchange_is_a_return_with_goods_to_exchange_for_and_its_difference_is_paid_at_shopify(
    rig: MakingRig,
) -> None:
    made = rig.actions.create_exchange(rig.exchange(), idempotency_key=KEY)
    assert (made.number, made.due, made.pay_at) == ("#1-R1", Money(800, "EUR"), "https://nordkap.example/pay/1")
    assert made.id == rig.reported(rig.paid).returns[0].id
    sold = rig.reported(rig.paid).lines[-1]
    assert (sold.variant_id, sold.quantity, sold.total.presentment.minor + sold.tax.presentment.minor) == (
        "61",
        1,
        1990,
    )


@pytest.mark.parametrize("lost", range(1, 5))
def test_an_exchange_whose_answers_were_lost_is_gone_on_with_and_made_once(rig: MakingRig, lost: int) -> None:
    rig.lose_answers(lost)
    for _ in range(lost):
        with pytest.raises(Unavailable):
            rig.actions.create_exchange(rig.exchange(), idempotency_key=KEY)
    made = rig.actions.create_exchange(rig.exchange(), idempotency_key=KEY)
    assert made == rig.actions.create_exchange(rig.exchange(), idempotency_key=KEY)
    assert (states(rig), len(rig.record["lineItems"])) == (["OPEN"], 2)
    assert made.due == Money(800, "EUR")


@pytest.mark.parametrize("told", [800, None])
def test_a_price_that_changed_after_all_is_taken_back_with_its_goods(rig: MakingRig, told: int | None) -> None:
    shop = rig.shop.made.exchanges
    shop.after_calculating = lambda: shop.variants[OTHER].update(price="25.00")
    asked = rig.exchange(told=told)
    assert refusal(lambda: rig.actions.create_exchange(asked, idempotency_key=KEY)) == Refusal.PRICE_CHANGED
    assert (states(rig), rig.record["returns"][0]["exchangeLineItems"]) == (["CANCELED"], [])
    shop.after_calculating = lambda: None
    shop.variants[OTHER]["price"] = "19.90"
    assert rig.actions.create_exchange(asked, idempotency_key=KEY).due == Money(800, "EUR")


def test_taking_back_that_broke_off_is_finished_and_nothing_is_given_for_nothing(rig: MakingRig) -> None:
    made = rig.actions.create_exchange
    rig.lose_answers(2)
    for _ in range(2):
        with pytest.raises(Unavailable):
            made(rig.exchange(), idempotency_key=KEY)
    rig.record["returns"][0]["exchangeLineItems"] = []  # as when the goods were taken off, and then we died
    assert made(rig.exchange(), idempotency_key=KEY).due == Money(800, "EUR")
    assert states(rig) == ["CANCELED", "OPEN"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"inventoryQuantity": 0}, Refusal.MORE_THAN_LEFT),
        ({"availableForSale": False}, Refusal.MORE_THAN_LEFT),
        ({"product": {"status": "DRAFT"}}, Refusal.MORE_THAN_LEFT),
        ({"inventoryQuantity": 0, "inventoryPolicy": "CONTINUE"}, None),
        ({"inventoryQuantity": 0, "inventoryItem": {"tracked": False}}, None),
    ],
)
def test_only_goods_that_can_be_had_now_are_exchanged_for(rig: MakingRig, change: Json, code: Refusal | None) -> None:
    rig.shop.made.exchanges.variants[OTHER] |= change
    if code is None:
        assert rig.actions.create_exchange(rig.exchange(), idempotency_key=KEY).due
        return
    with pytest.raises(Rejected) as error:
        rig.actions.create_exchange(rig.exchange(), idempotency_key=KEY)
    assert (error.value.code, states(rig)) == (code, [])


def test_worn_goods_count_for_less_by_a_fee_and_others_for_more_by_a_discount(rig: MakingRig) -> None:
    worn = rig.actions.create_exchange(rig.exchange(credit=1000), idempotency_key="worn")
    assert worn.due == Money(990, "EUR")
    kind = rig.actions.create_exchange(rig.exchange(credit=1500), idempotency_key="kind")
    assert kind.due == Money(490, "EUR")
    fees = [line["restockingFee"] for each in rig.record["returns"] for line in each["returnLineItems"]]
    assert [fee and fee["percentage"] for fee in fees] == [pytest.approx(15.966387), None]


def test_what_nobody_has_seen_shopify_do_is_listed_in_the_readme(rig: MakingRig) -> None:
    rig.actions.create_exchange(rig.exchange(credit=1500), idempotency_key=KEY)
    taken = rig.shop.made.exchanges.taken
    readme = (Path(__file__).parents[3] / "integrations/platforms/shopify/README.md").read_text()
    assert taken <= SOURCES.keys()
    assert "exchange items at returnProcess" in taken
    assert [step for step, source in SOURCES.items() if f"- {step} ({source})" not in readme] == []


def refusal(command: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as error:
        command()
    return error.value.code
