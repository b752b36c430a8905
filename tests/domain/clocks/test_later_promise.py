"""A policy made after an order serves it only where that is better for the shopper, promise by promise."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.basis import LATER_POLICY
from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Clock, Right, TraceStep
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import MarketPolicy, Payer, PolicyVersion
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Anchor, Condition, Counting, Fee, Offer, Payers, Track, Window, WindowUnit
from plugin.domain.policy.version import for_earlier_orders
from plugin.domain.remedy import Remedy
from plugin.i18n import catalogue
from plugin.wording.panel import clock_lines
from tests.domain.clocks.test_clock_laws import never_earlier, orders
from tests.domain.clocks.worked_orders import PLACED, a_policy, day, shipped, stored
from tests.domain.policy.rules import rules

LAW = Law(load_rulebook(), HolidayCalendar())
PROMISES = (Right.SHOP_RETURN, Right.EXCHANGE, Right.COMMERCIAL_WARRANTY)
STATUTORY = (Right.WITHDRAWAL, Right.LEGAL_GUARANTEE)
FREE = Payers(none=Payer.SHOP)
BEST = {Payer.SHOPPER: 0, Payer.UNKNOWN: 1, Payer.SHOP: 2}
LATER = datetime(2024, 1, 1, tzinfo=UTC)

tracks = st.sampled_from([Track.RETURN, Track.EXCHANGE, Track.WARRANTY])
tracked = st.builds(lambda rule, track: replace(rule, track=track), rules, tracks)
versions = st.lists(tracked, max_size=4, unique_by=lambda rule: rule.id).map(
    lambda drawn: PolicyVersion("v", PLACED, MarketPolicy("m", rules=tuple(drawn)))
)


def a_rule(window: Window | None = Window(30), **facts: object) -> Rule:  # noqa: B008 - a frozen value
    plain = Rule("returns", Track.RETURN, window=window)
    return replace(plain, **facts)  # type: ignore[arg-type]  # a test names fields of the rule


def version(*promised: Rule, name: str = "v2") -> PolicyVersion:
    return PolicyVersion(name, LATER, MarketPolicy("everywhere", rules=promised), is_for_earlier_orders=True)


def bettered(own: Rule | None, *later: Rule, **order: object) -> Clock:
    policy = PolicyVersion("v1", PLACED, MarketPolicy("everywhere", rules=(own,) if own else ()))
    found = entitlements(stored(**order), policy, LAW, [version(rule) for rule in later])[0]
    return found.clock(Right.SHOP_RETURN)


def is_later(clock: Clock) -> bool:
    return clock.trace[0] == TraceStep("later_policy", (("version", "v2"),))


NOT_SENT = {"fulfilments": (shipped(shipped=None),)}


@pytest.mark.parametrize(
    ("own", "later", "order"),
    [
        (None, a_rule(), {}),
        (a_rule(), a_rule(Window(31)), {}),
        (a_rule(), a_rule(Window(1, WindowUnit.MONTHS)), {}),  # from 3 December to 3 January
        (a_rule(), a_rule(Window(None)), {}),
        (a_rule(), a_rule(payers=FREE), {}),
        (a_rule(payers=Payers(none=Payer.SHOPPER)), a_rule(payers=FREE), {}),
        (a_rule(), a_rule(Window(60), payers=FREE), {}),
        (a_rule(fee=Fee(500)), a_rule(), {}),
        (a_rule(conditions=(Condition.UNUSED,)), a_rule(), {}),
        (a_rule(is_final_sale=True), a_rule(Window(7)), {}),
        (a_rule(), a_rule(offers=(Offer(Remedy.EXCHANGE), Offer(Remedy.REFUND))), {}),
        (a_rule(), a_rule(Window(60)), NOT_SENT),
        (a_rule(), a_rule(Window(None)), NOT_SENT),
        (a_rule(clock=(Anchor.ORDERED,)), a_rule(), {}),
    ],
)
def test_a_later_promise_that_is_better_takes_the_place(
    own: Rule | None, later: Rule, order: dict[str, object]
) -> None:
    assert is_later(bettered(own, later, **order))


@pytest.mark.parametrize(
    ("own", "later", "order"),
    [
        (a_rule(), None, {}),
        (a_rule(), a_rule(), {}),
        (a_rule(), a_rule(None), {}),
        (a_rule(), a_rule(Window(29)), {}),
        (a_rule(Window(None)), a_rule(Window(3650)), {}),
        (a_rule(), a_rule(is_final_sale=True), {}),
        (a_rule(payers=FREE), a_rule(Window(60)), {}),
        (a_rule(), a_rule(Window(60), payers=Payers(none=Payer.SHOPPER)), {}),
        (a_rule(), a_rule(Window(60), fee=Fee(100)), {}),
        (a_rule(), a_rule(Window(60), conditions=(Condition.UNUSED,)), {}),
        (a_rule(), a_rule(Window(20), payers=FREE), {}),
        (a_rule(), a_rule(Window(60), offers=(Offer(Remedy.STORE_CREDIT),)), {}),
        # What cannot be compared before it has begun is left as it is.
        (a_rule(), a_rule(Window(2, WindowUnit.MONTHS)), NOT_SENT),
        (a_rule(), a_rule(Window(60, counting=Counting.WORKING)), NOT_SENT),
        (a_rule(clock=(Anchor.ORDERED,)), a_rule(Window(60)), NOT_SENT),
        (a_rule(clock=(Anchor.ORDERED,)), a_rule(Window(None)), NOT_SENT),
    ],
)
def test_a_later_promise_that_is_worse_in_any_part_changes_nothing(
    own: Rule, later: Rule | None, order: dict[str, object]
) -> None:
    found = bettered(own, *([later] if later else []), **order)
    assert found == bettered(own, **order)


def test_each_promise_is_bettered_by_itself() -> None:
    policy = a_policy(return_days=30, exchange_days=30)
    later = replace(a_policy(return_days=60, exchange_days=14), id="v2", is_for_earlier_orders=True)
    line = entitlements(stored(), policy, LAW, [later])[0]
    assert line.policy_version == "v1"
    assert line.clock(Right.SHOP_RETURN).last_day == date(2024, 2, 1)
    assert line.clock(Right.SHOP_RETURN).basis[0].kind == LATER_POLICY
    assert line.clock(Right.SHOP_RETURN).basis[0].citation == "v2 · everywhere · returns"
    assert line.clock(Right.EXCHANGE).last_day == date(2024, 1, 2)
    assert line.clock(Right.EXCHANGE).basis[0].kind == "policy"


def test_what_a_version_added_no_version_after_it_takes_back() -> None:
    assert bettered(a_rule(), a_rule(Window(60)), a_rule(Window(40))).last_day == date(2024, 2, 1)
    assert bettered(a_rule(), a_rule(Window(40)), a_rule(Window(60))).last_day == date(2024, 2, 1)


def test_an_order_from_before_any_policy_gets_what_was_promised_later() -> None:
    line = entitlements(stored(), None, LAW, [version(a_rule())])[0]
    assert line.clock(Right.SHOP_RETURN).last_day == date(2024, 1, 2)
    assert line.policy_version is None


def test_the_shopper_reads_that_it_was_promised_later() -> None:
    answer = entitlements(stored(), a_policy(return_days=30), LAW, [version(a_rule(Window(60)))])[0]
    line = clock_lines(answer, catalogue("en"), day(10))[1]
    assert line.trace[0] == "The shop has since promised more, and that holds for earlier orders too."
    assert line.sources[0].citation == "What the shop has promised since, also for earlier orders"
    assert "as it stood when the order was placed" not in line.trace[-1]


@given(orders(), versions, st.lists(versions, max_size=2))
def test_no_later_policy_ever_makes_anything_worse(
    order: object, policy: PolicyVersion, later: list[PolicyVersion]
) -> None:
    before = entitlements(order, policy, LAW)  # type: ignore[arg-type]  # a drawn order
    after = entitlements(order, policy, LAW, later)  # type: ignore[arg-type]  # likewise
    for old, new in zip(before, after, strict=True):
        assert all(new.clock(right) == old.clock(right) for right in STATUTORY)
        for right in PROMISES:
            was, now = old.clock(right), new.clock(right)
            assert never_earlier(now, was) or (was.starts is None and now.starts is None)
            assert was.absent is not None or BEST[now.payer] >= BEST[was.payer]
            assert was.absent is not None or {*now.remedies} >= {*was.remedies}
            assert was.absent is not None or was.starts is None or now.starts is not None
            assert was.closes_at is not None or was.starts is None or was.absent or now.closes_at is None


def test_only_flagged_versions_in_force_since_the_order_count_oldest_first() -> None:
    def made(name: str, days: int, *, flagged: bool = True) -> PolicyVersion:
        return replace(version(name=name), effective_from=PLACED + timedelta(days=days), is_for_earlier_orders=flagged)

    now = PLACED + timedelta(days=10)
    all_versions = [made("third", 9), made("future", 11), made("plain", 5, flagged=False), made("second", 2)]
    own = made("own", 0)
    found = for_earlier_orders([*all_versions, own, made("before", -3)], own, PLACED, now)
    assert [each.id for each in found] == ["second", "third"]
    declared_since = made("own", 4)
    assert [each.id for each in for_earlier_orders(all_versions, declared_since, PLACED, now)] == ["third"]
    assert [each.id for each in for_earlier_orders(all_versions, None, PLACED, now)] == ["second", "third"]
