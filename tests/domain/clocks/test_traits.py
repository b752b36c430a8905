"""What the merchant has confirmed of goods: it takes away only what the law says, only from its own lines."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.clocks.terms import item_of
from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.ids import LineId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import Disclosure
from plugin.domain.stored import LineCopy
from tests.domain.clocks.worked_orders import a_line, a_policy, stored

LAW = Law(load_rulebook(), HolidayCalendar())
MUGS = Scope(categories=frozenset({"Mugs"}))
MUG = a_line("1", categories=("Mugs",))
LANTERN = a_line("2", categories=("Lighting",))
EXCEPTING = [Trait.PERSONALISED, Trait.PERISHABLE, Trait.NEWSPAPER]
COUNTRIES = sorted(code for code in LAW.rulebook.jurisdictions if "-" not in code)

trait_rules = st.lists(
    st.builds(
        TraitRule,
        id=st.from_regex(r"[a-z]{1,6}", fullmatch=True),
        trait=st.sampled_from(Trait),
        scope=st.sampled_from([Scope(), MUGS]),
        months=st.none() | st.integers(1, 36),
        consent_property=st.none() | st.just("_consent"),
        is_consent_confirmed=st.booleans(),
    ),
    max_size=4,
)


def with_traits(*rules: TraitRule, policy: PolicyVersion | None = None) -> PolicyVersion:
    return replace(policy or a_policy(return_days=30, warranty_months=12), traits=rules)


def a_rule(trait: Trait, scope: Scope = MUGS, **facts: object) -> TraitRule:
    plain = TraitRule("goods", trait, scope, is_confirmed=True)
    return replace(plain, **facts)  # type: ignore[arg-type]  # a test names fields of the rule


def answers(*rules: TraitRule, **order: object) -> tuple[LineEntitlements, ...]:
    return entitlements(stored(**{"lines": (MUG, LANTERN), **order}), with_traits(*rules), LAW)


def withdrawal(*rules: TraitRule, **order: object) -> Clock:
    return answers(*rules, **order)[0].clock(Right.WITHDRAWAL)


@given(trait_rules, st.sampled_from(COUNTRIES))
def test_what_is_only_suggested_changes_nothing(rules: list[TraitRule], country: str) -> None:
    order = stored(lines=(replace(MUG, property_names=("_consent",)), LANTERN), country=country, postcode="")
    plain = with_traits()
    assert entitlements(order, with_traits(*rules), LAW) == entitlements(order, plain, LAW)


@given(trait_rules, st.sampled_from(COUNTRIES))
def test_confirming_a_trait_touches_no_other_line(rules: list[TraitRule], country: str) -> None:
    confirmed = [replace(rule, is_confirmed=True, scope=MUGS) for rule in rules]
    order = stored(lines=(MUG, LANTERN), country=country, postcode="")
    mug, lantern = entitlements(order, with_traits(*confirmed), LAW)
    plain_mug, plain_lantern = entitlements(order, with_traits(), LAW)
    assert lantern == plain_lantern
    for right in (Right.SHOP_RETURN, Right.EXCHANGE, Right.COMMERCIAL_WARRANTY):
        assert mug.clock(right) == plain_mug.clock(right), "no trait takes a promise away"
    before, after = plain_mug.clock(Right.WITHDRAWAL), mug.clock(Right.WITHDRAWAL)
    assert after.absent is not None or (after.starts, after.last_day) == (before.starts, before.last_day)


@pytest.mark.parametrize("trait", EXCEPTING)
def test_confirmed_goods_are_excepted_by_line(trait: Trait) -> None:
    mug, lantern = answers(a_rule(trait))
    assert mug.clock(Right.WITHDRAWAL).absent == "excepted"
    assert mug.clock(Right.WITHDRAWAL).basis[0].citation == "Directive 2011/83/EU art. 16"
    assert mug.clock(Right.LEGAL_GUARANTEE).absent is None
    assert lantern.clock(Right.WITHDRAWAL).absent is None


@pytest.mark.parametrize("country", ["GB", "NO"])
def test_an_exception_whose_law_nobody_has_read_takes_nothing(country: str) -> None:
    clock = withdrawal(a_rule(Trait.PERISHABLE), country=country, postcode="")
    assert clock.absent is None
    assert any(step.code == "exception_not_confirmed" for step in clock.trace)


def test_where_the_law_makes_no_such_exception_the_right_stays() -> None:
    """Switzerland has no right to begin with; Israel's exceptions are not in the rulebook."""
    assert withdrawal(a_rule(Trait.PERISHABLE), country="CH", postcode="").absent == "no_statutory_right"
    assert withdrawal(a_rule(Trait.PERISHABLE), country="IL", postcode="").absent is None


