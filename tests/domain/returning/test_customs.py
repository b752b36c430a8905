"""What customs is told of returned goods: facts with their source, and gaps that are called gaps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.policy.identity import Address, ReturnAddress
from plugin.domain.returning.customs import CustomsRequest, Export, Gap, GoodsFacts, customs_paper
from plugin.domain.returning.customs_facts import crosses_a_border, territories, territory_of
from plugin.domain.returning.label import LabelledLine
from tests.build import a_fulfilment, a_line, a_price, an_order
from tests.support.returning import HOME, LINES, NUMBER

LANTERN = GoodsFacts("9405.42", "CN", 450)


def asked(sent_from: str = "CH", to: str = "DE", **facts: object) -> CustomsRequest:
    place = ReturnAddress("home", "Nordkap", Address(("Hafen 1",), to))
    return replace(CustomsRequest(NUMBER, LINES, place, sent_from), **facts)  # type: ignore[arg-type]  # fields of it


@pytest.mark.parametrize(
    ("sent_from", "to", "is_declared"),
    [
        ("CH", "DE", True),
        ("GB", "IE", True),
        ("NO", "DE", True),
        ("US", "DE", True),
        ("DE", "CH", True),
        ("TR", "DE", True),
        ("BR", "AR", True),
        ("FR", "DE", False),
        ("MC", "FR", False),
        ("LI", "CH", False),
        ("CH", "CH", False),
        ("BR", "BR", False),
        (None, "DE", False),
    ],
)
def test_a_parcel_is_declared_where_it_leaves_a_customs_territory(
    sent_from: str | None, to: str, *, is_declared: bool
) -> None:
    assert crosses_a_border(sent_from, to) is is_declared


@pytest.mark.parametrize(("to", "years"), [("DE", 3), ("GB", 3), ("US", 3), ("CH", None)])
def test_what_relieves_returned_goods_is_told_with_its_source(to: str, years: int | None) -> None:
    relief = customs_paper(asked("NO", to), an_order(country="NO")).relief
    assert relief is not None
    assert relief.years == years
    assert relief.citation


def test_what_is_not_known_is_not_told() -> None:
    assert customs_paper(asked("US", "NO"), an_order()).relief is None
    assert customs_paper(asked("US", "DE"), an_order()).refund is None
    assert customs_paper(asked("BR", "AR"), an_order()).relief is None


def test_who_sends_from_switzerland_or_norway_is_told_how_duty_comes_back() -> None:
    swiss, norse = (customs_paper(asked(each), an_order()).refund for each in ("CH", "NO"))
    assert swiss is not None
    assert "Ausländische Rückwaren" in swiss.citation
    assert norse is not None
    assert "Tolletaten" in norse.citation


def test_every_fact_says_what_was_read_and_how_sure_it_is() -> None:
    for territory in territories().values():
        for fact in (territory.relief, territory.refund):
            assert fact is None or (fact.url.startswith("http") and fact.how and fact.verified in {True, "secondary"})
    assert territory_of("US").relief.verified == "secondary"  # type: ignore[union-attr]  # it is there, see above
    listed = [country for territory in territories().values() for country in territory.countries]
    assert len(listed) == len(set(listed))


def test_gaps_are_named_and_close_as_facts_come() -> None:
    paper = customs_paper(asked(), an_order())
    assert paper.gaps == (Gap.TARIFF_NUMBER, Gap.ORIGIN, Gap.WEIGHT, Gap.EXPORT_REFERENCE)
    known = asked(goods={LineId("11"): LANTERN}, export=Export("26DE1234567890ABC1"))
    whole = customs_paper(known, an_order(fulfilments=(a_fulfilment(),)))
    assert whole.gaps == ()
    assert whole.grams == 450
    assert whole.export == Export("26DE1234567890ABC1", date(2026, 11, 3))


def test_one_article_of_unknown_origin_leaves_the_gap() -> None:
    order = an_order(lines=(a_line("11"), a_line("12")))
    lines = (*LINES, LabelledLine(LineId("12"), 1))
    paper = customs_paper(asked(lines=lines, goods={LineId("11"): LANTERN}), order)
    assert Gap.ORIGIN in paper.gaps
    assert Gap.WEIGHT in paper.gaps


@pytest.mark.parametrize(("prices_include_tax", "minor"), [(True, 4193), (False, 4990)])
def test_goods_are_worth_what_was_paid_without_tax(minor: int, *, prices_include_tax: bool) -> None:
    paper = customs_paper(asked(), an_order(prices_include_tax=prices_include_tax))
    assert paper.articles[0].value == Money(minor, "EUR")
    assert paper.value == Money(minor, "EUR")


@given(st.integers(1, 9), st.integers(0, 99_999), st.data())
def test_a_part_of_a_line_is_worth_its_part(quantity: int, minor: int, data: st.DataObject) -> None:
    back = data.draw(st.integers(1, quantity))
    line = a_line(quantity=quantity, total=a_price(minor), tax=a_price(0))
    paper = customs_paper(asked(lines=(LabelledLine(LineId("11"), back),)), an_order(lines=(line,)))
    assert abs(paper.value.minor * quantity - minor * back) < quantity
    assert paper.to == replace(HOME, name="Nordkap", address=Address(("Hafen 1",), "DE"))
