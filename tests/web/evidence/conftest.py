"""A shop that takes evidence: the whole application on a real database, and a shopper's uploads over HTTP."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from plugin.domain.clocks.engine import Law
from plugin.domain.ids import ClaimDraftId, PersonId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.shop import Shop
from plugin.usecases.check_evidence import check_evidence
from plugin.web.evidence import upload_token
from plugin.web.evidence.upload_token import LIFETIME, UploadTicket
from tests.build import MERCHANT, NOW, a_stored_order
from tests.support.admin import Installation, install

DRAFT = ClaimDraftId("draft1")
TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = {"Content-Type": "application/offset+octet-stream"}


def metadata(name: str, kind: str = "image/jpeg") -> str:
    return f"filename {b64encode(name.encode()).decode()},filetype {b64encode(kind.encode()).decode()}"


@dataclass
class Shopper:
    """Whoever writes one claim."""

    installation: Installation
    client: FlaskClient
    shop: Shop
    person: PersonId
    home: Path
    draft: ClaimDraftId = DRAFT
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ticket = UploadTicket(self.draft, self.person, NOW + LIFETIME)
        token = upload_token.issue(self.installation.deps.secrets, self.shop.id, ticket)
        self.headers = {**TUS, "Authorization": f"Bearer {token}"}

    def announce(self, size: int, name: str = "crack.jpg") -> TestResponse:
        headers = {**self.headers, "Upload-Length": str(size), "Upload-Metadata": metadata(name)}
        return self.client.post(f"/s/{self.shop.key}/evidence", headers=headers)

    def place(self, size: int) -> str:
        location: str = self.announce(size).headers["Location"]
        return location.removeprefix(self.installation.app.config["BASE_URL"])

    def send(self, place: str, offset: int, content: bytes, **headers: str) -> TestResponse:
        sent = {**self.headers, **CHUNK, "Upload-Offset": str(offset), **headers}
        return self.client.patch(place, data=content, headers=sent)

    def head(self, place: str) -> TestResponse:
        return self.client.head(place, headers=self.headers)

    def told(self, place: str) -> dict[str, str]:
        answer: dict[str, str] = self.client.get(place, headers=self.headers).get_json()
        return answer

    def upload(self, content: bytes, chunk: int = 1024 * 1024) -> str:
        place = self.place(len(content))
        for at in range(0, len(content), chunk):
            assert self.send(place, at, content[at : at + chunk]).status_code == 204
        return place

    def checked(self, content: bytes) -> dict[str, str]:
        place = self.upload(content)
        deps, evidence = self.installation.deps, place.rpartition("/")[2]
        check_evidence(
            evidence,  # type: ignore[arg-type]  # read off the address
            merchant=MERCHANT,
            units=deps.units,
            keeping=deps.evidence,
            ids=deps.ids,
            now=deps.clock.now(),
        )
        return self.told(place)

    def see(self, url: str, **headers: str) -> TestResponse:
        return self.client.get(url.removeprefix(self.installation.app.config["BASE_URL"]), headers=headers)


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    installed = install(sqlite_url, tmp_path, law, UPLOAD_SLOTS="3", EVIDENCE_FILES="4")
    yield installed
    installed.storage.close()


@pytest.fixture
def shopper(installation: Installation, tmp_path: Path) -> Shopper:
    with installation.deps.units(MERCHANT) as unit:
        shop = unit.shops.all()[0]
        unit.orders.save([a_stored_order(shop=shop.id)])
        person = unit.people.find("ida@example.com")
        unit.commit()
    assert person
    return Shopper(installation, installation.app.test_client(), shop, person, tmp_path)
