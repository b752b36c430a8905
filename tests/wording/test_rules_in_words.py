"""What rules and traits make of a clock, in words."""

from dataclasses import replace

import pytest

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import ClockState, Right
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import Payer
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Anchor, Counting, Payers, Track, Window, WindowUnit
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.wording.panel import WordedLine, clock_lines
from tests.domain.clocks.worked_orders import PLACED, a_line, day, delivered, shipped, stored

LAW = Law(load_rulebook(), HolidayCalendar())
LIGHTING = Scope(categories=frozenset({"Lighting"}))
FREE = Payers(none=Payer.SHOP)
desk = pytest.mark.parametrize("language", DESK_LANGUAGES)


def said(
    *rules: Rule,
    right: Right = Right.SHOP_RETURN,
    language: str = "en",
    traits: tuple[TraitRule, ...] = (),
    **order: object,
) -> WordedLine:
    policy = PolicyVersion("v1", PLACED, MarketPolicy("everywhere", rules=rules), traits=traits)
    answer = entitlements(stored(**order), policy, LAW)[0]
    return next(line for line in clock_lines(answer, catalogue(language), day(10)) if line.right is right)


def a_rule(window: Window, *clock: Anchor, **facts: object) -> Rule:
    plain = Rule("returns", Track.RETURN, window=window, clock=clock or (Anchor.DELIVERED,), payers=FREE)
    return replace(plain, **facts)  # type: ignore[arg-type]  # a test names fields of the rule


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            a_rule(Window(30)),
            (
                "Delivered on Sunday 3 December 2023, as the carrier reports.",
                "The shop promises 30 days from delivery.",
                "It ends with Tuesday 2 January 2024, 24:00 in Berlin.",
            ),
        ),
        (
            a_rule(Window(30), Anchor.SHIPPED),
            (
                "All of it was sent by Friday 1 December 2023, as the shop’s system reports.",
                "The shop promises 30 days from the day all of it was sent.",
                "It ends with Sunday 31 December 2023, 24:00 in Berlin.",
            ),
        ),
        (
            a_rule(Window(2, WindowUnit.MONTHS), Anchor.ORDERED),
            (
                "The contract was concluded on Friday 1 December 2023.",
                "The shop promises 2 months from the day of the order.",
                "It ends with Thursday 1 February 2024, 24:00 in Berlin.",
            ),
        ),
        (
            a_rule(Window(10, counting=Counting.WORKING)),
            (
                "Delivered on Sunday 3 December 2023, as the carrier reports.",
                "The shop promises 10 working days from delivery.",
                "It ends with Friday 15 December 2023, 24:00 in Berlin.",
            ),
        ),
    ],
)
def test_a_promise_tells_what_it_counts_from(rule: Rule, told: tuple[str, ...]) -> None:
    line = said(rule)
    assert line.trace == (
        *told,
        "The shop promises to pay for the return.",
        "Sources: The shop’s policy as it stood when the order was placed",
    )
    assert line.reason == " ".join(told[:2])


def test_what_starts_with_sending_does_not_speak_of_delivery_before() -> None:
    line = said(a_rule(Window(30), Anchor.SHIPPED), fulfilments=(shipped(shipped=None),))
    assert line.state is ClockState.NOT_STARTED
    assert line.sentence == "Starts when all of it has been sent."
    assert line.reason == "The shop promises 30 days from the day all of it was sent."


def test_a_promise_without_end_says_so_without_speaking_of_the_law() -> None:
    line = said(a_rule(Window(None)))
    assert line.state is ClockState.UNLIMITED
    assert line.sentence == "Holds without an end date."
    assert line.label == "Our extra"
    assert "The shop promises this without an end date." in line.trace
    assert not any("law" in sentence for sentence in (line.sentence, line.reason, *line.trace))


