"""What every adapter of `PlatformActions` has to do, whatever stands behind it: subclass it and give it a `rig`."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import pytest

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order, Refund
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.refund.request import LineRequest
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import (
    Exchange,
    NewItem,
    PlatformActions,
    Refusal,
    Units,
)
from tests.build import NOW
from tests.support.refunding import execute_at, granted
from tests.support.refunds import an_intent, both, everything_left, returned, withdrawn


class Rig(Protocol):
    """A shop on the platform, its orders, and what somebody who looks at the platform sees."""

    @property
    def actions(self) -> PlatformActions: ...

    @property
    def paid(self) -> Order:
        """An order paid online, of at least one line of two units or two lines, never refunded."""
        ...

    @property
    def unpaid(self) -> Order | None:
        """One that waits for its payment, if the platform has such."""
        ...

    @property
    def on_delivery(self) -> Order | None:
        """One paid in cash to the carrier, if the platform has such."""
        ...

    @property
    def on_sale(self) -> str:
        """A product or variant that costs more than a cent, by the platform's id."""
        ...

    def reported(self, order: Order) -> Order:
        """The order as the platform's webhooks so far make it."""
        ...

    def be_unavailable(self, times: int) -> None:
        """The next commands find nobody there; nothing is done."""
        ...

    def lose_answers(self, times: int) -> None:
        """The next commands are done, and their answers lost."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A refund as it is asked for."""

    intent: RefundIntent
    order: Order

    def of(self, rig: Rig) -> str:
        key = self.intent.idempotency_key
        return rig.actions.refund(self.intent, self.order, idempotency_key=key).id


def one_unit(order: Order, refund_id: str = "refund1") -> Asked:
    line = order.lines[0]
    return Asked(an_intent(quote(returned(LineRequest(line.id, 1)), order), refund_id), order)


def whole(order: Order, refund_id: str = "refund1") -> Asked:
    return Asked(an_intent(quote(withdrawn(*everything_left(order)), order), refund_id), order)


def new_refunds(rig: Rig, order: Order) -> list[Refund]:
    before = {refund.id for refund in order.refunds}
    return [refund for refund in rig.reported(order).refunds if refund.id not in before]


