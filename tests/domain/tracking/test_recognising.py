"""Whose number it may be, judged without asking a carrier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.tracking.carriers import carrier_named
from plugin.domain.tracking.number import NotATrackingNumber, tracking_number
from plugin.domain.tracking.posts import posts
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.rules import ALL
from tests.domain.tracking.numbers import SAMPLES, WRONG


def order(number: str, to: str | None = None, carrier: str | None = None) -> list[str]:
    return [each.carrier for each in recognise(number, to, carrier).candidates]


@pytest.mark.parametrize(("origin", "number", "carrier"), SAMPLES)
def test_a_published_number_is_its_carrier_s(origin: str, number: str, carrier: str) -> None:
    best = recognise(number).best
    assert best is not None, origin
    assert (best.carrier, best.confidence > 0.5) == (carrier, True)


@pytest.mark.parametrize("number", WRONG)
def test_a_number_that_is_wrong_is_nobody_s(number: str) -> None:
    assert order(number) == []


def test_ups_s_test_numbers_with_a_wrong_check_digit_are_only_believed_by_name() -> None:
    assert order("1Z12345E0205271688") == []
    assert order("1Z12345E0205271688", carrier="UPS") == ["ups"]


def test_a_post_s_number_names_the_issuing_post_wherever_it_goes() -> None:
    for to in (None, "DE", "US", "CN"):
        best = recognise("RR473124829CN", to).best
        assert best is not None
        assert (best.carrier, best.post, best.name, best.service) == (
            "china-post",
            "CN",
            "China Post",
            "registered letter",
        )


def test_every_issuing_country_has_its_post() -> None:
    found = {country: recognise(f"RB123456785{country}").best for country in posts()}
    assert {country: (best.carrier, best.post) for country, best in found.items() if best} == {
        country: (post.carrier, country) for country, post in posts().items()
    }


@pytest.mark.parametrize(("to", "first"), [("US", "fedex"), ("DE", "dhl"), ("IT", "gls")])
def test_twelve_digits_that_three_check_digits_allow_go_by_the_destination(to: str, first: str) -> None:
    assert order("201298452277", to)[0] == first
    assert set(order("201298452277")) == {"dhl", "fedex", "gls"}


@pytest.mark.parametrize("carrier", ["GLS", "gls", "G.L.S", "GLS Germany", "General Logistics Systems"])
def test_the_name_on_the_order_decides_between_equals_however_it_is_spelt(carrier: str) -> None:
    assert order("201298452277", "DE", carrier)[0] == "gls"


def test_the_name_on_the_order_is_not_believed_against_a_number_that_is_surely_another_s() -> None:
    best = recognise("00340433836442636597", "DE", "Some Forwarder").best
    assert best is not None
    assert (best.carrier, best.confidence) == ("dhl", 0.99)
    assert order("1Z5R89390357567127", "DE", "DHL")[0] == "ups"


def test_a_carrier_that_is_named_for_a_number_we_know_no_rule_for_is_a_weak_candidate() -> None:
    best = recognise("ABC-123-456-78", carrier="Asendia").best
    assert best is not None
    assert (best.carrier, best.confidence < 0.5) == ("asendia", True)


def test_an_answer_sets_a_wrong_guess_right_and_keeps_the_others() -> None:
    guessed = recognise("201298452277", "DE")
    assert guessed.best is not None
    assert guessed.best.carrier == "dhl"
    right = guessed.confirmed("fedex")
    assert [(each.carrier, each.confidence == 1) for each in right.candidates][:1] == [("fedex", True)]
    assert {each.carrier for each in right.candidates} == {"dhl", "fedex", "gls"}
    assert guessed.confirmed("yodel").candidates[0].carrier == "yodel"


@pytest.mark.parametrize(
    "text", [" 1z 5r8939 0357567127", "1Z-5R8939-0357567127", "１Ｚ5R89390357567127", "1Z5R89390357567127\u200b\n"]
)
def test_what_people_put_between_the_characters_does_not_count(text: str) -> None:
    assert tracking_number(text) == "1Z5R89390357567127"


@pytest.mark.parametrize("text", ["", "hello", "12345", "DELIVERED", "1" * 41, "1Z5R8939Ω357567127", "<script>1234567"])
def test_rubbish_is_no_number(text: str) -> None:
    with pytest.raises(NotATrackingNumber):
        recognise(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("UPS®", "ups"),
        ("Deutsche Post DHL", "dhl"),
        ("DHL Express (MyDHL)", "dhl"),
        ("U.S. Postal Service", "usps"),
        ("Österreichische Post", "austrian-post"),
        ("Royal Mail Tracked 24", "royal-mail"),
        ("Yun Express", "yunexpress"),
        ("云途物流", "yunexpress"),
        ("Hermes UK", "evri"),
        ("fed ex", "fedex"),
        ("my own van", None),
        ("", None),
    ],
)
def test_a_carrier_s_name_is_known_in_many_spellings(name: str, slug: str | None) -> None:
    assert carrier_named(name) == slug


def test_slugs_are_lower_case_and_countries_two_letters() -> None:
    slugs = {rule.carrier for rule in ALL} | {post.carrier for post in posts().values()}
    assert [slug for slug in slugs if slug != slug.lower() or not slug.replace("-", "").isalnum()] == []
    assert [slug for slug in slugs if carrier_named(slug) != slug] == []


@given(
    number=st.text("0123456789", min_size=6, max_size=36)
    | st.from_regex(r"[A-Z]{2}[0-9]{9}[A-Z]{2}", fullmatch=True)
    | st.text("ABCDJLTYZ0123456789", min_size=6, max_size=20).map(lambda text: f"{text}1"),
    to=st.sampled_from([None, "DE", "US", "CN"]),
    carrier=st.sampled_from([None, "GLS", "DHL", "nobody"]),
)
def test_confidences_fall_and_are_shares_of_one(number: str, to: str | None, carrier: str | None) -> None:
    shares = [each.confidence for each in recognise(number, to, carrier).candidates]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 0.99 for share in shares)
    assert sum(shares) <= 1.05
