"""Worked orders with all that their clocks say, one line a clock, kept in `tests/payloads/clocks/told.txt`.

`python -m tests.domain.clocks.told` writes the file anew; what changed in it is what shoppers would be told otherwise.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.engine import entitlements
from plugin.domain.clocks.free_returns import free_window, why_no_banner
from plugin.domain.clocks.scoped_rights import scoped_rights
from plugin.domain.entitlement import Clock, TraceStep
from plugin.domain.ids import LineId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.order import DeliveryEvent, DeliveryStatus, Standing
from plugin.domain.policy.rule import Coverage, Rule
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.terms import (
    Anchor,
    Counting,
    Fee,
    MethodKind,
    Offer,
    Payer,
    Payers,
    ReturnMethod,
    Track,
    Window,
    WindowUnit,
)
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import Disclosure, MarketPolicy, PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.domain.stored import LineCopy, StoredOrder
from plugin.domain.times import Moment, Source
from tests.domain.clocks.worked_orders import (
    PLACED,
    a_line,
    a_policy,
    day,
    delivered,
    marked,
    refund_of,
    shipped,
    stored,
)

KEPT = Path(__file__).parents[2] / "payloads" / "clocks" / "told.txt"

FREE = Payers(none=Payer.SHOP, buyer=Payer.SHOP, seller=Payer.SHOP)
RETURNS = Rule("returns", Track.RETURN, window=Window(30), payers=FREE, offers=(Offer(Remedy.REFUND),))
WORKING = Window(10, WindowUnit.DAYS, Counting.WORKING)
LIGHTS = Scope(categories=frozenset({"Lighting"}))
RULES = (
    RETURNS,
    Rule("lights", Track.RETURN, window=WORKING, scope=LIGHTS, fee=Fee(1_000), clock=(Anchor.SHIPPED,)),
    Rule("exchanges", Track.EXCHANGE, window=Window(3, WindowUnit.MONTHS), clock=(Anchor.ORDERED,)),
    Rule(
        "warranty",
        Track.WARRANTY,
        window=Window(36, WindowUnit.MONTHS),
        payers=FREE,
        coverage=Coverage({}, {}, {}, {}, frozenset({"DE", "US"})),
    ),
)


def of_rules(*rules: Rule, version: str = "v1", traits: tuple[TraitRule, ...] = (), **told: Any) -> PolicyVersion:  # noqa: ANN401 - fields of the disclosure
    market = MarketPolicy("everywhere", rules=rules, disclosure=Disclosure(**told))
    return PolicyVersion(version, PLACED, market, traits=traits)


def confirmed(trait: Trait, **scope: Any) -> TraitRule:  # noqa: ANN401 - fields of the scope
    return TraitRule(trait.value, trait, is_confirmed=True, **scope)


TOLD = of_rules(*RULES, is_informed=True, is_told_return_cost=True)
NOT_TOLD = of_rules(RETURNS, is_informed=False, is_told_return_cost=False)
FINAL = of_rules(replace(RETURNS, is_final_sale=True), replace(RULES[1], is_final_sale=True))
OWN_WITHDRAWAL = of_rules(Rule("withdrawals", Track.WITHDRAWAL, payers=FREE), RETURNS)
ENDLESS = of_rules(replace(RETURNS, window=Window(None)), replace(RULES[3], coverage=None, window=Window(None)))
PERSONAL = of_rules(RETURNS, traits=(confirmed(Trait.PERSONALISED),))
SEALED = of_rules(RETURNS, traits=(confirmed(Trait.SEALED_HYGIENE),))
LASTING = of_rules(RETURNS, traits=(confirmed(Trait.DURABLE),))
USED = of_rules(RETURNS, traits=(TraitRule("used", Trait.SECOND_HAND, is_confirmed=True, months=12),))
LATER = of_rules(replace(RETURNS, window=Window(60)), version="v2")

LIGHT = a_line(categories=("Lighting",))
TWO = (a_line("1", categories=("Tents",)), a_line("2", categories=("Lighting",)))
PARTS = (delivered(day(3), lines=(("1", 1),)), shipped(lines=(("2", 1),)))
GUESS = DeliveryEvent(DeliveryStatus.IN_TRANSIT, Moment(day(9), Source.ESTIMATE))
EXPECTED = shipped(estimated=Moment(day(8), Source.PLATFORM), events=(GUESS,))

ORDERS: dict[str, tuple[StoredOrder, PolicyVersion | None, tuple[PolicyVersion, ...]]] = {
    "Germany, no policy": (stored(), None, ()),
    "Germany, everything promised": (stored(lines=(LIGHT,)), TOLD, ()),
    "Germany, shoppers not told": (stored(), NOT_TOLD, ()),
    "Germany, its own rule of withdrawals": (stored(), OWN_WITHDRAWAL, ()),
    "Germany, final sale": (stored(lines=(LIGHT,)), FINAL, ()),
    "Germany, promises without end": (stored(), ENDLESS, ()),
    "Germany, personalised": (stored(), PERSONAL, ()),
    "Germany, sealed": (stored(lines=(a_line(property_names=("Engraving", "_hidden")),)), SEALED, ()),
    "Germany, a better promise later": (stored(), TOLD, (LATER,)),
    "Germany, two parcels, one still to come": (stored(lines=TWO, fulfilments=PARTS), TOLD, ()),
    "Germany, expected": (stored(fulfilments=(EXPECTED,)), TOLD, ()),
    "Germany, nothing sent": (stored(fulfilments=()), TOLD, ()),
    "Germany, marked by the merchant": (stored(fulfilments=(shipped(),), marks=(marked(day(5)),)), TOLD, ()),
    "Germany, a gift card and a download": (
        stored(lines=(a_line("1", is_gift_card=True), a_line("2", is_physical=False)), fulfilments=()),
        TOLD,
        (),
    ),
    "Germany, refunded": (stored(refunds=(refund_of("1", 1),)), TOLD, ()),
    "Germany, a business buyer": (stored(is_business=True), TOLD, ()),
    "Germany, cancelled": (stored(standing=Standing.CANCELLED), TOLD, ()),
    "Spain, region unknown": (stored(country="ES", postcode=""), TOLD, ()),
    "Finland": (stored(country="FI"), TOLD, ()),
    "Germany, second-hand": (stored(), USED, ()),
    "Germany, nothing known of the categories": (stored(lines=(a_line(categories=()),)), TOLD, ()),
    "Germany, of no category": (
        replace(stored(lines=(a_line(categories=()),)), copies=(LineCopy(LineId("1"), ()),)),
        TOLD,
        (),
    ),
    "Brazil, made to last": (stored(country="BR"), LASTING, ()),
    "Germany, marked and reported at once": (stored(marks=(marked(day(3)),)), TOLD, ()),
    "Norway, made to last": (stored(country="NO"), LASTING, ()),
    "Japan, nothing displayed": (stored(country="JP"), of_rules(is_informed=None), ()),
    "Japan, terms displayed": (stored(country="JP"), of_rules(RETURNS), ()),
    "Brazil": (stored(country="BR"), TOLD, ()),
    "Mexico": (stored(country="MX"), of_rules(replace(RETURNS, window=WORKING)), ()),
    "United States": (stored(country="US", postcode="10001"), TOLD, ()),
    "Korea, perishable": (stored(country="KR"), of_rules(RETURNS, traits=(confirmed(Trait.PERISHABLE),)), ()),
    "no country": (stored(country=None), TOLD, ()),
    "a country whose law nobody read": (stored(country="AQ"), TOLD, ()),
}

POLICIES = {
    "no policy": None,
    "everything": TOLD,
    "not told": NOT_TOLD,
    "final sale": FINAL,
    "own withdrawals": OWN_WITHDRAWAL,
    "without end": ENDLESS,
    "personalised": PERSONAL,
    "sealed": SEALED,
    "lasting": LASTING,
    "second-hand": USED,
    "with a label": of_rules(
        replace(
            RETURNS, methods=(ReturnMethod(MethodKind.LABEL, frozenset({"FR"})), ReturnMethod(MethodKind.OWN_CARRIER))
        )
    ),
    "a fee of nothing": of_rules(replace(RETURNS, fee=Fee(amount=Money(0, "EUR")))),
    "fourteen days": of_rules(replace(RETURNS, window=Window(14))),
    "plain": a_policy(return_days=30, return_payer=Payer.SHOPPER),
}
COUNTRIES = ("DE", "FI", "NO", "JP", "BR", "MX", "US", "TW", "GB", "AQ")
FEWER = ("DE", "JP", "US")


def lines(law: Law) -> list[str]:
    """Everything, in order; what was said before is said by the number of its line."""
    told: list[str] = []
    first: dict[str, int] = {}
    for number, line in enumerate([*_after(law), *_before(law)], 1):
        told.append(line if line not in first else f"as in {first[line]}")
        first.setdefault(line, number)
    return told


def _after(law: Law) -> Iterator[str]:
    for name, (order, policy, later) in ORDERS.items():
        for entitled in entitlements(order, policy, law, later):
            yield f"# {name}, line {entitled.line}, {entitled.zone}, {entitled.policy_version}"
            yield from (_clock(clock) for clock in entitled.clocks)


def _before(law: Law) -> Iterator[str]:
    for name, policy in POLICIES.items():
        for country in COUNTRIES if policy in (None, TOLD) else FEWER:
            rights = market_rights(country, policy, law)
            yield f"# before purchase: {name}, {country}"
            yield f"{_rights(rights)} | {free_window([rights])} {[str(why) for why in why_no_banner([rights])]}"
    yield "# before purchase: everything, a lamp"
    yield _rights(market_rights("DE", TOLD, law, Item(categories=frozenset({"Lighting"}))))
    for group in scoped_rights("DE", TOLD, law, PLACED.date()):
        tracks = sorted(track.value for track in group.tracks)
        yield f"# group by group: {sorted(group.scope.categories)} {tracks} {group.is_rest}"
        yield _rights(group.rights)


def _clock(clock: Clock) -> str:
    told = {field.name: getattr(clock, field.name) for field in fields(clock)}
    told["starts"] = clock.starts and f"{clock.starts.at:%Y-%m-%dT%H:%M} {clock.starts.source}"
    told["basis"] = [basis.citation for basis in clock.basis]
    told["trace"] = [_step(each) for each in clock.trace]
    told["remedies"] = [remedy.value for remedy in clock.remedies]
    return " ".join(f"{name}={value}" for name, value in told.items() if value not in (None, [], False))


def _step(told: TraceStep) -> str:
    return told.code + "".join(f"/{name}={value}" for name, value in told.facts)


def _rights(rights: MarketRights) -> str:
    told = {field.name: getattr(rights, field.name) for field in fields(rights) if field.name != "rules"}
    names = [name for name, kind in vars(MarketRights).items() if isinstance(kind, property)]
    told |= {name: getattr(rights, name) for name in names}
    told |= {f"{track}_rule": rule and rule.id for track, rule in rights.rules.items()}
    return " ".join(f"{name}={_plain(value)}" for name, value in told.items() if value not in (None, False, ()))


def _plain(value: object) -> str:
    if isinstance(value, Window):
        return f"{value.length}/{value.unit}/{value.counting}"
    if isinstance(value, Coverage):
        return ",".join(sorted(value.countries))
    if isinstance(value, Fee):
        return f"{value.rate}/{value.amount}"
    return str([each.kind.value for each in value]) if isinstance(value, tuple) else str(value)  # type: ignore[attr-defined]  # ways back


if __name__ == "__main__":
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text("\n".join(lines(Law(load_rulebook(), HolidayCalendar()))) + "\n", "utf-8")