def test_a_property_that_was_left_out_means_the_line_is_ordinary() -> None:
    engraved = a_rule(Trait.PERSONALISED, properties=frozenset({"Engraving"}))
    assert withdrawal(engraved).absent is None
    assert withdrawal(engraved, lines=(replace(MUG, property_names=("Engraving",)),)).absent == "excepted"
    assert withdrawal(engraved, lines=(replace(MUG, property_names=("Gift note",)),)).absent is None


@pytest.mark.parametrize("trait", [Trait.SEALED_HYGIENE, Trait.SEALED_MEDIA])
def test_sealed_goods_keep_the_right_and_the_trace_says_when_it_is_judged(trait: Trait) -> None:
    plain, sealed = withdrawal(), withdrawal(a_rule(trait))
    assert (sealed.absent, sealed.last_day, sealed.payer) == (None, plain.last_day, plain.payer)
    assert sealed.trace[-1].code == "seal_judged_on_return"
    assert sealed.trace[:-1] == plain.trace


@pytest.mark.parametrize(
    ("rule", "properties", "absent"),
    [
        ({}, (), None),
        ({"consent_property": "_consent"}, ("_consent",), None),
        ({"is_consent_confirmed": True}, ("_consent",), None),
        ({"consent_property": "_consent", "is_consent_confirmed": True}, (), None),
        ({"consent_property": "_consent", "is_consent_confirmed": True}, ("_agreed",), None),
        ({"consent_property": "_consent", "is_consent_confirmed": True}, ("_consent",), "excepted"),
    ],
)
def test_digital_content_is_excepted_only_with_consent_on_record_and_confirmed(
    rule: dict[str, object], properties: tuple[str, ...], absent: str | None
) -> None:
    download = replace(MUG, is_physical=False, property_names=properties)
    assert withdrawal(a_rule(Trait.DIGITAL, **rule), lines=(download,)).absent == absent


def test_consent_to_something_else_excepts_no_digital_content() -> None:
    """The record of consent belongs to the rule that confirms it was given for digital content."""
    consented = a_rule(Trait.PERISHABLE, scope=Scope(skus=frozenset({"OTHER"})), consent_property="_consent")
    download = replace(MUG, property_names=("_consent",))
    assert withdrawal(a_rule(Trait.DIGITAL), consented, lines=(download,)).absent is None


@pytest.mark.parametrize("copied", [True, False])
def test_a_line_whose_product_was_never_known_keeps_the_right(copied: bool) -> None:  # noqa: FBT001 - both are tried
    """Without a copy of its product a line without categories may be of any; what is not known takes nothing away."""
    order = stored(lines=(replace(MUG, categories=()),))
    order = replace(order, copies=(LineCopy(LineId("1"), ()),) if copied else ())
    (line,) = entitlements(order, with_traits(a_rule(Trait.PERISHABLE)), LAW)
    assert line.clock(Right.WITHDRAWAL).absent is None


def test_no_category_is_known_only_once_the_product_was() -> None:
    bare = replace(MUG, categories=())
    assert item_of(bare, None, is_known=True).categories == frozenset()
    assert item_of(bare, None, is_known=False).categories is None
    assert item_of(MUG, None, is_known=False).categories == {"Mugs"}
    assert item_of(MUG, None, is_known=False).tags is None


