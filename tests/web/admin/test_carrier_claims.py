"""What a carrier is asked for at the desk: seen at its case and in a list, moved on, refused where it was typed."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from plugin.domain.carrier_claim import CarrierClaim, CarrierClaimState
from plugin.domain.claim.claim import Claim
from plugin.domain.money import Money
from plugin.domain.order import Parcel
from plugin.domain.shop import Role
from tests.build import DELIVERED, MERCHANT, a_fulfilment, a_line, an_event, an_order
from tests.support.admin import Browser, Installation
from tests.support.claim_cases import now_of, open_case, place

_S = CarrierClaimState
LIST = "/admin/carrier-claims"


@pytest.fixture
def claim(light: Installation) -> Claim:
    parcel = Parcel("DHL", "00340434161094", "https://track.example/00340434161094")
    sent = a_fulfilment(events=(an_event(DELIVERED),), parcels=(parcel,))
    order = place(light, an_order("7001", lines=(a_line("11", title="Stove"),), fulfilments=(sent,)))
    return open_case(light, order, reason="logistics.damaged_in_transit", quantity=1)


def known(light: Installation, claim: Claim) -> CarrierClaim:
    with light.deps.units.read(MERCHANT) as unit:
        found = unit.carrier_claims.of(claim.id)
    assert found is not None
    return found


def move(browser: Browser, light: Installation, claim: Claim, to: str, **fields: object) -> TestResponse:
    sent = {"form": f"carrier-{to}", "seen": claim.version, "record": known(light, claim).version, **fields}
    return browser.send(f"/admin/claims/{claim.id}/carrier/{to}", **sent)


def test_the_case_and_the_list_show_what_the_carrier_is_asked_for(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.VIEWER)
    for page in (browser.get(f"/admin/claims/{claim.id}").text, browser.get(LIST).text):
        for text in ("DHL", "00340434161094", "to file", "Tell the carrier by"):
            assert text in page
    assert "Filed with the carrier" not in browser.get(f"/admin/claims/{claim.id}").text, "who only looks moves nothing"
    assert claim.number not in browser.get(f"{LIST}?state=filed").text


def test_it_is_filed_and_paid_by_forms_and_the_claim_stays_as_it_is(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    assert move(browser, light, claim, "filed", detail="CL-77").status_code == HTTPStatus.SEE_OTHER
    assert claim.number in browser.get(f"{LIST}?state=filed").text
    paid = move(browser, light, claim, "accepted", amount="15,00", currency="EUR")
    assert paid.status_code == HTTPStatus.SEE_OTHER
    record = known(light, claim)
    assert (record.state, record.reference, record.accepted) == (_S.ACCEPTED, "CL-77", Money(1500, "EUR"))
    assert now_of(light, claim) == claim
    table = browser.get("/admin/claims/export.csv").text
    assert '"accepted","CL-77","15.00"' in table


def test_what_is_wrong_stands_where_it_was_typed_and_nothing_moves(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    refused = move(browser, light, claim, "filed", detail=" ")
    assert (refused.status_code, known(light, claim).state) == (HTTPStatus.UNPROCESSABLE_ENTITY, _S.TO_FILE)
    assert 'id="e-carrier-filed-detail"' in refused.text
    move(browser, light, claim, "filed", detail="CL-77")
    wrong = move(browser, light, claim, "accepted", amount="much", currency="EUR")
    assert (wrong.status_code, 'id="e-carrier-accepted-amount"' in wrong.text) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        True,
    )
    late = move(browser, light, claim, "dropped", record=1)
    assert (late.status_code, known(light, claim).state) == (HTTPStatus.CONFLICT, _S.FILED)
    assert move(browser, light, claim, "lost").status_code == HTTPStatus.NOT_FOUND


def test_a_manager_says_within_how_many_days_carriers_are_told(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    for wrong in ("", "0", "366", "soon"):
        assert browser.send(f"{LIST}/days", days=wrong).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    browser.send(f"{LIST}/days", days="21")
    assert 'value="21"' in browser.get(LIST).text
    with light.deps.units.read(MERCHANT) as unit:
        assert unit.claim_desk.settings().carrier_notice_days == 21


def test_the_file_for_the_carrier_is_handed_to_agents_and_that_is_on_record(light: Installation, claim: Claim) -> None:
    """It quotes a carrier, which may say who took a parcel in."""
    browser = light.signed_in(Role.AGENT)
    address = f"/admin/claims/{claim.id}/carrier-claim.csv"
    assert address in browser.get(f"/admin/claims/{claim.id}").text
    answer = browser.get(address)
    assert answer.headers["Content-Disposition"].endswith(f'carrier-claim-{claim.number}.csv"')
    assert "00340434161094" in answer.text
    assert browser.get("/admin/claims/none/carrier-claim.csv").status_code == HTTPStatus.NOT_FOUND
    assert claim.number in light.signed_in(Role.OWNER).get("/admin/personal-data-views").text
    viewer = light.signed_in(Role.VIEWER)
    assert address not in viewer.get(f"/admin/claims/{claim.id}").text
    assert viewer.get(address).status_code == HTTPStatus.FORBIDDEN
