"""The badge and the banner."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.demo.policy import demo_policy
from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.policy.presets import law_only
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payers, Track
from plugin.i18n import LANGUAGES, catalogue
from plugin.wording.badge import Badge, badge, banner
from tests.domain.clocks.worked_orders import PLACED, a_policy
from tests.support.named import named

LAW = Law(load_rulebook(), HolidayCalendar())
DEMO = demo_policy(PLACED)
COUNTRIES = sorted({*LAW.rulebook.jurisdictions} - {"CA-QC"})


def badge_for(country: str, policy: PolicyVersion | None = DEMO, language: str = "en") -> Badge:
    return badge(market_rights(country, policy, LAW), catalogue(language))


def banner_for(country: str, policy: PolicyVersion | None = DEMO, language: str = "en") -> str | None:
    return banner(market_rights(country, policy, LAW), catalogue(language))


def rows(shown: Badge) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in shown.lines]


def test_the_badge_keeps_law_and_extra_apart_and_says_who_pays() -> None:
    assert rows(badge_for("DE")) == [
        (
            "Your right by law",
            (
                "You can withdraw from the purchase for 14 days from delivery, without giving a reason. "
                "For some goods, such as personalised ones, the law makes an exception."
            ),
        ),
        ("Our extra", "We take goods back for 30 days from delivery. We exchange goods for 60 days from delivery."),
        ("Sending it back", "We pay for sending goods back."),
        (
            "Legal guarantee of conformity",
            "If goods are faulty when delivered, the law protects you for at least 2 years from delivery.",
        ),
        ("Our warranty", "Our own warranty covers the goods for 3 years from delivery."),
    ]


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("en", "Delivery to Germany: free returns for 30 days."),
        ("de", "Lieferziel Deutschland: kostenlose Rückgabe für 30 Tage."),
        ("zh-Hans", "送达德国：30天内免费退货。"),
        ("ar", "التسليم إلى \u2068ألمانيا\u2069: إرجاع مجاني لمدة \u206830 يومًا\u2069."),
    ],
)
def test_the_compact_badge_names_the_market_in_its_sentence(language: str, summary: str) -> None:
    assert badge_for("DE", language=language).summary == summary


@pytest.mark.parametrize("country", ["DE", "US", "TW", "AQ"])
def test_summary_and_banner_name_the_country_in_every_language(country: str) -> None:
    for language in LANGUAGES:
        with named(language):
            name = catalogue(language).country(country)
            shown = banner_for(country, language=language)
            assert name in badge_for(country, language=language).summary
            assert shown is None or name in shown


@given(st.sampled_from(COUNTRIES), st.sampled_from(LANGUAGES))
def test_a_shop_that_promises_nothing_shows_no_extra(country: str, language: str) -> None:
    shown = badge_for(country, law_only(PLACED), language)
    assert [line.kind for line in shown.lines] == ["right", "payer", "warranty"]
    assert catalogue(language).text("label.extra") not in {line.label for line in shown.lines}


@pytest.mark.parametrize(
    ("country", "says"),
    [("BR", "it sets a time for reporting defects"), ("US", "it names no fixed time"), ("JP", "it sets a time")],
)
def test_a_guarantee_without_months_is_told_as_what_it_is(country: str, says: str) -> None:
    (text,) = (text for label, text in rows(badge_for(country)) if label == "Legal guarantee of conformity")
    assert text.startswith("If goods are faulty when delivered, the law protects you;")
    assert says in text


@pytest.mark.parametrize("country", ["AQ", "KE"])
def test_of_a_country_whose_law_we_do_not_know_nothing_is_said_of_the_guarantee(country: str) -> None:
    (text,) = (text for label, text in rows(badge_for(country)) if label == "Legal guarantee of conformity")
    assert "is not confirmed here" in text
    assert "protects" not in text


def test_the_legal_minimum_promised_again_is_no_extra() -> None:
    shown = badge_for("DE", a_policy(return_days=14, warranty_months=24))
    assert [line.kind for line in shown.lines] == ["right", "payer", "warranty"]
    assert shown.summary.startswith("Delivery to Germany: by law you can withdraw for 14 days")


def test_where_the_law_gives_no_return_the_badge_says_so_and_shows_the_promise() -> None:
    first, second, third, *_ = rows(badge_for("US"))
    assert (
        first[1] == "The law of this country (United States) gives no general right to return goods without a reason."
    )
    assert second == ("Our extra", "We take goods back for 14 days from delivery.")
    assert third[1] == "You pay for sending goods back."


@pytest.mark.parametrize("country", ["TH", "AQ"])
def test_where_nobody_confirmed_the_law_a_promise_is_not_called_an_extra(country: str) -> None:
    by_law, promise, *_ = rows(badge_for(country))
    assert by_law[1].endswith("is not confirmed here; it holds all the same.")
    assert promise == ("Our promise", "We take goods back for 14 days from delivery.")


@pytest.mark.parametrize(
    ("declared", "payer"),
    [
        ({"is_told_return_cost": True}, "You pay for sending goods back."),
        ({"is_told_return_cost": False}, "We pay for sending goods back."),
        (
            {"is_told_return_cost": None},
            "You pay for sending goods back only if we tell you so before you order; otherwise we pay.",
        ),
        (
            {"is_told_return_cost": False, "return_days": 30, "return_payer": Payer.SHOPPER},
            "While your right by law runs, we pay for sending goods back; after that you pay.",
        ),
        ({"is_told_return_cost": True, "return_payer": Payer.SHOP}, "We pay for sending goods back."),
    ],
)
def test_who_pays_is_always_said(declared: dict[str, object], payer: str) -> None:
    assert ("Sending it back", payer) in rows(badge_for("DE", a_policy(**declared)))


def test_what_nobody_verified_is_said_with_at_least() -> None:
    shown = badge_for("KZ", None)
    assert "at least" in shown.summary
    assert "at least" in shown.lines[0].text


def test_a_country_without_known_law_promises_no_law() -> None:
    assert "not confirmed" in badge_for("AQ").lines[0].text


def test_no_number_stands_where_the_law_names_none() -> None:
    for country in ("US", "GB", "AU"):
        guarantee = badge_for(country, None).lines[-1].text
        assert not any(character.isdigit() for character in guarantee)


def test_the_banner_speaks_when_free_returns_are_proven() -> None:
    assert banner_for("FR") == "Delivery to France: free returns for 30 days, we pay for sending goods back."


@pytest.mark.parametrize(
    ("country", "policy"),
    [
        ("DE", None),
        ("DE", law_only(PLACED)),
        ("DE", a_policy(return_days=30, return_payer=Payer.SHOPPER, is_told_return_cost=False)),
        ("DE", a_policy(return_days=30, return_payer=Payer.UNKNOWN)),
        ("TW", a_policy(return_days=30, return_payer=Payer.SHOPPER)),
        ("US", a_policy(return_payer=Payer.SHOP)),
        ("KZ", a_policy(return_payer=Payer.SHOP)),
        ("GB", DEMO),
        ("US", DEMO),
    ],
)
def test_the_banner_is_silent_when_they_are_not(country: str, policy: PolicyVersion | None) -> None:
    assert banner_for(country, policy) is None


@given(st.sampled_from([*COUNTRIES, "AQ"]), st.sampled_from(LANGUAGES), st.sampled_from([None, DEMO, law_only(PLACED)]))
def test_every_market_has_a_badge_of_finished_sentences(
    country: str, language: str, policy: PolicyVersion | None
) -> None:
    shown = badge_for(country, policy, language)
    texts = [shown.summary, *(line.text for line in shown.lines), *(line.label for line in shown.lines)]
    assert all(texts)
    assert not any("{" in text or "None" in text for text in texts)


REPEATS_THE_LAW = Rule("withdrawal", Track.WITHDRAWAL, payers=Payers(none=Payer.SHOP))


@pytest.mark.parametrize("country", ["BR", "TW", "AR"])
@pytest.mark.parametrize("rules", [(), (REPEATS_THE_LAW,)])
def test_where_the_law_makes_every_shop_pay_the_banner_states_the_law(country: str, rules: tuple[Rule, ...]) -> None:
    policy = replace(DEMO, default=replace(DEMO.default, rules=rules), markets=())
    shown = banner_for(country, policy)
    assert shown is None or "by law you can withdraw for" in shown
    assert shown is not None or country != "BR"


def test_what_a_shop_adds_to_a_return_that_is_free_by_law_is_its_own() -> None:
    assert banner_for("BR", a_policy(return_days=30, return_payer=Payer.SHOP)) == (
        "Delivery to Brazil: free returns for 30 days, we pay for sending goods back."
    )


def test_a_withdrawal_the_shop_pays_for_where_the_law_does_not_is_its_own() -> None:
    policy = replace(DEMO, default=replace(DEMO.default, rules=(REPEATS_THE_LAW,)), markets=())
    assert (banner_for("GB", policy) or "").startswith("Delivery to United Kingdom: free returns for 14 days")