class PlatformActionsContract:
    def test_a_refund_is_reported_back_with_its_id_and_exactly_its_amount(self, rig: Rig) -> None:
        asked = one_unit(rig.paid)
        refund_id = asked.of(rig)
        (refund,) = new_refunds(rig, rig.paid)
        assert refund.id == refund_id
        assert refund.amount
        assert refund.amount.presentment == asked.intent.total.presentment
        if refund.lines:
            assert [(part.line, part.quantity) for part in refund.lines] == [
                (part.line, part.quantity) for part in asked.intent.allocations
            ]

    def test_everything_can_go_back_at_once(self, rig: Rig) -> None:
        asked = whole(rig.paid)
        asked.of(rig)
        order = rig.reported(rig.paid)
        assert open_to_refund(order, []).presentment.minor == 0

    def test_the_same_key_pays_once_however_often_it_is_asked(self, rig: Rig) -> None:
        asked = one_unit(rig.paid)
        first = asked.of(rig)
        later = Asked(replace(asked.intent, attempts=4), rig.reported(rig.paid))
        assert [asked.of(rig), later.of(rig)] == [first, first]
        assert [refund.id for refund in new_refunds(rig, rig.paid)] == [first]

    def test_two_keys_are_two_refunds(self, rig: Rig) -> None:
        order = rig.paid
        first = one_unit(order)
        first.of(rig)
        rest = withdrawn(*everything_left(order, [first.intent]))
        Asked(an_intent(quote(rest, order, [first.intent]), "refund2"), order).of(rig)
        assert len(new_refunds(rig, order)) == 2

    def test_an_answer_that_was_lost_is_given_again_and_nothing_is_paid_twice(self, rig: Rig) -> None:
        asked = one_unit(rig.paid)
        rig.lose_answers(1)
        with pytest.raises(Unavailable):
            asked.of(rig)
        again = asked.of(rig)
        assert [refund.id for refund in new_refunds(rig, rig.paid)] == [again]

    def test_all_that_went_back_unheard_is_found_again_and_no_bank_account_is_asked_for(self, rig: Rig) -> None:
        asked = whole(rig.paid)
        units = granted(replace(asked.intent, due_at=NOW), asked.order)
        rig.lose_answers(1)
        states = [execute_at(now, asked.intent.id, units, rig.actions) for now in (NOW, NOW + timedelta(hours=1))]
        assert states == ["intent", "sent"]
        assert len(new_refunds(rig, rig.paid)) == 1

    def test_a_platform_that_is_not_there_has_done_nothing(self, rig: Rig) -> None:
        asked = one_unit(rig.paid)
        rig.be_unavailable(2)
        for _ in range(2):
            with pytest.raises(Unavailable):
                asked.of(rig)
        assert new_refunds(rig, rig.paid) == []
        asked.of(rig)
        assert len(new_refunds(rig, rig.paid)) == 1

    def test_more_than_is_left_is_refused_and_nothing_is_paid(self, rig: Rig) -> None:
        order = rig.paid
        one_unit(order).of(rig)
        refused(rig, whole(order, "refund2"), Refusal.MORE_THAN_LEFT)
        assert len(new_refunds(rig, order)) == 1

    def test_a_line_that_the_order_does_not_have_is_refused(self, rig: Rig) -> None:
        asked = one_unit(rig.paid)
        (part,) = asked.intent.allocations
        strange = replace(asked.intent, allocations=(replace(part, line=LineId("999999")),))
        refused(rig, replace(asked, intent=strange), Refusal.UNKNOWN_LINE)

    def test_an_amount_without_its_lines_is_never_paid(self, rig: Rig) -> None:
        asked = one_unit(rig.paid)
        currencies = (asked.intent.total.shop.currency, asked.intent.total.presentment.currency)
        more = replace(asked.intent, total=asked.intent.total + both(1, 1, currencies))
        for bare in (replace(asked.intent, allocations=()), more):
            refused(rig, replace(asked, intent=bare), Refusal.INVALID)
        assert new_refunds(rig, rig.paid) == []

    def test_an_order_that_was_never_paid_gets_nothing_back(self, rig: Rig) -> None:
        order = rig.unpaid
        if order is None:
            pytest.skip("no unpaid orders")
        asked = one_unit(rig.paid)
        line = replace(asked.intent.allocations[0], line=order.lines[0].id)
        with pytest.raises(Rejected):
            replace(asked, intent=replace(asked.intent, allocations=(line,)), order=order).of(rig)
        assert new_refunds(rig, order) == []

    def test_cash_goes_back_by_no_gateway_but_can_be_put_on_record(self, rig: Rig) -> None:
        order = rig.on_delivery
        if order is None:
            pytest.skip("no cash on delivery")
        assert not rig.actions.capabilities(order).refund_online
        asked = one_unit(order)
        refused(rig, asked, Refusal.NOT_SUPPORTED)
        paid_out = replace(asked, intent=replace(asked.intent, means=Means.PAYOUT))
        assert [paid_out.of(rig)] == [refund.id for refund in new_refunds(rig, order)]

    def test_the_gift_cards_price_stays(self, rig: Rig) -> None:
        order = rig.paid
        card = replace(order, lines=tuple(replace(line, is_gift_card=True) for line in order.lines))
        refused(rig, one_unit(card), Refusal.GIFT_CARD)

    def test_credit_replacement_and_exchange_are_made_once_per_key(self, rig: Rig) -> None:
        order, actions = rig.paid, rig.actions
        back = (Units(order.lines[0].id, 1),)
        if makes_nothing(actions, order, back):
            return
        amount = Money(500, order.total.presentment.currency)
        exchange = Exchange(order, back, Money(1, amount.currency), (NewItem(rig.on_sale, 1),))
        until = NOW + timedelta(days=365)
        for key in ("one", "two"):
            given = [
                actions.issue_store_credit(order, amount, expires_at=until, idempotency_key=f"credit-{key}")
                for _ in range(2)
            ]
            orders = [actions.create_replacement_order(order, back, idempotency_key=f"replace-{key}") for _ in range(2)]
            exchanges = [actions.create_exchange(exchange, idempotency_key=f"exchange-{key}") for _ in range(2)]
            assert given[0] == given[1]
            assert orders[0] == orders[1]
            assert exchanges[0] == exchanges[1]
            assert exchanges[0].due
            assert exchanges[0].due.minor > 0
            assert len({orders[0].id, exchanges[0].id, order.ref.external_id}) == 3

    def test_an_exchange_comes_to_what_the_shopper_was_told_or_is_not_made(self, rig: Rig) -> None:
        order, actions = rig.paid, rig.actions
        if makes_nothing(actions, order, (Units(order.lines[0].id, 1),)):
            return
        asked = Exchange(
            order,
            (Units(order.lines[0].id, 1),),
            Money(1, order.total.presentment.currency),
            (NewItem(rig.on_sale, 1),),
        )
        due = actions.create_exchange(asked, idempotency_key="untold").due
        assert due
        with pytest.raises(Rejected) as error:  # more than a platform's own rounding could explain
            actions.create_exchange(replace(asked, told=due + Money(101, due.currency)), idempotency_key="told")
        assert error.value.code == Refusal.PRICE_CHANGED
        told = actions.create_exchange(replace(asked, told=due), idempotency_key="told")
        assert (told.due, told.back) == (due, None), "the refusal made nothing"
        dear = replace(asked, credit=due + Money(501, due.currency), told=Money(-500, due.currency))
        cheaper = actions.create_exchange(dear, idempotency_key="cheaper")
        assert (cheaper.due, cheaper.back) == (None, Money(500, due.currency))


def refused(rig: Rig, asked: Asked, code: Refusal) -> None:
    with pytest.raises(Rejected) as error:
        asked.of(rig)
    assert error.value.code == code


def makes_nothing(actions: PlatformActions, order: Order, back: tuple[Units, ...]) -> bool:
    """Whether neither credit nor orders are made there; then each such command is refused, as `capabilities` said."""
    can = actions.capabilities(order)
    if can.store_credit or can.exchange or can.replacement:
        return False
    amount = Money(1, order.total.presentment.currency)
    commands = (
        lambda: actions.issue_store_credit(order, amount, expires_at=None, idempotency_key="credit"),
        lambda: actions.create_replacement_order(order, back, idempotency_key="replace"),
        lambda: actions.create_exchange(Exchange(order, back, amount, ()), idempotency_key="exchange"),
    )
    for command in commands:
        with pytest.raises(Rejected) as error:
            command()
        assert error.value.code == Refusal.NOT_SUPPORTED
    return True
