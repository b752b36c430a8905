"""Whoever sees a shopper's data in the admin is on record for it, on whichever page that was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from integrations.files.local import LocalFiles
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.money import Money
from plugin.domain.personal_view import PersonalView
from plugin.domain.refund.payee import BankAccount
from plugin.domain.retention import Kept
from plugin.domain.shop import Role
from plugin.usecases.keep_no_longer import keep_no_longer
from plugin.web.admin.looks import LISTS
from tests.build import MERCHANT, NOW, a_policy, a_shop
from tests.storage.claim_records import CLAIM
from tests.storage.needles import IBAN, NAME, ORDER, fill, found_in
from tests.support.admin import TOKEN, Browser, Installation
from tests.support.refunds import an_intent
from tests.support.returning import a_batch, a_parcel

IDS = {"order_id": "order1", "shipment": "parcel1", "record": "p1", "asked": "asked2", "shop": a_shop().id}
IDS |= {"declaration": "declared1", "version_id": "v1", "evidence": "file1", "kind": "confirmation", "batch": "batch1"}
IDS |= {"claim": CLAIM, "label": "label2"}
VARIANTS = {"declarations": ("?aside=1",)}
"""What else a page shows when it is asked to."""
PAID = an_intent(refund_id="refund2", order=ORDER).awaits_shopper("cash_on_delivery", NOW)
FORMS = {"payouts_file": {"refund": PAID.id}}
"""What is handed out to who sends more than an empty form."""
ENDS: Final = {"sign_out", "revoke", "revoke_others"}
"""What ends the session that tries."""
OUT_OF_REACH: Final = {
    "asked": "a plugin asks there to be let in",
    "bounce": "inside Shopify's admin alone",
    "confirm": "for who is not signed in",
    "plugin_asks": "a plugin asks there to be let in",
    "policy_check": "a draft of the merchant's own",
    "policy_document": "a draft of the merchant's own",
    "policy_draft": "a draft of the merchant's own",
    "policy_draft_page": "a draft of the merchant's own",
    "policy_part": "a draft of the merchant's own",
    "shop_health": "a connection of a shop, by its last calls",
}
"""Pages that do not open here, and what they are about; one that shows shoppers has to be opened."""


@pytest.fixture
def filled(light: Installation, tmp_path: Path) -> Installation:
    fill(light.storage, LocalFiles(tmp_path / "files"))
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.hub_batches.save(a_batch(a_parcel()))
        unit.carrier_claims.save(CarrierClaim(CLAIM, "R-1", ORDER, (), Money(100, "EUR"), 7, NOW, NOW, NOW))
        unit.refunds.save([PAID])
        unit.refunds.keep_payee(PAID.id, BankAccount.parse(NAME, IBAN))
        unit.commit()
    return light


def rules(installation: Installation, method: str) -> Iterator[tuple[str, str]]:
    """Every page of the admin that can be opened, or form that can be sent: its name and address."""
    for rule in installation.app.url_map.iter_rules():
        if rule.endpoint.startswith("admin.") and method in (rule.methods or ()):
            yield rule.endpoint.removeprefix("admin."), address(rule)


def address(rule: Rule) -> str:
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<{name}>", str(IDS.get(name, "x")))
    return path


def looks(installation: Installation) -> set[PersonalView]:
    with installation.deps.units.read(MERCHANT) as unit:
        return set(unit.claim_desk.views(1000))


def forget(installation: Installation) -> None:
    with installation.storage.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM personal_data_views")


def answers(installation: Installation) -> Iterator[tuple[str, TestResponse]]:
    """What each page answers, wherever it sends the browser, and then each form: most refuse what is empty."""
    browser = installation.signed_in(Role.OWNER)
    for name, path in rules(installation, "GET"):
        for more in ("", *VARIANTS.get(name, ())):
            yield name, browser.get(f"{path}{more}", follow_redirects=True)
    token = token_of(browser)
    for name, path in rules(installation, "POST"):
        if name not in ENDS:
            yield name, browser.client.post(path, data={"csrf_token": token, **FORMS.get(name, {})})


def token_of(browser: Browser) -> str:
    found = TOKEN.search(browser.get("/admin/account").text)
    assert found
    return found[1]


def test_whatever_shows_somebody_is_on_record(filled: Installation) -> None:
    shown, silent, opened = set(), set(), set()
    for name, answer in answers(filled):
        if answer.status_code == HTTPStatus.OK:
            opened.add(name)
        if found_in(answer.data):
            shown.add(name)
            if not looks(filled):
                silent.add(name)
        forget(filled)
    assert silent == set()
    assert {name for name, _ in rules(filled, "GET")} - opened == OUT_OF_REACH.keys()
    assert {"order", "claim", "claim_file", "shipment", "case_file", "case_paper", "carrier_file"} <= shown, "it sees"
    assert {"confirm_declaration", "data_requests_begin", "returns_account"} <= shown, (
        "refused, on the page with people"
    )
    assert LISTS.keys() - shown == {"payouts"}, "nothing is recorded that shows nobody; there accounts are masked"


def test_the_owner_reads_who_saw_which_list_and_what_went_when(filled: Installation) -> None:
    browser = filled.signed_in(Role.OWNER)
    browser.get("/admin/data-requests")
    records, now = filled.storage.retention, NOW + timedelta(days=91)
    gone = keep_no_longer(merchant=MERCHANT, records=records, now=now)
    page = browser.get("/admin/personal-data-views").text
    assert ">Data requests<" in page
    assert 'href="/admin/data-requests"' in page
    assert "Unread messages of a platform" in page
    assert gone[Kept.PARKED] >= 2
    assert found_in(page.encode()) == []
