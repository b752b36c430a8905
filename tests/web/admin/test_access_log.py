"""Whoever sees a shopper's data in the admin is on record for it, on whichever page that was."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from integrations.files.local import LocalFiles
from plugin.domain.personal_view import PersonalView
from plugin.domain.retention import Kept
from plugin.domain.shop import Role
from plugin.usecases.keep_no_longer import keep_no_longer
from plugin.web.admin.looks import LISTS
from tests.build import MERCHANT, NOW, a_policy, a_shop
from tests.storage.needles import fill, found_in
from tests.support.admin import Browser, Installation

IDS = {"order_id": "order1", "shipment": "parcel1", "record": "p1", "asked": "asked2", "shop": a_shop().id}
IDS |= {"declaration": "declared1", "version": "v1", "evidence": "file1", "kind": "confirmation", "batch": "batch1"}
VARIANTS = {"declarations": ("?aside=1",)}
"""What else a page shows when it is asked to."""


@pytest.fixture
def filled(light: Installation, tmp_path: Path) -> Installation:
    fill(light.storage, LocalFiles(tmp_path / "files"))
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    return light


def pages(installation: Installation) -> dict[str, str]:
    """Every page of the admin that can be opened, by name."""
    found = {}
    for rule in installation.app.url_map.iter_rules():
        if rule.endpoint.startswith("admin.") and "GET" in (rule.methods or ()):
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<{name}>", str(IDS.get(name, "claim1" if name == "claim" else "x")))
            found[rule.endpoint.removeprefix("admin.")] = path
    return found


def looks(installation: Installation) -> set[PersonalView]:
    with installation.deps.units.read(MERCHANT) as unit:
        return set(unit.claim_desk.views(1000))


def forget(installation: Installation) -> None:
    with installation.storage.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM personal_data_views")


def shows(browser: Browser, path: str) -> bool:
    """Whether somebody's data is on the page."""
    answer = browser.get(path)
    return answer.status_code == HTTPStatus.OK and bool(found_in(answer.data))


def test_every_page_that_shows_somebody_is_on_record(filled: Installation) -> None:
    browser = filled.signed_in(Role.OWNER)
    shown, silent = set(), set()
    for name, path in pages(filled).items():
        forget(filled)
        if any(shows(browser, f"{path}{more}") for more in ("", *VARIANTS.get(name, ()))):
            shown.add(name)
            if not looks(filled):
                silent.add(name)
    assert silent == set()
    assert {"order", "claim", "shipment", "case_file", "case_paper"} <= shown, "the search sees them"
    assert LISTS.keys() - shown <= {"payouts", "payouts_file"}, "nothing is recorded that shows nobody"


def test_the_owner_reads_who_saw_which_list_and_what_went_when(filled: Installation) -> None:
    browser = filled.signed_in(Role.OWNER)
    browser.get("/admin/data-requests")
    records, now = filled.storage.retention, NOW + timedelta(days=91)
    gone = keep_no_longer(merchant=MERCHANT, records=records, now=now)
    page = browser.get("/admin/personal-data-views").text
    assert ">Data requests<" in page
    assert 'href="/admin/data-requests"' in page
    assert "Unread messages of a platform" in page
    assert gone[Kept.PARKED] == 2
    assert found_in(page.encode()) == []
