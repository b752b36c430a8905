"""What holds for every order and every policy."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.displayed_terms import UNLESS_DISPLAYED
from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Clock, ClockState, Right
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Fulfilment, Standing
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Source
from tests.domain.clocks.worked_orders import PLACED, a_line, a_policy, delivered, marked, refund_of, shipped, stored

LAW = Law(load_rulebook(), HolidayCalendar())
COUNTRIES = sorted(code for code in LAW.rulebook.jurisdictions if "-" not in code)
STATUTORY = (Right.WITHDRAWAL, Right.LEGAL_GUARANTEE)
REPLACEABLE = {code for code, law in LAW.rulebook.jurisdictions.items() if law.withdrawal.condition == UNLESS_DISPLAYED}
"""Where terms that the shop shows take the place of the right (`test_before_purchase.py`)."""
FIRST, LAST = datetime(2019, 1, 1), datetime(2033, 12, 31)  # noqa: DTZ001  # hypothesis wants naive bounds

instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
arrivals = st.datetimes(PLACED.replace(tzinfo=None), LAST, timezones=st.just(UTC))
reporters = st.sampled_from([Source.CARRIER, Source.PLATFORM])
declared = st.one_of(st.none(), st.booleans())
promised_days = st.one_of(st.sampled_from([1, 7, 13, 14, 15, 30]), st.integers(0, 400), st.none())

# Most orders are such that rights really run: rare states are drawn too, but do not crowd out what the laws are about.
standings = st.sampled_from([*[Standing.PLACED] * 6, *Standing])
kinds = st.sampled_from([*["delivered"] * 5, "none", "on its way", "estimated"])


@st.composite
def promises(draw: st.DrawFn) -> dict[str, object]:
    return {
        "return_days": draw(promised_days),
        "exchange_days": draw(promised_days),
        "return_payer": draw(st.sampled_from(Payer)),
        "warranty_months": draw(st.integers(0, 240)),
        "warranty_payer": draw(st.sampled_from(Payer)),
    }


@st.composite
def policies(draw: st.DrawFn) -> PolicyVersion:
    return a_policy(**draw(promises()), is_informed=draw(declared), is_told_return_cost=draw(declared))


@st.composite
def fulfilments(draw: st.DrawFn, line: str) -> tuple[Fulfilment, ...]:
    kind = draw(kinds)
    match kind:
        case "none":
            return ()
        case "on its way":
            return (shipped(lines=((line, 1),)),)
        case "estimated":
            return (delivered(draw(instants), by=Source.ESTIMATE, lines=((line, 1),)),)
        case _:
            return (delivered(draw(instants), by=draw(reporters), lines=((line, 1),)),)


@st.composite
def orders(draw: st.DrawFn) -> StoredOrder:
    lines = tuple(a_line(str(i), is_physical=draw(declared)) for i in range(draw(st.integers(1, 3))))
    sent = tuple(f for line in lines for f in draw(fulfilments(line.id)))
    marks = tuple(
        marked(at, line) for at, line in draw(st.lists(st.tuples(instants, st.sampled_from([None, "0"])), max_size=2))
    )
    refunds = tuple(refund_of(line.id, 1, draw(instants)) for line in lines if draw(st.integers(0, 4)) == 0)
    return stored(
        lines=lines,
        fulfilments=sent,
        marks=marks,
        refunds=refunds,
        country=draw(st.sampled_from([*COUNTRIES, None, "AQ"])),
        postcode=draw(st.sampled_from(["", "10115", "80331", "67000", "90210"])),
        standing=draw(standings),
        is_business=draw(st.integers(0, 5)) == 0,
    )


def statutory(order: StoredOrder, policy: PolicyVersion | None) -> list[Clock]:
    """Those that no promise may touch."""
    is_replaceable = order.order.place.country in REPLACEABLE
    untouchable = [right for right in STATUTORY if not (is_replaceable and right is Right.WITHDRAWAL)]
    return [answer.clock(right) for answer in entitlements(order, policy, LAW) for right in untouchable]


def never_earlier(later: Clock, earlier: Clock) -> bool:
    """Whether `later` gives the shopper at least what `earlier` does."""
    if earlier.absent is not None:
        return True
    if later.absent is not None:
        return False
    return later.closes_at is None or (earlier.closes_at is not None and later.closes_at >= earlier.closes_at)


@given(orders(), policies())
def test_a_policy_never_shortens_a_legal_right(order: StoredOrder, policy: PolicyVersion) -> None:
    for with_policy, by_law in zip(statutory(order, policy), statutory(order, None), strict=True):
        assert never_earlier(with_policy, by_law)


@given(orders(), policies(), promises())
def test_changing_what_is_promised_moves_no_statutory_clock(
    order: StoredOrder, policy: PolicyVersion, promise: dict[str, object]
) -> None:
    changed = replace(policy, default=replace(policy.default, rules=a_policy(**promise).default.rules))
    for before, after in zip(statutory(order, policy), statutory(order, changed), strict=True):
        assert (before.last_day, before.closes_at, before.absent) == (after.last_day, after.closes_at, after.absent)


@given(st.sampled_from(COUNTRIES), arrivals, st.timedeltas(timedelta(0), timedelta(days=90)), policies())
def test_a_later_delivery_never_ends_earlier(
    country: str, at: datetime, delay: timedelta, policy: PolicyVersion
) -> None:
    def clocks(**arrival: object) -> list[Clock]:
        order = stored(country=country, postcode="", **arrival)
        return [clock for answer in entitlements(order, policy, LAW) for clock in answer.clocks]

    reported = clocks(fulfilments=(delivered(at),)), clocks(fulfilments=(delivered(at + delay),))
    said = clocks(fulfilments=(), marks=(marked(at),)), clocks(fulfilments=(), marks=(marked(at + delay),))
    for before, after in (reported, said):
        assert all(never_earlier(later, sooner) for later, sooner in zip(after, before, strict=True))


@given(st.sampled_from(COUNTRIES), arrivals, instants)
def test_a_mark_beside_a_report_never_ends_earlier_than_the_report(
    country: str, reported: datetime, said: datetime
) -> None:
    def ends(**order: object) -> list[Clock]:
        return statutory(stored(country=country, postcode="", fulfilments=(delivered(reported),), **order), None)

    for with_mark, alone in zip(ends(marks=(marked(said),)), ends(), strict=True):
        assert never_earlier(with_mark, alone)


@given(orders(), policies(), instants)
def test_nothing_closes_on_an_estimate(order: StoredOrder, policy: PolicyVersion, now: datetime) -> None:
    for answer in entitlements(order, policy, LAW):
        for clock in answer.clocks:
            assert clock.starts is None or clock.starts.source is not Source.ESTIMATE
            if clock.starts is None:
                assert clock.closes_at is None
                assert clock.state(now) is not ClockState.CLOSED


@given(orders(), policies())
def test_every_line_gets_five_clocks_each_with_its_why(order: StoredOrder, policy: PolicyVersion) -> None:
    for answer in entitlements(order, policy, LAW):
        assert [clock.right for clock in answer.clocks] == list(Right)
        assert all(clock.trace for clock in answer.clocks)
        assert answer.policy_version == policy.id


@given(orders(), policies())
def test_the_same_facts_give_the_same_answer(order: StoredOrder, policy: PolicyVersion) -> None:
    fresh = Law(load_rulebook(), HolidayCalendar())
    assert entitlements(order, policy, LAW) == entitlements(order, policy, fresh)