def test_a_promise_without_end_is_no_extra_where_the_law_may_last_as_long() -> None:
    warranty = Rule("warranty", Track.WARRANTY, window=Window(None))
    assert said(warranty, right=Right.COMMERCIAL_WARRANTY, country="NL", postcode="").label == "Our promise"
    assert said(warranty, right=Right.COMMERCIAL_WARRANTY).label == "Our extra"


def test_the_rule_that_prevails_is_named_in_the_reasoning_but_not_beside_the_answer() -> None:
    line = said(a_rule(Window(30)), a_rule(Window(60), id="lighting", scope=LIGHTING))
    prevails = "More than one rule of the shop covers this item; the rule “lighting” decides."
    assert prevails in line.trace
    assert prevails not in line.reason


EXCEPTED = {
    Trait.PERSONALISED: "made to order or personalised",
    Trait.PERISHABLE: "spoils or expires quickly",
    Trait.NEWSPAPER: "single newspapers and magazines",
    Trait.DIGITAL: "digital content that began with your consent",
}


def confirmed(trait: Trait) -> TraitRule:
    plain = TraitRule("goods", trait, is_confirmed=True)
    is_digital = trait is Trait.DIGITAL
    return replace(plain, consent_property="_consent", is_consent_confirmed=True) if is_digital else plain


@pytest.mark.parametrize("trait", EXCEPTED)
@pytest.mark.parametrize("country", ["DE", "TW"])
def test_goods_the_law_excepts_are_named(trait: Trait, country: str) -> None:
    consenting = a_line(property_names=("_consent",))
    line = said(right=Right.WITHDRAWAL, traits=(confirmed(trait),), country=country, postcode="", lines=(consenting,))
    assert line.state is ClockState.NOT_APPLICABLE
    assert EXCEPTED[trait] in line.sentence
    assert line.trace[0] == line.sentence
    assert line.sources


def test_an_exception_nobody_has_confirmed_is_told_and_takes_nothing_away() -> None:
    line = said(right=Right.WITHDRAWAL, traits=(confirmed(Trait.PERISHABLE),), country="GB", postcode="")
    assert line.state is ClockState.OPEN
    assert any("may make an exception for such goods" in sentence for sentence in line.trace)


@pytest.mark.parametrize(("country", "says"), [("DE", True), ("GB", False), ("CH", False)])
def test_a_seal_is_said_to_be_judged_later_only_where_the_law_asks_for_it(country: str, says: bool) -> None:  # noqa: FBT001 - a row of the table
    line = said(right=Right.WITHDRAWAL, traits=(confirmed(Trait.SEALED_HYGIENE),), country=country, postcode="")
    assert any("sealed" in sentence for sentence in line.trace) is says


@desk
def test_every_word_of_rules_is_there_in_the_desk_languages(language: str) -> None:
    words, english = catalogue(language), catalogue("en")
    keys = [key for key in english.entries if key.startswith(("step.promised_", "absent.excepted", "step.counted_"))]
    assert len(keys) > 8
    assert all(key in words.entries for key in keys)


@desk
def test_business_buyers_read_that_the_promise_holds_and_the_law_does_not(language: str) -> None:
    by_law = said(a_rule(Window(30)), right=Right.WITHDRAWAL, language=language, is_business=True)
    promised = said(a_rule(Window(30)), language=language, is_business=True)
    assert by_law.sentence == catalogue(language).text("absent.business_order")
    assert promised.state is ClockState.OPEN
    assert not promised.is_statutory


def test_lines_delivered_apart_name_their_own_parcel() -> None:
    warranty = Rule("warranty", Track.WARRANTY, window=Window(6, WindowUnit.MONTHS))
    parcels = (delivered(day(3), lines=(("1", 1),)), shipped(lines=(("2", 1),)))
    line = said(warranty, right=Right.COMMERCIAL_WARRANTY, lines=(a_line("1"), a_line("2")), fulfilments=parcels)
    assert line.trace[1] == "The shop promises 6 months from delivery."
