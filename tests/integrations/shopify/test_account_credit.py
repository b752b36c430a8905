"""Credit on an account takes no key and no mark: it is given once, and nobody else's is taken for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import CreditReceipt, Refusal, Units
from tests.integrations.shopify.making import CUSTOMER, MakingRig, ample, making
from tests.integrations.shopify.test_actions import BUSY
from tests.integrations.shopify.test_making import balance

TEN, GOODWILL, LINE = Money(1000, "EUR"), "claim7:goodwill:1", "claim7:2"
ONE = {"amount": "10.0", "currencyCode": "EUR"}


@pytest.fixture
def rig() -> Iterator[MakingRig]:
    with making() as rig:
        rig.shop.add(ample("6"))
        yield rig


def give(rig: MakingRig, key: str, order: Order | None = None, of: LineId | None = None) -> CreditReceipt:
    units = (Units(of, 1),) if of else ()
    return rig.actions.issue_store_credit(
        order or rig.paid, TEN, expires_at=None, idempotency_key=key, instead_of=units
    )


def broken_off(rig: MakingRig, key: str, order: Order | None, after_note: Callable[[], object]) -> None:
    """The note is written; what becomes of the call that follows it is for `after_note` to say."""
    answer = rig.shop.server.answer

    def cut(query: str, variables: dict[str, Any], operation: str | None) -> dict[str, Any]:
        made = answer(query, variables, operation)
        if operation == "MetafieldsSet":
            after_note()
        return made

    rig.shop.server.answer = cut
    with pytest.raises(Unavailable):
        give(rig, key, order)
    rig.shop.server.answer = answer
    assert rig.shop.server.names()[-1] == "StoreCreditGive"


def die(rig: MakingRig, key: str, order: Order | None = None) -> None:
    """The call never reaches Shopify."""
    broken_off(rig, key, order, lambda: rig.shop.server.misbehave(BUSY))


def lose(rig: MakingRig, key: str, order: Order | None = None) -> None:
    """The call is carried out, and nobody hears of it."""
    broken_off(rig, key, order, lambda: rig.lose_answers(1))


def doubt(rig: MakingRig, key: str, order: Order | None = None) -> None:
    with pytest.raises(Rejected) as error:
        give(rig, key, order)
    assert error.value.code == Refusal.IN_DOUBT


def test_a_refund_to_credit_is_not_taken_for_goodwill_that_never_arrived(rig: MakingRig) -> None:
    die(rig, GOODWILL)
    line = give(rig, LINE, of=rig.paid.lines[0].id)
    assert balance(rig) == "10.0"
    assert give(rig, GOODWILL) != line
    assert balance(rig) == "20.0"


def test_what_another_order_of_the_shopper_was_given_is_not_taken_for_this_ones(rig: MakingRig) -> None:
    die(rig, GOODWILL)
    other = give(rig, "claim9:goodwill:1", rig.order("6"))
    assert give(rig, GOODWILL) != other
    assert balance(rig) == "20.0"


def test_credit_that_two_orders_may_have_given_is_left_to_a_person(rig: MakingRig) -> None:
    other = rig.order("6")
    die(rig, GOODWILL)
    lose(rig, "claim9:goodwill:1", other)
    doubt(rig, GOODWILL)
    doubt(rig, "claim9:goodwill:1", other)
    assert balance(rig) == "10.0"


def test_credit_that_staff_gave_by_hand_later_is_left_to_a_person(rig: MakingRig) -> None:
    die(rig, GOODWILL)
    rig.shop.now += timedelta(minutes=5)
    rig.shop.made.credits.credit(CUSTOMER, {"creditAmount": ONE})
    doubt(rig, GOODWILL)
    assert balance(rig) == "10.0"


def test_credit_whose_answer_was_lost_is_found_by_the_time_of_its_own_attempt(rig: MakingRig) -> None:
    rig.shop.made.credits.credit(CUSTOMER, {"creditAmount": ONE})
    die(rig, GOODWILL)
    rig.shop.now += timedelta(hours=1)
    lose(rig, GOODWILL)
    rig.shop.now += timedelta(hours=1)
    assert give(rig, GOODWILL) == give(rig, GOODWILL)
    assert balance(rig) == "20.0"


def test_what_is_noted_of_a_shopper_does_not_name_them(rig: MakingRig) -> None:
    give(rig, GOODWILL)
    ((owner, namespace, _),) = rig.shop.metafields.values
    assert owner == rig.shop.metafields.installation
    assert CUSTOMER not in namespace
    assert namespace.startswith("aftercare-credit-")
