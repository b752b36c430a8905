"""A draft is published by whoever may, when the law allows it; the past is declared, and nothing is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.policy.document import write_policy
from plugin.domain.policy.edit import without_decided
from tests.build import MERCHANT, a_policy
from tests.support.admin import Installation, install
from tests.support.policies import with_return_days
from tests.support.policy_forms import DRAFT, write_draft


@pytest.fixture
def demo(database_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    """Give an installation in which nobody real buys: it may publish before shoppers can withdraw on line."""
    running = install(database_url, tmp_path, law, is_demo=True)
    yield running
    running.storage.close()


def test_an_owner_publishes_and_sees_what_changed(demo: Installation) -> None:
    write_draft(demo)
    browser = demo.signed_in()
    assert "error" not in browser.get(f"{DRAFT}/check").text
    browser.send(f"{DRAFT}/check", form_at=f"{DRAFT}/check")
    assert "nothing has been edited since" in browser.get(f"{DRAFT}/check").text
    answer = browser.send(f"{DRAFT}/publish", form_at=f"{DRAFT}/check", version="0")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    page = browser.get(answer.headers["Location"]).text
    assert "European Union" in page
    assert "Market: added" in page
    assert "owner@shop.example" in page
    with demo.deps.units.read(MERCHANT) as unit:
        (version,) = unit.policies.all()
        assert unit.drafts.open() is None
    kept = browser.get(f"/admin/policy/versions/{version.id}/document")
    assert json.loads(kept.text) == write_policy(version)


def test_what_the_law_forbids_is_not_published_and_the_reason_stands_on_the_page(demo: Installation) -> None:
    write_draft(demo, *with_return_days(7))
    answer = demo.signed_in().send(f"{DRAFT}/publish", form_at=f"{DRAFT}/check", version="0")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Mend what is marked as an error." in answer.text
    assert "The return period is shorter than the law" in answer.text


def test_a_live_shop_without_a_withdrawal_function_is_told_that_its_draft_is_ready(light: Installation) -> None:
    write_draft(light)
    browser = light.signed_in()
    assert "Everything is right but one thing" in browser.get(f"{DRAFT}/check").text
    answer = browser.send(f"{DRAFT}/publish", form_at=f"{DRAFT}/check", version="0")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "The draft is ready" in answer.text


@pytest.mark.parametrize(("day", "told"), [("2020-01-01", "Promises already made"), ("soon", "This is no day")])
def test_a_day_that_cannot_be_is_told_at_its_field(demo: Installation, day: str, told: str) -> None:
    write_draft(demo)
    with demo.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    answer = demo.signed_in().send(f"{DRAFT}/publish", form_at=f"{DRAFT}/check", version="0", **{"from": day})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in answer.text
    assert 'aria-describedby="e-from"' in answer.text


def test_promises_of_the_past_are_declared_from_a_file(installation: Installation) -> None:
    with installation.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    browser = installation.signed_in()
    document = json.dumps(without_decided(write_policy(a_policy("older")))).encode()
    day = (a_policy().effective_from - timedelta(days=90)).date().isoformat()
    sent = {"from": day, "source": "file", "file": (io.BytesIO(document), "old.json")}
    assert browser.send("/admin/policy/past", form_at="/admin/policy", **sent).status_code == HTTPStatus.SEE_OTHER
    page = browser.get("/admin/policy").text
    assert "Declared. Older orders are being looked at again." in page
    assert page.count("/admin/policy/versions/") == 2
