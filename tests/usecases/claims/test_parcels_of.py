"""Parcels on their way back, as a platform is told of them: by label or number, however many hold the same units."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from plugin.demo.platform.books import BookedParcel, BookedReturn
from plugin.demo.platform.returns import sent
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import deciding, sending
from plugin.domain.claim.plans import usual_plan
from plugin.domain.ids import LabelId, LineId
from plugin.domain.order import Platform
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.returning.label import Carriage, Label, LabelledLine, LabelState
from plugin.ports.platform_returns import Travel, Units
from plugin.usecases.claim.parcels_of import parcels_of
from tests.build import NOW, a_shop
from tests.fakes.sources import FakeSecrets
from tests.support.claims import AGENT, Case, Shop, an_order_of, opened_line
from tests.support.returning import a_label

LINE, DAY = LineId("11"), NOW.date()
ONE = (Units(LINE, 1),)


def two_of_a_line() -> Case:
    """Two units of one line, each with a fate of its own, to come back."""
    order = an_order_of(2)
    case = Shop(order).open(opened_line(order, 1, Ground.SHOP_RETURN, 2, Remedy.REFUND))
    plan = usual_plan(Remedy.REFUND, case.claim.line(1).judged)
    for no in (1, 1):
        case.act(lambda claim: deciding.approve(claim, no, 1, plan, AGENT))  # noqa: B023 - called at once
    assert [line.quantity for line in case.claim.lines] == [1, 1]
    return case


def tell(case: Case, number: str, *nos: int) -> Claim:
    said = (DAY, number)
    return case.act(lambda claim: sending.tell_sending(claim, nos, said, "DHL", DAY, has_proof=False))


def label(name: str, number: str | None, count: int = 1, **facts: object) -> Label:
    carriage = Carriage("ref", "DHL", number, f"https://carrier.example/{number}" if number else None)
    made = a_label(name, state=LabelState.ISSUED, carriage=carriage, lines=(LabelledLine(LINE, count),))
    return replace(made, **facts)  # type: ignore[arg-type]  # a test names fields of the label


def said(case: Case, *labels: Label) -> list[tuple[str | None, int]]:
    parcels = parcels_of(case.claim, labels, a_shop(platform=Platform.SHOPIFY), FakeSecrets(), None)
    return [(each.travel.number, sum(units.quantity for units in each.units)) for each in parcels]


def test_two_parcels_of_one_unit_each_are_both_told_and_each_knows_of_the_other() -> None:
    case = two_of_a_line()
    tell(case, "X", 1)
    claim = tell(case, "Y", 2)
    parcels = parcels_of(claim, (), a_shop(platform=Platform.SHOPIFY), FakeSecrets(), None)
    assert [(each.units, each.travel) for each in parcels] == [
        (ONE, Travel("X", beside=("Y",))),
        (ONE, Travel("Y", beside=("X",))),
    ]


def test_units_of_one_line_that_travel_under_one_number_are_counted_together() -> None:
    case = two_of_a_line()
    tell(case, "X", 1, 2)
    assert said(case) == [("X", 2)]


def test_two_labels_of_one_unit_each_are_two_parcels() -> None:
    later = NOW + timedelta(days=1)
    assert said(
        two_of_a_line(), label("label1", "X", state=LabelState.CLOSED), label("label2", "Y", created_at=later)
    ) == [
        ("X", 1),
        ("Y", 1),
    ]


def test_a_label_in_place_of_another_is_the_same_parcel() -> None:
    case, old = two_of_a_line(), label("label1", "X", state=LabelState.CLOSED)
    assert said(case, old, label("label2", "Y", replaces=LabelId("label1"))) == [("Y", 1)]
    assert said(case, label("label1", "X", 2, state=LabelState.CLOSED), label("label2", "Y", 2)) == [("Y", 2)]


def test_what_the_shopper_said_is_of_the_label_with_that_number_and_else_of_one_nobody_named() -> None:
    case, labels = two_of_a_line(), (label("label1", "X"), label("label2", "Y"))
    tell(case, "Y", 1)
    assert said(case, *labels) == [("X", 1), ("Y", 1)]
    tell(case, "Z", 2)
    assert said(case, *labels) == [("Z", 1), ("Y", 1)]


def test_a_corrected_number_stands_on_its_own_parcel_and_not_on_the_one_beside_it() -> None:
    kept = BookedReturn("7", "", "open", ((LINE, 2),))
    for travel in (Travel("X", "https://carrier.example/X", beside=("Y",)), Travel("Y", beside=("X",))):
        kept = sent(ONE, travel)(kept)
    kept = sent(ONE, Travel("X2", beside=("Y",)))(kept)
    assert kept.parcels == (
        BookedParcel("71", ((LINE, 1),), "X2", None),
        BookedParcel("72", ((LINE, 1),), "Y", None),
    )
    assert sent(ONE, Travel("Y", beside=("X2",)))(kept) == kept
