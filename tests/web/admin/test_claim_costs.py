"""What things cost is set by managers, kept, and shows in the numbers of a case and in what is offered first."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.claim_engine.cost_sheet import CostRow, CostSheet
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money
from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import Installation
from tests.support.claim_cases import open_case, place

COSTS = "/admin/claims/settings/costs"
TYPED = {
    "cost.currency.0": "eur",
    "cost.label.0": "29,00",
    "cost.duty.0": "",
    "cost.handling.0": "1.50",
    "cost.currency.1": "",
    "cost.label.1": "",
    "cost.resale": "60",
    "cost.goods": "",
    "cost.too_dear": "37,5",
    "cost.review_score": "7",
}


def kept(light: Installation) -> ClaimSettings:
    with light.deps.units.read(MERCHANT) as unit:
        return unit.claim_desk.settings()


def test_costs_are_kept_as_they_were_typed_and_shown_again(light: Installation) -> None:
    manager = light.signed_in(Role.MANAGER)
    assert manager.send(COSTS, **TYPED).status_code == HTTPStatus.SEE_OTHER
    row = CostRow("EUR", label=Money(2_900, "EUR"), handling=Money(150, "EUR"))
    known = kept(light)
    assert (known.costs, known.too_dear, known.review_score) == (CostSheet((row,), 6_000, None), 3_750, 7)
    page = manager.get("/admin/claims/settings").text
    for name, value in {"cost.label.0": "29.00", "cost.too_dear": "37.5", "cost.review_score": "7"}.items():
        assert f'name="{name}" value="{value}"' in page


def test_what_is_left_out_is_the_usual_threshold_and_no_cost(light: Installation) -> None:
    manager = light.signed_in(Role.MANAGER)
    manager.send(COSTS, **TYPED)
    manager.send(COSTS, **dict.fromkeys(TYPED, ""))
    assert kept(light) == ClaimSettings()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cost.label.0", "dear"),
        ("cost.label.0", "-1"),
        ("cost.resale", "101"),
        ("cost.too_dear", "half"),
        ("cost.review_score", "0"),
    ],
)
def test_what_is_no_cost_is_told_at_its_field_and_nothing_is_kept(light: Installation, field: str, value: str) -> None:
    answer = light.signed_in(Role.MANAGER).send(COSTS, **{**TYPED, field: value})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="e-{field}"' in answer.text
    assert f'name="{field}" value="{value}"' in answer.text
    assert kept(light) == ClaimSettings()


def test_the_case_shows_the_numbers_and_says_what_nobody_knows(light: Installation) -> None:
    claim = open_case(light, place(light))
    agent = light.signed_in(Role.AGENT)
    assert "Once the settings say what a return costs" in agent.get(f"/admin/claims/{claim.id}").text
    light.signed_in(Role.MANAGER).send(COSTS, **TYPED)
    page = agent.get(f"/admin/claims/{claim.id}").text
    for text in ("Way back €29.00", "Handling €1.50", "Duty not known"):
        assert text in page


def test_a_way_back_that_is_too_dear_puts_keeping_first_and_takes_nothing_away(light: Installation) -> None:
    claim = open_case(light, place(light))
    agent, manager = light.signed_in(Role.AGENT), light.signed_in(Role.MANAGER)
    manager.send(COSTS, **{**TYPED, "cost.label.0": "90"})
    page = agent.get(f"/admin/claims/{claim.id}").text
    assert "offer keeping, a part or credit first" in page
    for remedy in claim.line(1).judged.legal_remedies:
        assert f'value="{remedy.value}"' in page