@pytest.mark.parametrize(
    ("months", "country", "last_day"),
    [
        (12, "DE", date(2024, 12, 3)),
        (18, "DE", date(2025, 6, 3)),
        (None, "DE", date(2025, 12, 3)),
    ],
)
def test_second_hand_goods_are_covered_as_agreed_where_the_law_lets_that_be(
    months: int | None, country: str, last_day: date
) -> None:
    rule = a_rule(Trait.SECOND_HAND, months=months)
    mug, lantern = answers(rule, country=country)
    assert mug.clock(Right.LEGAL_GUARANTEE).nominal_last_day == last_day
    assert lantern.clock(Right.LEGAL_GUARANTEE).nominal_last_day == date(2025, 12, 3)


@given(st.sampled_from(COUNTRIES), st.integers(1, 60))
def test_agreeing_on_months_for_used_goods_never_reaches_below_the_laws_floor(country: str, months: int) -> None:
    used = a_rule(Trait.SECOND_HAND, months=months)
    mug, lantern = answers(used, country=country, postcode="")
    ends, whole = mug.clock(Right.LEGAL_GUARANTEE).closes_at, lantern.clock(Right.LEGAL_GUARANTEE).closes_at
    assert (ends is None) == (whole is None)
    if country in EU_TWELVE and ends is not None:
        assert ends.date() >= date(2024, 12, 3)


EU_TWELVE = frozenset({"DE", "AT", "IT", "ES", "PL", "BE", "PT", "CZ", "SK", "HU", "HR", "SI", "LU", "CY"})
"""Where a year at least must remain (Directive (EU) 2019/771 art. 10(6))."""


def test_of_several_agreed_lengths_the_longest_holds_and_none_beats_them_all() -> None:
    rules = (a_rule(Trait.SECOND_HAND, months=12), a_rule(Trait.SECOND_HAND, months=18))
    assert answers(*rules)[0].clock(Right.LEGAL_GUARANTEE).nominal_last_day == date(2025, 6, 3)
    silent = a_rule(Trait.SECOND_HAND, months=None)
    assert answers(*rules, silent)[0].clock(Right.LEGAL_GUARANTEE).nominal_last_day == date(2025, 12, 3)


def test_durable_goods_are_covered_longer_where_the_law_knows_them() -> None:
    durable, plain = (answer.clock(Right.LEGAL_GUARANTEE) for answer in answers(a_rule(Trait.DURABLE), country="NO"))
    assert durable.nominal_last_day == date(2028, 12, 3)
    assert plain.nominal_last_day == date(2025, 12, 3)


@pytest.mark.parametrize(
    ("since", "told"),
    [(None, True), (date(2023, 12, 1), True), (date(2023, 12, 2), None), (date(2023, 11, 1), True)],
)
@pytest.mark.parametrize("is_informed", [True, False])
def test_what_is_declared_counts_from_the_day_it_is_declared_for(
    since: date | None,
    told: bool | None,  # noqa: FBT001 - a column of the table
    is_informed: bool,  # noqa: FBT001 - likewise
) -> None:
    """Ordered on 1 December; before the day named nothing is declared, and then nothing is refused or shortened."""
    policy = a_policy()
    market = replace(policy.default, disclosure=Disclosure(is_informed=is_informed, since=since))
    clock = entitlements(stored(), replace(policy, default=market), LAW)[0].clock(Right.WITHDRAWAL)
    codes = {step.code for step in clock.trace}
    assert ("information_not_declared" in codes) is (told is None)
    assert ("not_informed_extension" in codes) is (told is True and not is_informed)
    assert clock.last_day == (date(2024, 12, 18) if told and not is_informed else date(2023, 12, 18))


def test_business_orders_have_promises_only_whatever_the_goods_are() -> None:
    line = answers(a_rule(Trait.PERISHABLE), is_business=True)[0]
    assert line.clock(Right.WITHDRAWAL).absent == line.clock(Right.LEGAL_GUARANTEE).absent == "business_order"
    assert line.clock(Right.SHOP_RETURN).absent is None
    assert line.clock(Right.SHOP_RETURN).payer is Payer.UNKNOWN
