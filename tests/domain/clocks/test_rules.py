"""What the rules of a shop make of its promises: how long, from when, for which line, and which rule it was."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Clock, ClockState, LineEntitlements, Right, TraceStep
from plugin.domain.money import Money
from plugin.domain.policy import Payer
from plugin.domain.policy.rule import Coverage, Rule
from plugin.domain.policy.scope import Scope, Season
from plugin.domain.policy.terms import Anchor, Counting, Offer, Payers, Track, Window, WindowUnit
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.domain.times import Source
from tests.build import a_price
from tests.domain.clocks.worked_orders import PLACED, a_line, day, delivered, shipped, stored

FAR = datetime(2060, 1, 1, tzinfo=UTC)
THIRTY = Window(30)
ANCHORS = (Anchor.DELIVERED, Anchor.SHIPPED, Anchor.ORDERED)


def a_rule(name: str = "returns", window: Window | None = THIRTY, **facts: object) -> Rule:
    return replace(Rule(name, Track.RETURN, window=window), **facts)  # type: ignore[arg-type]  # fields of the rule


def of_rules(*rules: Rule) -> PolicyVersion:
    return PolicyVersion("v1", PLACED, MarketPolicy("everywhere", rules=rules))


def answer(law: Law, *rules: Rule, **order: object) -> LineEntitlements:
    return entitlements(stored(**order), of_rules(*rules), law)[0]


def shop_return(law: Law, *rules: Rule, **order: object) -> Clock:
    return answer(law, *rules, **order).clock(Right.SHOP_RETURN)


def codes(clock: Clock) -> list[str]:
    return [step.code for step in clock.trace]


# The order was placed on Friday 1 December, its parcel left the same day and came on Sunday 3.
@pytest.mark.parametrize(
    ("clock", "arrival", "event_day", "source"),
    [
        ((Anchor.DELIVERED,), delivered(), 3, Source.CARRIER),
        ((Anchor.SHIPPED,), delivered(), 1, Source.PLATFORM),
        ((Anchor.ORDERED,), delivered(), 1, Source.PLATFORM),
        ((), delivered(), 3, Source.CARRIER),
        (ANCHORS, delivered(), 3, Source.CARRIER),
        (ANCHORS, shipped(), 1, Source.PLATFORM),
        ((Anchor.DELIVERED, Anchor.ORDERED), shipped(), 1, Source.PLATFORM),
        ((Anchor.DELIVERED, Anchor.ORDERED), delivered(by=Source.ESTIMATE), 1, Source.PLATFORM),
        ((Anchor.DELIVERED,), shipped(), None, None),
        ((Anchor.SHIPPED,), shipped(shipped=None), None, None),
    ],
)
def test_a_promise_counts_from_the_first_moment_known_of_those_its_rule_names(
    law: Law, clock: tuple[Anchor, ...], arrival: object, event_day: int | None, source: Source | None
) -> None:
    found = shop_return(law, a_rule(clock=clock), fulfilments=(arrival,))
    assert found.event_day == (date(2023, 12, event_day) if event_day else None)
    assert (found.starts.source if found.starts else None) is source
    last = {3: date(2024, 1, 2), 1: date(2023, 12, 31)}.get(event_day or 0)
    assert found.last_day == last
    assert found.state(FAR) is (ClockState.CLOSED if event_day else ClockState.NOT_STARTED)


def test_sending_starts_nothing_while_a_unit_is_still_to_be_sent(law: Law) -> None:
    half = (shipped(lines=(("1", 1),)),)
    found = shop_return(law, a_rule(clock=(Anchor.SHIPPED,)), lines=(a_line(quantity=2),), fulfilments=half)
    assert found.starts is None


def test_an_expected_delivery_forecasts_only_what_counts_from_delivery(law: Law) -> None:
    expected = (delivered(by=Source.ESTIMATE, shipped=None),)
    by_delivery = shop_return(law, a_rule(), fulfilments=expected)
    assert by_delivery.estimated_last_day == date(2024, 1, 2)
    assert by_delivery.closes_at is None
    assert shop_return(law, a_rule(clock=(Anchor.SHIPPED,)), fulfilments=expected).estimated_last_day is None


def test_without_anything_to_deliver_every_promise_counts_from_the_order(law: Law) -> None:
    found = shop_return(law, a_rule(), lines=(a_line(is_physical=False),), fulfilments=())
    assert found.event_day == date(2023, 12, 1)
    assert codes(found)[:2] == ["contract_concluded", "promised_days"]
    assert ("anchor", "ordered") in found.trace[1].facts


@pytest.mark.parametrize(
    ("window", "last_day"),
    [
        (Window(30), date(2024, 1, 2)),
        (Window(3, WindowUnit.MONTHS), date(2024, 3, 3)),
        (Window(10, counting=Counting.WORKING), date(2023, 12, 15)),
        # 16 working days from Sunday 3 December pass Christmas on Monday 25 and Tuesday 26.
        (Window(16, counting=Counting.WORKING), date(2023, 12, 27)),
        (Window(1), date(2023, 12, 4)),
    ],
)
def test_windows_end_as_they_are_counted(law: Law, window: Window, last_day: date) -> None:
    assert shop_return(law, a_rule(window=window)).last_day == last_day


@pytest.mark.parametrize(
    ("country", "postcode", "last_day"), [("DE", "10115", date(2023, 12, 8)), ("AT", "1010", date(2023, 12, 11))]
)
def test_working_days_are_those_of_the_country_of_delivery(
    law: Law, country: str, postcode: str, last_day: date
) -> None:
    """Five from Sunday 3 December; Friday 8 is a holiday in Austria."""
    rule = a_rule(window=Window(5, counting=Counting.WORKING))
    assert shop_return(law, rule, country=country, postcode=postcode).last_day == last_day


def test_months_from_a_day_the_month_has_not_end_with_the_month(law: Law) -> None:
    window = Window(1, WindowUnit.MONTHS)
    found = shop_return(law, a_rule(window=window), fulfilments=(delivered(datetime(2024, 1, 31, 11, tzinfo=UTC)),))
    assert found.last_day == date(2024, 2, 29)


def test_a_promise_without_end_starts_and_never_closes(law: Law) -> None:
    found = shop_return(law, a_rule(window=Window(None)))
    assert found.starts is not None
    assert found.closes_at is found.last_day is None
    assert found.state(FAR) is ClockState.UNLIMITED
    assert codes(found) == ["delivered", "promised_without_end", "payer_unknown_by_promise"]


def test_final_sale_promises_nothing_and_takes_nothing_the_law_gives(law: Law) -> None:
    final = a_rule("final", priority=9, is_final_sale=True)
    exchange = replace(final, id="final-exchange", track=Track.EXCHANGE)
    lines = answer(law, a_rule(), final, exchange)
    assert lines.clock(Right.SHOP_RETURN).absent == lines.clock(Right.EXCHANGE).absent == "no_promise"
    by_law = entitlements(stored(), None, law)[0]
    for right in (Right.WITHDRAWAL, Right.LEGAL_GUARANTEE):
        assert lines.clock(right) == by_law.clock(right)
    assert lines.clock(Right.SHOP_RETURN).trace == (
        TraceStep("no_promise"),
        TraceStep("rule_prevails", (("rule", "final"), ("overruled", "returns"))),
    )


@pytest.mark.parametrize(("countries", "absent"), [({"DE"}, None), ({"AT", "CH"}, "no_promise"), (set(), None)])
def test_a_warranty_holds_where_it_is_carried_out(law: Law, countries: set[str], absent: str | None) -> None:
    coverage = Coverage({}, {}, {}, {}, frozenset(countries))
    rule = a_rule("warranty", Window(36, WindowUnit.MONTHS), track=Track.WARRANTY, coverage=coverage)
    clock = answer(law, rule).clock(Right.COMMERCIAL_WARRANTY)
    assert clock.absent == absent


@pytest.mark.parametrize(
    ("scope", "meant", "other"),
    [
        (Scope(products=frozenset({"501"})), {}, {"product_id": "502"}),
        (Scope(skus=frozenset({"LANTERN"})), {}, {"sku": "STOVE"}),
        (Scope(categories=frozenset({"lighting"})), {}, {"categories": ("Stoves",)}),
        (Scope(collections=frozenset({"Winter"})), {"collections": ("winter",)}, {"collections": ()}),
        (Scope(tags=frozenset({"SALE"})), {"tags": ("sale",)}, {"tags": ("new",)}),
        (Scope(price_from=Money(5787, "EUR"), price_below=Money(5788, "EUR")), {}, {"total": a_price(4991)}),
    ],
)
def test_a_rule_holds_for_what_it_is_about_and_for_nothing_else(
    law: Law, scope: Scope, meant: dict[str, object], other: dict[str, object]
) -> None:
    rules = (a_rule(), a_rule("special", Window(60), scope=scope))
    special = shop_return(law, *rules, lines=(a_line(**meant),))
    assert special.last_day == date(2024, 2, 1)
    assert special.basis[0].citation == "v1 · everywhere · special"
    plain = shop_return(law, *rules, lines=(a_line(**{**meant, **other}),))
    assert plain.last_day == date(2024, 1, 2)
    assert plain.basis[0].citation == "v1 · everywhere · returns"


def test_a_season_is_told_by_the_day_where_the_goods_go(law: Law) -> None:
    """Ordered on 30 November 23:30 UTC, which is 1 December in Berlin and still November in Lisbon."""
    placed = replace(stored().order.placed, at=datetime(2023, 11, 30, 23, 30, tzinfo=UTC))
    december = a_rule("december", Window(60), scope=Scope(season=Season(date(2023, 12, 1), date(2023, 12, 24))))
    berlin = shop_return(law, a_rule(), december, placed=placed)
    lisbon = shop_return(law, a_rule(), december, placed=placed, country="PT", postcode="1100-148")
    assert (berlin.last_day, lisbon.last_day) == (date(2024, 2, 1), date(2024, 1, 2))


def test_the_price_is_that_of_one_unit_as_its_page_showed_it(law: Law) -> None:
    """Two units for 80.00 with tax 15.20 after 4.80 off: one cost 50.00."""
    line = a_line(quantity=2, total=a_price(8000), tax=a_price(1520), discount=a_price(480))
    dear = a_rule("dear", Window(60), scope=Scope(price_from=Money(5000, "EUR")))
    assert shop_return(law, a_rule(), dear, lines=(line,)).last_day == date(2024, 2, 1)
    cheaper = replace(line, discount=a_price(479))
    assert shop_return(law, a_rule(), dear, lines=(cheaper,)).last_day == date(2024, 1, 2)


def test_two_lines_of_one_order_each_have_their_rule(law: Law) -> None:
    stoves = Scope(categories=frozenset({"Stoves"}))
    lines = (a_line("1"), a_line("2", categories=("Stoves",)), a_line("3"))
    rules = (
        a_rule(payers=Payers(none=Payer.SHOP)),
        a_rule("stoves", Window(7), scope=stoves, offers=(Offer(Remedy.STORE_CREDIT), Offer(Remedy.REFUND))),
    )
    one, two, three = (
        line.clock(Right.SHOP_RETURN) for line in entitlements(stored(lines=lines), of_rules(*rules), law)
    )
    assert one == three
    assert (one.last_day, one.payer, one.remedies) == (date(2024, 1, 2), Payer.SHOP, (Remedy.REFUND,))
    assert (two.last_day, two.payer) == (date(2023, 12, 10), Payer.UNKNOWN)
    assert two.remedies == (Remedy.STORE_CREDIT, Remedy.REFUND)


def test_a_rule_of_the_withdrawal_track_pays_for_its_lines_only(law: Law) -> None:
    stoves = Scope(categories=frozenset({"Stoves"}))
    rule = a_rule("free", None, track=Track.WITHDRAWAL, scope=stoves, payers=Payers(none=Payer.SHOP))
    lines = (a_line("1"), a_line("2", categories=("Stoves",)))
    one, two = (line.clock(Right.WITHDRAWAL) for line in entitlements(stored(lines=lines), of_rules(rule), law))
    assert (one.payer, two.payer) == (Payer.UNKNOWN, Payer.SHOP)
    assert (one.last_day, one.closes_at) == (two.last_day, two.closes_at)


def test_the_trace_tells_the_whole_reasoning_of_a_promise(law: Law) -> None:
    narrow = a_rule(
        "lighting",
        Window(10, counting=Counting.WORKING),
        scope=Scope(categories=frozenset({"Lighting"})),
        clock=(Anchor.SHIPPED,),
        payers=Payers(none=Payer.SHOPPER),
    )
    assert shop_return(law, a_rule(), narrow).trace == (
        TraceStep("counted_from_shipped", (("day", "2023-12-01"), ("source", "platform"))),
        TraceStep("rule_prevails", (("rule", "lighting"), ("overruled", "returns"))),
        TraceStep("promised_days", (("days", "10"), ("counting", "working"), ("anchor", "shipped"))),
        TraceStep("ends_with_the_day", (("day", "2023-12-15"), ("zone", "Europe/Berlin"))),
        TraceStep("payer_shopper_by_promise", (("market", "everywhere"),)),
    )


def test_falling_back_tells_what_was_awaited_and_what_counts_instead(law: Law) -> None:
    clock = shop_return(law, a_rule(clock=ANCHORS), fulfilments=(shipped(shipped=None),))
    assert codes(clock)[:3] == ["awaiting_delivery", "contract_concluded", "promised_days"]
    assert clock.trace[1] == TraceStep("contract_concluded", (("day", "2023-12-01"),))


def test_a_market_serves_its_countries_and_the_default_the_rest(law: Law) -> None:
    swiss = MarketPolicy("alps", frozenset({"CH", "AT"}), (a_rule(window=Window(90)),))
    policy = PolicyVersion("v1", PLACED, MarketPolicy("everywhere", rules=(a_rule(),)), (swiss,))
    ends = {
        country: entitlements(stored(country=country, postcode=""), policy, law)[0].clock(Right.SHOP_RETURN).last_day
        for country in ("CH", "AT", "DE")
    }
    assert ends == {"CH": date(2024, 3, 2), "AT": date(2024, 3, 2), "DE": date(2024, 1, 2)}


@pytest.mark.parametrize("right", [Right.SHOP_RETURN, Right.EXCHANGE, Right.COMMERCIAL_WARRANTY])
def test_a_rule_without_a_window_promises_nothing(law: Law, right: Right) -> None:
    tracks = {Right.SHOP_RETURN: Track.RETURN, Right.EXCHANGE: Track.EXCHANGE}
    rule = a_rule(window=None, track=tracks.get(right, Track.WARRANTY))
    assert answer(law, rule).clock(right).absent == "no_promise"


def test_delivery_days_later_move_what_counts_from_delivery_and_nothing_else(law: Law) -> None:
    late = (delivered(day(20)),)
    assert shop_return(law, a_rule(), fulfilments=late).last_day == date(2024, 1, 19)
    for anchor in (Anchor.SHIPPED, Anchor.ORDERED):
        assert shop_return(law, a_rule(clock=(anchor,)), fulfilments=late).last_day == date(2023, 12, 31)
