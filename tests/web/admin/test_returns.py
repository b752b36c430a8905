"""Returns at the desk: labels that wait for a person, batches of hubs with their manifest, and what is set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO

import pytest

from plugin.domain.effects import IssueLabel
from plugin.domain.ids import OrderId
from plugin.domain.policy.terms import MethodKind
from plugin.domain.returning.batch import BatchLimits, BatchState, HubBatch
from plugin.domain.returning.label import Label, LabelState
from plugin.domain.returning.settings import ReturnSettings
from plugin.domain.shop import Role
from plugin.usecases.receive_at_hub import HubReceipt, receive_at_hub
from plugin.usecases.request_label import LabelRequest, request_label
from tests.build import MERCHANT, NOW, a_policy, an_order
from tests.support.admin import Browser, Installation
from tests.support.printed import codes, said
from tests.support.returning import ACCOUNT, CLAIM, HOME, HUB, LINES, NUMBER

PAGE = "/admin/returns"
TYPED = {"key": "pk_1", "secret": "sk_1", "carryings": "DE dpd:return/return 77", "valid_days": "10"}
LABEL = b"%PDF-1.4 a label"


@dataclass
class Desk:
    """The desk of an owner with one order, a hub and an account."""

    installation: Installation
    browser: Browser
    order: OrderId

    def label(self, way: MethodKind = MethodKind.LABEL, code: str | None = None, detail: str = "") -> Label:
        request = LabelRequest(CLAIM, NUMBER, self.order, HOME, LINES, way, grams=900)
        at = self.installation.deps
        with at.units(MERCHANT) as unit:
            label = request_label(request, unit=unit, ids=at.ids, now=NOW)
            if code:
                unit.labels.save([label.failed(code, detail, NOW)])
            unit.commit()
        return self.got(label)

    def batch(self) -> HubBatch:
        at = self.installation.deps
        with at.units(MERCHANT) as unit:
            receipt = HubReceipt("p1", HUB.id, CLAIM, NUMBER, self.order, LINES, 900)
            batch = receive_at_hub(receipt, unit=unit, ids=at.ids, now=NOW)
            unit.commit()
        return batch

    def got(self, label: Label) -> Label:
        with self.installation.deps.units.read(MERCHANT) as unit:
            return unit.labels.get(label.id)

    def state(self, batch: HubBatch) -> HubBatch:
        with self.installation.deps.units.read(MERCHANT) as unit:
            return unit.hub_batches.get(batch.id)

    def settings(self) -> ReturnSettings:
        with self.installation.deps.units.read(MERCHANT) as unit:
            return unit.return_desk.settings()

    def send(self, path: str, **fields: object) -> str:
        answer = self.browser.send(f"{PAGE}/{path}", form_at=PAGE, **fields)
        assert answer.status_code in {303, 422}
        return answer.text if answer.status_code == 422 else self.browser.get(PAGE).text


@pytest.fixture
def desk(light: Installation) -> Desk:
    (order,) = light.keep(an_order())
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy(return_addresses=(HOME, HUB)))
        unit.return_desk.save(ReturnSettings(replace(ACCOUNT, secret="sk_kept")), NOW)
        unit.commit()
    return Desk(light, light.signed_in(Role.OWNER), order)


def test_a_label_that_failed_is_shown_with_what_to_do_and_the_providers_words(desk: Desk) -> None:
    desk.label(code="provider_refused", detail="hs_code: This field is required")
    page = desk.browser.get(PAGE).text
    assert NUMBER in page
    assert "The provider refused. Correct what it says, or upload a label. (hs_code: This field is required)" in page
    assert "0.900 kg" in page


def test_a_label_is_bought_again_with_another_weight(desk: Desk) -> None:
    label = desk.label(code="provider_refused")
    assert "The label is being bought." in desk.send(f"labels/{label.id}/retry", grams="400")
    again = desk.got(label)
    assert (again.state, again.grams) == (LabelState.REQUESTED, 400)
    assert IssueLabel(MERCHANT, label.id) in desk.installation.jobs.waiting


def test_a_weight_that_is_none_is_told_at_the_label(desk: Desk) -> None:
    label = desk.label(code="provider_refused")
    for grams in ("heavy", "0", "9999999999"):
        assert 'class="error"' in desk.send(f"labels/{label.id}/retry", grams=grams)
    assert desk.got(label) == label


def test_a_label_is_uploaded_in_the_place_of_one_that_failed(desk: Desk) -> None:
    label = desk.label(code="provider_refused")
    file = (BytesIO(LABEL), "label.pdf")
    page = desk.send(f"labels/{label.id}/file", file=file, carrier="DHL", tracking="JJD0001", valid_until="2026-12-05")
    assert "The shopper can use the label now." in page
    assert "No label waits for you." in page
    with desk.installation.deps.units.read(MERCHANT) as unit:
        old, new = unit.labels.of_claim(CLAIM)
    assert (old.state, new.state) == (LabelState.CLOSED, LabelState.ISSUED)
    assert new.carriage
    assert (new.carriage.carrier, new.carriage.tracking) == ("DHL", "JJD0001")
    assert new.valid_until
    assert new.valid_until.isoformat() == "2026-12-06T00:00:00+00:00"


def test_a_file_that_is_no_label_is_refused_where_it_was_chosen(desk: Desk) -> None:
    label = desk.label(code="provider_refused")
    page = desk.send(f"labels/{label.id}/file", file=(BytesIO(b"<html>"), "label.pdf"))
    assert "A label is a PDF without programs in it" in page
    assert desk.got(label) == label
    assert 'class="error"' in desk.send(f"labels/{label.id}/file", file=(BytesIO(LABEL), "l.pdf"), valid_until="soon")


def test_a_batch_goes_its_way_from_hand_to_hand(desk: Desk) -> None:
    batch = desk.batch()
    assert "Parcels: 1. Weight: 0.900 kg." in desk.browser.get(PAGE).text
    assert "The batch was changed." in desk.send(f"batches/{batch.id}/close")
    desk.send(f"batches/{batch.id}/dispatch", tracking=" JJD 0001 ")
    assert desk.state(batch).tracking == "JJD 0001"
    desk.send(f"batches/{batch.id}/received")
    assert desk.state(batch).state is BatchState.RECEIVED
    assert "The batch has moved on since." in desk.send(f"batches/{batch.id}/close")


def test_a_manifest_is_downloaded_and_its_code_is_the_batch(desk: Desk) -> None:
    answer = desk.browser.get(f"{PAGE}/batches/{desk.batch().id}/manifest.pdf")
    assert answer.mimetype == "application/pdf"
    assert NUMBER in said(answer.data)
    assert codes(answer.data) == [("Code128", "HUB-1")]


def test_an_account_is_kept_and_its_secret_shown_to_nobody(desk: Desk) -> None:
    assert "Saved." in desk.send("account", **TYPED)
    assert desk.settings().account
    page = desk.send("account", **{**TYPED, "secret": "", "valid_days": "7"})
    account = desk.settings().account
    assert account
    assert (account.secret, account.valid_days) == ("sk_1", 7)
    assert "sk_1" not in page


def test_what_is_wrong_with_an_account_is_told_at_its_field(desk: Desk) -> None:
    page = desk.send("account", key="pk_2", secret="", carryings="DE dpd", valid_days="0")
    for sentence in ("Type the secret of this key", "Write one line for each country", "from 1 to 365"):
        assert sentence in page
    assert "DE dpd" in page
    assert desk.settings().account == replace(ACCOUNT, secret="sk_kept")


def test_an_account_is_removed(desk: Desk) -> None:
    assert "The account was removed." in desk.send("account/forget")
    assert desk.settings().account is None


def test_limits_are_set_and_taken_away(desk: Desk) -> None:
    desk.send("limits", kilograms="12", days="")
    assert desk.settings().limits == BatchLimits(12_000, None)
    assert "Whole numbers only" in desk.send("limits", kilograms="-1", days="3")
    assert desk.settings().limits == BatchLimits(12_000, None)


def test_a_list_of_points_is_replaced_as_a_whole(desk: Desk) -> None:
    text = b"name,street,postcode,city,country\nKiosk,Torstr. 9,10119,Berlin,DE\n"
    assert "The list was replaced. Points: 1." in desk.send("points", file=(BytesIO(text), "points.csv"))
    for wrong in (b"name\nKiosk\n", b"\xff\xfe", text + b"x" * 131_073):
        assert "The list of drop-off points cannot be read." in desk.send("points", file=(BytesIO(wrong), "p.csv"))
    assert "Points on record: 1." in desk.browser.get(PAGE).text


def test_who_only_looks_is_offered_nothing_to_do(desk: Desk) -> None:
    desk.label(code="provider_refused")
    desk.batch()
    page = desk.installation.signed_in(Role.VIEWER).get(PAGE).text
    assert NUMBER in page
    assert "<form" not in page.split('id="work"')[1].split("<dialog")[0]
