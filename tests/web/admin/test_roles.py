"""What each role may do: what is refused is not offered, and what is not offered is refused."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import ShopId
from plugin.domain.policy.draft import started
from plugin.domain.returning.settings import ReturnSettings
from plugin.domain.shop import Role
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience
from tests.build import MERCHANT, NOW, a_policy, an_order
from tests.support.admin import Browser, Installation
from tests.support.alert_cases import keep_alerts
from tests.support.carrier_accounts import AFTERSHIP, PUSHED, SEVENTEEN_TRACK
from tests.support.claim_cases import open_case
from tests.support.policies import a_lawful_document
from tests.support.returning import ACCOUNT, a_batch, a_label, a_parcel
from tests.support.shipments import a_shipment

ACTIONS = {
    "/admin/orders/delivered": Role.AGENT,
    "/admin/orders/undo": Role.AGENT,
    "/admin/orders/{order}/delivered": Role.AGENT,
    "/admin/orders/{order}/undelivered": Role.AGENT,
    "/admin/claims/bulk": Role.AGENT,
    "/admin/claims/settings": Role.MANAGER,
    "/admin/claims/settings/costs": Role.MANAGER,
    "/admin/claims/settings/vouchers": Role.MANAGER,
    "/admin/claims/settings/texts": Role.MANAGER,
    "/admin/claims/{claim}/do/assign": Role.AGENT,
    "/admin/claims/{claim}/carrier/dropped": Role.AGENT,
    "/admin/carrier-claims/days": Role.MANAGER,
    "/admin/alerts/settings": Role.MANAGER,
    "/admin/alerts/settings/lanes": Role.MANAGER,
    "/admin/alerts/settings/lanes/remove": Role.MANAGER,
    "/admin/alerts/parcel1-alert/done": Role.AGENT,
    "/admin/alerts/parcel1-alert/claim": Role.AGENT,
    "/admin/alerts/parcel3-alert/back": Role.AGENT,
    "/admin/payouts/file": Role.MANAGER,
    "/admin/payouts/paid": Role.MANAGER,
    "/admin/data-requests": Role.MANAGER,
    "/admin/shipments/{shipment}/reports": Role.AGENT,
    "/admin/shipments/{shipment}/numbers": Role.AGENT,
    "/admin/shipments/undo": Role.AGENT,
    "/admin/stuck/effect/again": Role.AGENT,
    "/admin/stuck/dismiss": Role.AGENT,
    "/admin/parked/retry": Role.AGENT,
    "/admin/parked/dismiss": Role.AGENT,
    "/admin/staff/invite": Role.OWNER,
    "/admin/staff/{member}/remove": Role.OWNER,
    "/admin/shops/join-code": Role.OWNER,
    "/admin/shops/keys": Role.OWNER,
    "/admin/shopify/access": Role.AGENT,
    "/admin/setup/{shop}/theme": Role.AGENT,
    "/admin/documents/attest": Role.OWNER,
    "/admin/documents/add": Role.OWNER,
    "/admin/documents/artwork": Role.OWNER,
    "/admin/returns/account": Role.OWNER,
    "/admin/returns/account/forget": Role.OWNER,
    "/admin/returns/limits": Role.OWNER,
    "/admin/returns/points": Role.OWNER,
    "/admin/returns/labels/{label}/retry": Role.AGENT,
    "/admin/returns/labels/{label}/file": Role.AGENT,
    "/admin/returns/batches/{batch}/close": Role.AGENT,
    "/admin/carriers": Role.OWNER,
    "/admin/carriers/pushes": Role.OWNER,
    "/admin/carriers/17track/switch": Role.OWNER,
    "/admin/carriers/17track/prefer": Role.OWNER,
    "/admin/carriers/17track/remove": Role.OWNER,
    "/admin/carriers/17track/ask": Role.OWNER,
    "/admin/policy/draft/start": Role.AGENT,
    "/admin/policy/draft/discard": Role.AGENT,
    "/admin/policy/draft/edit": Role.AGENT,
    "/admin/policy/draft/add": Role.AGENT,
    "/admin/policy/draft/remove": Role.AGENT,
    "/admin/policy/draft/countries": Role.AGENT,
    "/admin/policy/draft/fix": Role.AGENT,
    "/admin/policy/draft/undo": Role.AGENT,
    "/admin/policy/draft/redo": Role.AGENT,
    "/admin/policy/draft/document": Role.AGENT,
    "/admin/policy/draft/check": Role.AGENT,
    "/admin/policy/draft/publish": Role.OWNER,
    "/admin/policy/past": Role.OWNER,
}
PAGES = (
    "/admin/orders",
    "/admin/orders/{order}",
    "/admin/shipments",
    "/admin/shipments/{shipment}",
    "/admin/claims",
    "/admin/claims/settings",
    "/admin/claims/{claim}",
    "/admin/carrier-claims",
    "/admin/alerts",
    "/admin/alerts/settings",
    "/admin/payouts",
    "/admin/data-requests",
    "/admin/parked",
    "/admin/stuck",
    "/admin/parked/{record}",
    "/admin/staff",
    "/admin/shops",
    "/admin/documents",
    "/admin/carriers",
    "/admin/carriers?kind=17track",
    "/admin/returns",
    "/admin/policy",
    "/admin/policy/lines",
    "/admin/policy/draft",
    "/admin/policy/draft/in/markets.0",
    "/admin/policy/draft/document",
    "/admin/policy/draft/check",
)


@pytest.fixture
def things(light: Installation) -> dict[str, str]:
    (order,) = light.keep(an_order())
    member, _ = light.invite(Role.VIEWER, "other@shop.example")
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.labels.save([a_label(order=order).failed("provider_refused", "", NOW)])
        unit.hub_batches.save(a_batch(a_parcel(order=order)))
        unit.return_desk.save(ReturnSettings(ACCOUNT), NOW)
        keep_alerts(unit, order, ShopId(light.shop(MERCHANT)), "Hofgasse 1")
        unit.alerts.save_settings(AlertSettings().with_lane(LanePatience("dhl", None, None, Patience())), NOW)
        unit.carrier_accounts.save(AFTERSHIP)
        unit.carrier_accounts.save(SEVENTEEN_TRACK)
        unit.carrier_pushes.add(PUSHED)
        unit.shipments.save([a_shipment(order=order)])
        unit.failed_effects.add(FailedEffect("failed1", "stop_shipping", "{}", "rejected", NOW, NOW))
        unit.drafts.add(started("draft1", a_lawful_document(), based_on=None, at=NOW, by=None))
        unit.commit()
    claim = {"claim": open_case(light, order, quantity=1).id}
    return claim | {
        "order": order,
        "record": light.park(),
        "shop": light.shop(MERCHANT),
        "member": member.id,
        "label": "label1",
        "batch": "batch1",
        "shipment": "shipment1",
    }


def allowed_to(role: Role) -> set[str]:
    """What this role may do: what asks for it or for less."""
    return {action for action, least in ACTIONS.items() if list(Role).index(role) <= list(Role).index(least)}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_an_action_above_the_role_is_refused_with_a_page(
    light: Installation, things: dict[str, str], role: Role
) -> None:
    browser, order = light.signed_in(role), things["order"]
    for action in ACTIONS.keys() - allowed_to(role):
        answer = browser.send(action.format(**things), order=order, on="2026-11-05", record=things["record"])
        assert answer.status_code == HTTPStatus.FORBIDDEN, action
        assert "Your role lets you look" in answer.text, action
        assert_nothing_happened(light, order, action)


def assert_nothing_happened(light: Installation, order: str, action: str) -> None:
    assert light.stored(order).marks == (), action  # type: ignore[arg-type]  # it is the id
    with light.deps.units.read(MERCHANT) as unit:
        assert len(unit.parked.codes()) == 1, action
        assert "other@shop.example" in {member.email for member in unit.staff.all()}, action
        draft = unit.drafts.open()
        assert draft, action
        assert draft.version == 0, action
        assert len(unit.policies.all()) == 1, action


def offered(browser: Browser, things: dict[str, str]) -> set[str]:
    """Every action that a page offers by form or button."""
    pages = " ".join(browser.get(page.format(**things)).text for page in PAGES)
    targets = set(re.findall(r'action="([^"#]+)', pages))
    return {action for action in ACTIONS if action.format(**things) in targets}


@pytest.mark.parametrize("role", Role)
def test_only_what_the_role_may_do_is_offered(light: Installation, things: dict[str, str], role: Role) -> None:
    shown_later = {"/admin/orders/undo", "/admin/orders/{order}/undelivered", "/admin/policy/draft/start"}
    shown_later |= {"/admin/shipments/undo", "/admin/payouts/file", "/admin/payouts/paid"}
    shown_later |= {"/admin/claims/{claim}/carrier/dropped"}  # where goods were damaged on their way
    shown_later |= {"/admin/shopify/access", "/admin/setup/{shop}/theme"}  # in Shopify's own admin
    shown_later |= {"/admin/shops/keys"}  # where shops can reach the installation
    assert offered(light.signed_in(role), things) == allowed_to(role) - shown_later


def test_the_last_owner_is_kept_and_told_in_place(installation: Installation) -> None:
    browser = installation.signed_in(Role.OWNER)
    member, _ = installation.invite(Role.OWNER, "owner@shop.example")
    answer = browser.send(f"/admin/staff/{member.id}/remove")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Invite another owner first" in answer.text
    assert browser.get("/admin/staff").status_code == HTTPStatus.OK


def test_an_invitation_arrives_with_its_role_and_its_week(installation: Installation) -> None:
    browser = installation.signed_in(Role.OWNER)
    browser.send("/admin/staff/invite", email="ben@shop.example", role="agent")
    installation.run_jobs()
    mail = installation.deps.mailbox.newest()[0].mail
    assert mail.to == "ben@shop.example"
    assert "role: agent" in mail.text
    assert "within 7 days" in mail.text
    assert "The invitation is on its way" in browser.get("/admin/staff").text
    assert "The invitation is on its way" not in browser.get("/admin/staff").text


def test_an_unusable_address_is_told_at_its_field_and_kept(light: Installation) -> None:
    answer = light.signed_in(Role.OWNER).send("/admin/staff/invite", email="ben at shop", role="viewer")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="ben at shop"' in answer.text
    assert 'aria-describedby="e-email"' in answer.text
    assert 'value="viewer" selected' in answer.text


@pytest.mark.parametrize("role", ["", "god", "OWNER"])
def test_a_role_nobody_offered_is_refused(light: Installation, role: str) -> None:
    answer = light.signed_in(Role.OWNER).send("/admin/staff/invite", email="ben@shop.example", role=role)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert light.jobs.waiting == []
