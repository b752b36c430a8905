from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugin.domain.errors import DomainError
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order, Price
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.allocation import total_of
from plugin.domain.refund.captured import captured
from plugin.domain.refund.echo import settled_by
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.refund.request import Deduction, DeductionKind, Ground, LineRequest, NothingToRefund, RefundRequest
from tests.build import NOW
from tests.support.refunds import an_intent, everything_left, orders, reported, withdrawn
from tests.support.sizes import examples

SLOW = [HealthCheck.too_slow]


@given(orders())
@settings(suppress_health_check=SLOW, max_examples=examples(100))
def test_withdrawing_from_everything_at_once_pays_back_exactly_what_was_captured(order: Order) -> None:
    assert quote(withdrawn(*everything_left(order)), order).total == order.total


@given(orders(), st.randoms(use_true_random=False))
@settings(suppress_health_check=SLOW, max_examples=examples(100))
def test_unit_by_unit_comes_to_what_all_at_once_does(order: Order, chance: Random) -> None:
    units = [line.id for line in order.lines for _ in range(line.quantity)]
    chance.shuffle(units)
    intents: list[RefundIntent] = []
    waiting: Counter[LineId] = Counter()
    for number, unit in enumerate(units):
        waiting[unit] += 1  # a unit worth less than a cent goes back with the next one
        with suppress(NothingToRefund):
            quoted = quote(withdrawn(*(LineRequest(line, count) for line, count in waiting.items())), order, intents)
            intents.append(an_intent(quoted, f"r{number}"))
            waiting.clear()
    assert total_of((intent.total for intent in intents), order.total) == order.total


@given(orders(), st.data())
@settings(suppress_health_check=SLOW, max_examples=examples(100))
def test_the_allocations_add_up_to_the_refund_and_no_part_is_negative(order: Order, data: st.DataObject) -> None:
    try:
        quoted = quote(data.draw(requests(order)), order)
    except DomainError:
        return
    assert total_of((part.total for part in quoted.allocations), order.total) == quoted.total
    for part in quoted.allocations:
        for price in (part.net, part.tax, part.shipping, part.shipping_tax, part.duty):
            assert price.shop.minor >= 0
            assert price.presentment.minor >= 0


@given(orders(), st.data())
@settings(suppress_health_check=SLOW, max_examples=examples(100), deadline=None)
def test_settled_and_pending_never_exceed_what_was_captured(order: Order, data: st.DataObject) -> None:
    history = History(order)
    for _ in range(data.draw(st.integers(1, 8))):
        history.step(data)
        history.check()


@st.composite
def requests(draw: st.DrawFn, order: Order) -> RefundRequest:
    """Draw any request, sensible or not."""
    currency = order.presentment_currency
    chosen = draw(st.lists(st.sampled_from([line.id for line in order.lines]), min_size=1, unique=True))
    lines = []
    for line in chosen:
        amount = draw(st.sampled_from([None, None, None, 1, 250]))
        units = 0 if amount else draw(st.integers(1, 6))
        lines.append(LineRequest(line, units, Money(amount, currency) if amount else None))
    kept = draw(st.sampled_from([(), (DeductionKind.FEE,), tuple(DeductionKind)]))
    deductions = tuple(Deduction(kind, Money(draw(st.integers(0, 400)), currency)) for kind in kept)
    duty = draw(st.sampled_from([None, None, 0, 100]))
    return RefundRequest(
        ground=draw(st.sampled_from(Ground)),
        lines=tuple(lines),
        shipping=draw(st.booleans()),
        standard_shipping=draw(st.sampled_from([None, Money(120, currency)])),
        duty=None if duty is None else Money(duty, currency),
        deductions=deductions,
    )


class History:
    """One order, our refunds of it, and a platform that does and reports what it likes."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.intents: list[RefundIntent] = []
        self.limit = captured(order)
        self.names_lines = True

    def step(self, data: st.DataObject) -> None:
        move = data.draw(st.sampled_from(["plan", "plan", "attempt", "answer", "refuse", "echo", "give_up", "retry"]))
        getattr(self, f"_{move}")(data)

    def check(self) -> None:
        left = open_to_refund(self.order, self.intents)
        gone = self._gone()
        assert gone.presentment.minor + left.presentment.minor == self.limit.presentment.minor
        assert gone.shop.minor + left.shop.minor == self.limit.shop.minor
        assert left.presentment.minor >= 0
        assert left.shop.minor >= 0

    def _gone(self) -> Price:
        told = {refund.id for refund in self.order.refunds}
        amounts = [refund.amount for refund in self.order.refunds if refund.amount]
        waiting = [
            i.total for i in self.intents if i.platform_refund not in told and (i.is_pending or i.platform_refund)
        ]
        return total_of([*amounts, *waiting], self.order.total)

    def _pick(self, data: st.DataObject, *states: RefundState) -> int | None:
        fitting = [at for at, intent in enumerate(self.intents) if intent.state in states]
        return data.draw(st.sampled_from(fitting)) if fitting else None

    def _plan(self, data: st.DataObject) -> None:
        try:
            quoted = quote(data.draw(requests(self.order)), self.order, self.intents)
        except DomainError:
            return
        self.intents.append(an_intent(quoted, f"refund{len(self.intents)}"))

    def _attempt(self, data: st.DataObject) -> None:
        at = self._pick(data, RefundState.INTENT)
        if at is not None:
            self.intents[at] = self.intents[at].attempted(NOW, NOW)

    def _answer(self, data: st.DataObject) -> None:
        at = self._pick(data, RefundState.INTENT)
        if at is not None:
            self.intents[at] = self.intents[at].sent(f"p{at}", NOW)

    def _refuse(self, data: st.DataObject) -> None:
        at = self._pick(data, RefundState.INTENT)
        if at is not None:
            self.intents[at] = self.intents[at].failed("no", NOW)

    def _give_up(self, data: st.DataObject) -> None:
        at = self._pick(data, RefundState.INTENT)
        if at is not None:
            self.intents[at] = self.intents[at].attempted(NOW, NOW).unanswered("unavailable", None, NOW)

    def _retry(self, data: st.DataObject) -> None:
        at = self._pick(data, RefundState.FAILED)
        if at is not None and self.intents[at].may_have_moved:
            self.intents[at] = self.intents[at].tried_again(NOW)

    def _echo(self, data: st.DataObject) -> None:
        at = self._pick(data, RefundState.SENT, RefundState.INTENT)
        if at is None or not (self.intents[at].platform_refund or self.intents[at].may_have_moved):
            return
        refund = reported(self.intents[at], f"p{at}", names_lines=data.draw(st.booleans()))
        before = self._gone()
        self.order = replace(self.order, refunds=(*self.order.refunds, refund))
        self._take(settled_by(self.order, self.intents))
        assert self._gone() == before, "an echo moves no money"

    def _take(self, settled: Sequence[RefundIntent]) -> None:
        after = {intent.id: intent for intent in settled}
        self.intents = [after.get(intent.id, intent) for intent in self.intents]
