"""Behind a claim of one's own stands only what is of that claim: nothing of another claim or another merchant."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.ids import EvidenceId, MerchantId, OrderId, RefundId
from plugin.domain.shop import Role
from plugin.usecases.claim.act import read_claim
from tests.build import MERCHANT
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.claim_cases import a_bought, open_case, place
from tests.web.admin.test_claim_files import a_photo, upload
from tests.web.admin.test_claims import send

NESTED = {"evidence", "refund"}
POSITIONS = {"action", "entry", "no", "step", "to"}
"""Of a list of the first id's own, or words of ours."""


@dataclass(frozen=True)
class Held:
    """A claim with a file and with money under way."""

    claim: Claim
    merchant: MerchantId
    evidence: EvidenceId
    refund: RefundId

    def of(self, name: str) -> str:
        return {"evidence": self.evidence, "refund": self.refund}[name]


def a_held(installation: Installation, order: OrderId, browser: Browser, name: str, at: MerchantId) -> Held:
    claim = open_case(installation, order, draft=name, at=at)
    assert upload(browser, claim, a_photo()).status_code == HTTPStatus.SEE_OTHER
    installation.run_jobs()
    known = read(installation, claim, at)
    send(browser, known, "approve", line=1, remedy="refund", goods="keep")
    granted = read(installation, claim, at)
    return Held(granted, at, known.evidence[0], granted.refunds[0].id)


def read(installation: Installation, claim: Claim, at: MerchantId) -> Claim:
    with installation.deps.units.read(at) as unit:
        return read_claim(claim.id, unit)


@pytest.fixture
def owner(light: Installation) -> Browser:
    return light.signed_in(Role.OWNER)


@pytest.fixture
def mine(light: Installation, owner: Browser) -> Held:
    return a_held(light, place(light), owner, "mine", MERCHANT)


@pytest.fixture
def others(light: Installation, owner: Browser) -> list[Held]:
    """One of the same merchant and one of another."""
    rival = light.browser()
    _, token = light.invite(Role.OWNER, "rival@rival.example", at=RIVAL)
    rival.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}")
    (theirs,) = light.keep(a_bought("7003"), at=RIVAL)
    return [
        a_held(light, place(light, a_bought("7002")), owner, "beside", MERCHANT),
        a_held(light, theirs, rival, "theirs", RIVAL),
    ]


def nested(installation: Installation) -> list[tuple[str, str, bool]]:
    """The addresses below a claim that take another id: with what name, and whether they only show."""
    rules = [each for each in installation.app.url_map.iter_rules() if each.rule.startswith("/admin/claims/<claim>/")]
    return [
        (each.rule, name, "GET" in (each.methods or ())) for each in rules for name in sorted(NESTED & each.arguments)
    ]


def test_every_second_id_in_an_address_is_tried_or_a_place_in_a_list(light: Installation) -> None:
    several = [each for each in light.app.url_map.iter_rules() if each.endpoint.startswith("admin.")]
    second = {name for each in several if len(each.arguments) > 1 for name in each.arguments}
    assert second == {"claim", "shop", "shipment", "report"} | NESTED | POSITIONS
    assert {name for _, name, _ in nested(light)} == NESTED


def test_nothing_of_another_claim_is_shown_or_changed_below_ones_own(
    light: Installation, owner: Browser, mine: Held, others: list[Held]
) -> None:
    every = [mine, *others]
    before = [read(light, each.claim, each.merchant) for each in every]
    for other in others:
        for rule, name, only_shows in nested(light):
            path = rule.replace("<claim>", mine.claim.id).replace(f"<{name}>", other.of(name))
            answer = owner.get(path) if only_shows else owner.send(path, seen=before[0].version)
            assert answer.status_code == HTTPStatus.NOT_FOUND, (rule, other.merchant)
    assert [read(light, each.claim, each.merchant) for each in every] == before


def test_what_is_of_the_claim_is_there(owner: Browser, mine: Held) -> None:
    shown = owner.get(f"/admin/claims/{mine.claim.id}/files/{mine.evidence}")
    assert shown.status_code == HTTPStatus.SEE_OTHER
    path = f"/admin/claims/{mine.claim.id}/refunds/{mine.refund}/stop"
    assert owner.send(path, seen=mine.claim.version, form="refund").status_code == HTTPStatus.SEE_OTHER
