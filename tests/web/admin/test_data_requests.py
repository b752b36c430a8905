"""The desk's page of requests for somebody's data: asked for, downloaded, marked, and told in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

import pytest

from plugin.documents.letters import data_request_letter
from plugin.documents.person_package import pack_person
from plugin.domain.data_request import AskedThrough, DataRequest, Sought
from plugin.domain.ids import DataRequestId
from plugin.domain.shop import Role
from plugin.usecases.person_data.alert import alert_data_requests
from plugin.usecases.person_data.ask import open_request
from plugin.web.deps import provide
from tests.build import MERCHANT, a_shopper, an_order
from tests.support.admin import Installation

PAGE = "/admin/data-requests"
DAY = timedelta(days=1)
LETTER = data_request_letter("https://aftercare.example")


@pytest.fixture
def desk(light: Installation) -> Installation:
    """One order, and a worker that puts data together."""
    light.deps = replace(light.deps, pack_person=pack_person)
    provide(light.app, light.deps)
    light.keep(an_order(shopper=a_shopper(name="Ida Sigurdsdottir")))
    return light


def told(desk: Installation, after: timedelta) -> list[str]:
    """The subjects of what owners are mailed by then; a second run has nothing to add."""
    ports = {"merchant": MERCHANT, "units": desk.deps.units, "letter": LETTER, "now": desk.clock.now() + after}
    count = alert_data_requests(**ports)  # type: ignore[arg-type]  # its ports
    assert alert_data_requests(**ports) == 0  # type: ignore[arg-type]  # its ports
    desk.run_jobs()
    return [each.mail.subject for each in desk.deps.mailbox.newest()[:count]]


@pytest.mark.parametrize("by", ["address", "order"])
def test_it_is_put_together_downloaded_and_handed_over(desk: Installation, by: str) -> None:
    browser = desk.signed_in(Role.MANAGER)
    with desk.deps.units.read(MERCHANT) as unit:
        (stored,) = unit.orders.batch(None, None, 10)
    form = {"order": stored.id} if by == "order" else {"email": " IDA@example.com ", "shop": stored.shop}
    assert browser.send(PAGE, **form).status_code == HTTPStatus.SEE_OTHER
    waiting = browser.get(PAGE).text
    assert "Being put together" in waiting
    assert "file.zip" not in waiting
    desk.run_jobs()
    page = browser.get(PAGE).text
    assert "Sigurdsdottir" not in page
    assert f'/admin/orders/{stored.id}"><bdi>{stored.order.number}</bdi>' in page
    (path,) = {part.split('"')[0] for part in page.split('href="') if "file.zip" in part.split('"')[0]}
    answer = browser.get(path)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert path.split("/")[-2] in answer.headers["Content-Disposition"]  # several lie in one folder
    with ZipFile(BytesIO(answer.data)) as opened:
        assert b"Ida Sigurdsdottir" in opened.read("data.json")
    done = path.replace("file.zip", "done")
    assert browser.send(done).status_code == HTTPStatus.SEE_OTHER
    page = browser.get(PAGE).text
    assert "Noted as handed over." in page
    assert f'action="{done}"' not in page


def test_what_is_no_address_is_told_at_its_field_and_kept(desk: Installation) -> None:
    answer = desk.signed_in(Role.OWNER).send(PAGE, email="ida at home", shop="")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Enter a whole e-mail address." in answer.text
    assert 'value="ida at home"' in answer.text
    assert desk.jobs.waiting == []


def test_nobody_on_record_is_answered_and_marked_too(desk: Installation) -> None:
    browser = desk.signed_in(Role.OWNER)
    browser.send(PAGE, email="nobody@example.com", shop=desk.shop(MERCHANT))
    with desk.deps.units.read(MERCHANT) as unit:
        (asked,) = unit.data_requests.all(10)
    early = browser.send(f"{PAGE}/{asked.id}/done")
    assert early.status_code == HTTPStatus.CONFLICT
    assert "still being put together" in early.text
    desk.run_jobs()
    page = browser.get(PAGE).text
    assert "Nothing is kept" in page
    assert "<bdi>nobody@example.com</bdi>" in page  # it has to be told so
    assert "nobody@example.com" not in desk.signed_in(Role.VIEWER).get(PAGE).text
    assert browser.get(f"{PAGE}/{asked.id}/file.zip").status_code == HTTPStatus.NOT_FOUND
    assert browser.send(f"{PAGE}/{asked.id}/done").status_code == HTTPStatus.SEE_OTHER
    assert "nobody@example.com" not in browser.get(PAGE).text


def test_a_request_of_the_platforms_is_told_by_its_number_and_by_the_orders(desk: Installation) -> None:
    with desk.deps.units(MERCHANT) as unit:
        (stored,) = unit.orders.batch(None, None, 10)
        sought, now = Sought(customer="77", orders=(stored.order.ref,)), desk.clock.now()
        wanted = DataRequest(DataRequestId("wanted"), stored.shop, AskedThrough.PLATFORM, now, sought, reference="4711")
        open_request(wanted, unit)
        unit.commit()
    browser = desk.signed_in(Role.OWNER)
    waiting = browser.get(PAGE).text
    assert "<bdi>4711</bdi>" in waiting
    assert "customer 77" in waiting
    desk.run_jobs()
    told(desk, DAY)
    mail = desk.deps.mailbox.newest()[0].mail
    assert "4711" in mail.text
    assert stored.order.number in mail.text


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
def test_who_may_not_manage_neither_begins_nor_downloads(desk: Installation, role: Role) -> None:
    desk.signed_in(Role.OWNER).send(PAGE, email="ida@example.com", shop=desk.shop(MERCHANT))
    desk.run_jobs()
    with desk.deps.units.read(MERCHANT) as unit:
        (asked,) = unit.data_requests.all(10)
    browser = desk.signed_in(role)
    assert browser.get(f"{PAGE}/{asked.id}/file.zip").status_code == HTTPStatus.FORBIDDEN
    page = browser.get(PAGE).text
    assert "file.zip" not in page
    assert f'action="{PAGE}' not in page


def test_owners_are_told_once_that_it_came_once_before_it_is_due_and_once_when_it_is_over(desk: Installation) -> None:
    desk.signed_in(Role.OWNER).send(PAGE, email="ida@example.com", shop=desk.shop(MERCHANT))
    assert told(desk, DAY) == []  # it is not put together yet
    desk.run_jobs()
    (came,) = told(desk, DAY)
    assert came.startswith("Nordkap: somebody asks for their data, answer by ")
    assert told(desk, 22 * DAY) == []
    (soon,) = told(desk, 23 * DAY)
    assert soon.startswith("Nordkap: a shopper’s data are due by ")
    (over,) = told(desk, 30 * DAY)
    assert over.startswith("Nordkap: a shopper’s data were due on ")
    assert "ida@example.com" not in f"{came}{soon}{over}"
