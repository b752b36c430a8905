"""A hub took the goods of a claim: said at the case, where the policy has hubs and goods may still reach one."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.returning.batch import HubBatch, parcel_key
from plugin.domain.shop import Role
from tests.build import MERCHANT, NOW
from tests.support.admin import Browser, Installation
from tests.support.claim_cases import POLICY, now_of, open_case, place
from tests.support.returning import HOME, HUB

OFFERED = "/do/hub"


@pytest.fixture
def claim(light: Installation) -> Claim:
    """One whose goods are awaited."""
    claim = open_case(light, place(light), words="It does not light any more")
    send(light.signed_in(Role.AGENT), claim, "approve", line=1, remedy="refund", payment="after_inspection")
    return now_of(light, claim)


@pytest.fixture
def _hubs(light: Installation) -> None:
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(replace(POLICY, id="hubs", effective_from=NOW, return_addresses=(HOME, HUB)))
        unit.commit()


def send(browser: Browser, claim: Claim, action: str, **fields: object) -> TestResponse:
    sent = {"seen": claim.version, "form": f"{action}-{fields['line']}", **fields}
    return browser.send(f"/admin/claims/{claim.id}/do/{action}", **sent)


def page(browser: Browser, claim: Claim) -> str:
    return browser.get(f"/admin/claims/{claim.id}").text


def batches(light: Installation) -> list[HubBatch]:
    with light.deps.units.read(MERCHANT) as unit:
        return list(unit.hub_batches.latest(10))


@pytest.mark.usefixtures("_hubs")
def test_a_hub_takes_the_goods_by_one_form_of_the_case(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    assert OFFERED in page(browser, claim)
    answer = send(browser, claim, "hub", line=1, hub=HUB.id)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert now_of(light, claim).line(1).leg is ReturnState.AT_HUB
    assert [(batch.hub, [each.key for each in batch.parcels]) for batch in batches(light)] == [
        (HUB, [parcel_key(claim.id, 1)])
    ]
    shown = page(browser, claim)
    assert "at the hub" in shown
    assert OFFERED not in shown


@pytest.mark.usefixtures("_hubs")
def test_a_hub_there_is_none_of_is_told_at_its_field(light: Installation, claim: Claim) -> None:
    answer = send(light.signed_in(Role.AGENT), claim, "hub", line=1, hub="nowhere")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "The policy knows no such hub." in answer.text
    assert 'id="e-hub-1-hub"' in answer.text
    assert (now_of(light, claim), batches(light)) == (claim, [])


@pytest.mark.usefixtures("_hubs")
def test_goods_come_to_a_hub_by_no_form_that_names_none(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    assert 'value="at_hub"' not in page(browser, claim)
    assert send(browser, claim, "move", line=1, to="at_hub").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (now_of(light, claim), batches(light)) == (claim, [])


def test_a_policy_without_hubs_has_none_take_anything(light: Installation, claim: Claim) -> None:
    assert OFFERED not in page(light.signed_in(Role.AGENT), claim)


@pytest.mark.usefixtures("_hubs")
def test_whoever_only_looks_is_offered_no_hub_and_turned_away(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.VIEWER)
    assert OFFERED not in page(browser, claim)
    assert send(browser, claim, "hub", line=1, hub=HUB.id).status_code == HTTPStatus.FORBIDDEN
    assert batches(light) == []
