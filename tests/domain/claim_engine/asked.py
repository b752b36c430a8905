"""Questions for worked examples, put together by the real clocks and policy from the orders of `worked_orders`."""

from collections.abc import Mapping
from datetime import datetime

from plugin.domain.claim_engine.asking import Known, Subject, question_of
from plugin.domain.claim_engine.question import Asked, Question
from plugin.domain.clocks.claimed import case_of
from plugin.domain.clocks.engine import entitlements
from plugin.domain.clocks.inputs import gather
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.policy.decision import decide
from plugin.domain.policy.reasons import DEFAULT_REASONS, path_of
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Condition, Evidence, Fault, Offer, Payer, Payers, Track, Window
from plugin.domain.policy.traits import TraitRule
from plugin.domain.policy.version import Disclosure, MarketPolicy, PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.domain.stored import StoredOrder
from tests.domain.clocks.worked_orders import PLACED, day, stored

LAW = Law(load_rulebook(), HolidayCalendar())
PRICE = Money(4_995, "EUR")
RETURNS = Rule(
    "returns",
    Track.RETURN,
    window=Window(30),
    payers=Payers(none=Payer.SHOPPER, buyer=Payer.SHOPPER),
    offers=(Offer(Remedy.STORE_CREDIT, bonus=500), Offer(Remedy.REFUND), Offer(Remedy.PRICE_REDUCTION, share=3_000)),
)
EXCHANGES = Rule("exchanges", Track.EXCHANGE, window=Window(30), offers=(Offer(Remedy.EXCHANGE),))
INSIDE, SHOP_ONLY, AFTER = day(10), day(25), day(10, month=1).replace(year=2024)
"""In Germany: within the withdrawal, within the shop's 30 days, after both."""
FAULTS = {reason.id: reason.fault for reason in DEFAULT_REASONS}


def asked(reason: str | None = "change_of_mind.dislike", wanted: Remedy = Remedy.REFUND, **facts: object) -> Asked:
    fault = FAULTS[reason] if reason else None
    plain: dict[str, object] = {"quantity": 1, "wanted": wanted, "fault": fault or Fault.NONE}
    return Asked(**{**plain, "reasons": path_of(reason, DEFAULT_REASONS), **facts})  # type: ignore[arg-type]  # its fields


def a_policy(*rules: Rule, traits: tuple[TraitRule, ...] = (), is_informed: bool | None = True) -> PolicyVersion:
    told = Disclosure(is_informed=is_informed, is_told_return_cost=True)
    return PolicyVersion("v1", PLACED, MarketPolicy("everywhere", rules=rules, disclosure=told), traits=traits)


def a_question(
    ask: Asked | None = None,
    now: datetime = INSIDE,
    *,
    country: str | None = "DE",
    order: StoredOrder | None = None,
    policy: PolicyVersion | None = None,
    **known: object,
) -> Question:
    ask = ask or asked()
    kept = order or stored(country=country, postcode="10115" if country == "DE" else "10001")
    policy = policy or a_policy(RETURNS, EXCHANGES)
    facts = gather(kept, policy, LAW)
    (entitled,) = entitlements(kept, policy, LAW)
    terms = facts.lines[0].meant.terms
    decision = decide(case_of(entitled, ask.fault, PRICE, now, has_reason=bool(ask.reasons)), terms)
    subject = Subject(kept.order, facts, entitled, decision, terms)
    told = Known(**{"price": PRICE, "open_quantity": 1, **known})  # type: ignore[arg-type]  # a test names its fields
    return question_of(ask, subject, told, now)


def conditions(**said: bool) -> Mapping[Condition, bool]:
    return {Condition(name): answer for name, answer in said.items()}


PHOTO = frozenset({Evidence.PHOTO})
