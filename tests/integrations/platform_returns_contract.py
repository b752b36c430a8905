"""What every adapter has to do about returns (`plugin.ports.platform_returns`): keep them, or refuse them cleanly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugin.domain.order import Order, PlatformReturn
from plugin.domain.returning.outcome import Outcome
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import PlatformActions, Refusal
from plugin.ports.platform_returns import DeclineReason, Disposed, Maker, ReturnCommand, Travel, Units
from tests.integrations.platform_actions_contract import Rig

Step = Callable[[], object]
TRAVEL = Travel("RR1", "https://carrier.example/RR1", "https://aftercare.example/label.pdf")


class PlatformReturnsContract:
    def test_a_platform_without_returns_refuses_every_command_about_them(self, rig: Rig) -> None:
        order, actions = rig.paid, rig.actions
        if actions.capabilities(order).returns:
            pytest.skip("it keeps returns")
        units = _one(order)
        gone = (Disposed(units[0].line, 1, Outcome.MISSING),)
        steps: tuple[Step, ...] = (
            lambda: actions.open_return(ReturnCommand(order, units, "why"), idempotency_key="k"),
            lambda: actions.returns_of(order, idempotency_key="k"),
            lambda: actions.approve_return(order, "1", idempotency_key="k"),
            lambda: actions.decline_return(order, "1", DeclineReason.OTHER, idempotency_key="k"),
            lambda: actions.cancel_return(order, "1", idempotency_key="k"),
            lambda: actions.close_return(order, "1", idempotency_key="k"),
            lambda: actions.reopen_return(order, "1", idempotency_key="k"),
            lambda: actions.leave_in_return(order, "1", units, idempotency_key="k"),
            lambda: actions.send_back(order, "1", units, TRAVEL, idempotency_key="k"),
            lambda: actions.dispose(order, "1", gone, idempotency_key="k"),
            lambda: actions.handle_return(order, "1", units, idempotency_key="k"),
        )
        for step in steps:
            _refused(step, Refusal.NOT_SUPPORTED)

    def test_a_return_goes_from_request_to_close_and_no_step_twice(self, rig: Rig) -> None:
        order, actions = rig.paid, _keeping(rig)
        opened = twice(
            lambda: actions.open_return(ReturnCommand(order, _one(order), "does not fit"), idempotency_key="open")
        )
        assert opened.status == "requested"
        assert twice(lambda: actions.approve_return(order, opened.id, idempotency_key="a")).status == "open"
        _refused(
            lambda: actions.decline_return(order, opened.id, DeclineReason.OTHER, idempotency_key="d"),
            Refusal.WRONG_STATE,
        )
        assert twice(lambda: actions.close_return(order, opened.id, idempotency_key="c")).status == "closed"
        assert {known.id: known.status for known in rig.reported(order).returns}[opened.id] == "closed"
        assert twice(lambda: actions.reopen_return(order, opened.id, idempotency_key="r")).status == "open"

    def test_goods_travel_are_received_and_end_somewhere_each_said_once(self, rig: Rig) -> None:
        order, actions = rig.paid, _keeping(rig)
        opened = _open(rig, "open")
        units = _one(order)
        for travel in (Travel("RR1"), TRAVEL):
            sent = twice(lambda: actions.send_back(order, opened.id, units, travel, idempotency_key="s"))  # noqa: B023 - called at once
        assert [(each.number, each.label) for each in sent.deliveries] == [(TRAVEL.number, TRAVEL.label)]
        gone = (Disposed(units[0].line, 1, Outcome.NOT_RESTOCKED),)
        twice(lambda: actions.dispose(order, opened.id, gone, idempotency_key="d"))
        _refused(
            lambda: actions.dispose(
                order, opened.id, (Disposed(units[0].line, 1, Outcome.MISSING),), idempotency_key="e"
            ),
            Refusal.MORE_THAN_LEFT,
        )
        handled = twice(lambda: actions.handle_return(order, opened.id, units, idempotency_key="h"))
        assert (handled.status, handled.handled) == ("open", handled.lines)

    def test_what_does_not_come_back_leaves_the_return_or_ends_it(self, rig: Rig) -> None:
        order, actions = rig.paid, _keeping(rig)
        line = order.lines[0].id
        asked = ReturnCommand(order, (Units(line, order.lines[0].quantity),), "why", is_approved=True)
        opened = actions.open_return(asked, idempotency_key="open")
        left = twice(lambda: actions.leave_in_return(order, opened.id, _one(order), idempotency_key="l"))
        assert [(each.line, each.quantity) for each in left.lines] == [(line, 1)]
        assert twice(lambda: actions.cancel_return(order, opened.id, idempotency_key="c")).status == "canceled"
        again = _open(rig, "again")
        assert again.id != opened.id, "its units can come back another time"

    def test_a_return_is_known_by_who_made_it(self, rig: Rig) -> None:
        order, actions = rig.paid, _keeping(rig)
        opened = _open(rig, "mine")
        for key, maker in (("mine", Maker.ASKER), ("another", Maker.US)):
            (seen,) = actions.returns_of(order, idempotency_key=key)
            assert (seen.kept.id, seen.kept.status, seen.maker) == (opened.id, "open", maker)


def twice(step: Callable[[], PlatformReturn]) -> PlatformReturn:
    """A command given again, as after an answer that was lost."""
    first = step()
    assert step() == first
    return first


def _keeping(rig: Rig) -> PlatformActions:
    if not rig.actions.capabilities(rig.paid).returns:
        pytest.skip("no returns are kept there")
    return rig.actions


def _open(rig: Rig, key: str) -> PlatformReturn:
    asked = ReturnCommand(rig.paid, _one(rig.paid), "why", is_approved=True)
    return rig.actions.open_return(asked, idempotency_key=key)


def _one(order: Order) -> tuple[Units, ...]:
    return (Units(order.lines[0].id, 1),)


def _refused(step: Step, code: Refusal) -> None:
    with pytest.raises(Rejected) as error:
        step()
    assert error.value.code == code
