"""A shop's plugin sends its owner to us and gets them back with a code, whether or not the shop is on record yet."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from plugin.domain.clocks.engine import Law
from plugin.domain.companion import challenge_of
from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Role
from plugin.jobs import handlers
from plugin.usecases.install_shop import install_shop
from tests.build import MERCHANT
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_page import KeyPage
from tests.web.webhooks.conftest import reachable

APP = "http://localhost:8000"
GOING_ON = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
HIDDEN = re.compile(r'<input type="hidden" name="(shop|asks)" value="([^"]*)">')
VERIFIER = "a secret of the plugin"


@dataclass
class Asker:
    """The plugin in the shop: what it asks, and how it fetches its secret."""

    page: KeyPage
    name: str = "5a" * 32
    facts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        back = f"{self.page.shop.address}/wp-admin/admin.php?page=aftercare&asks={self.name}"
        self.says(app=APP, return_to=back, challenge=challenge_of(VERIFIER))

    def says(self, **facts: str) -> None:
        self.facts |= facts
        route = f"aftercare/v1/asking/{self.name}"
        self.page.shop.open_routes[route] = Reply(200, json.dumps(self.facts).encode())

    @property
    def link(self) -> str:
        return "/admin/shops/plugin?" + urlencode({"shop": self.page.shop.address, "asks": self.name})

    def confirmed(self, owner: Browser) -> str:
        """Say yes by the form that is shown; where the browser goes on to."""
        form = dict(HIDDEN.findall(owner.get(self.link).text))
        assert form == {"shop": self.page.shop.address, "asks": self.name}
        answer = owner.send("/admin/shops/plugin", form_at=self.link, **form)
        return going_on(answer)

    def fetch(self, goal: str, **changes: str) -> TestResponse:
        """Fetch the secret with the code that came back."""
        (code,) = parse_qs(urlsplit(goal).query)["code"]
        body = {"code": code, "address": self.page.shop.address, "verifier": VERIFIER, **changes}
        return self.page.us.post("/companion/v1/connection", json=body)


def going_on(answer: TestResponse) -> str:
    assert answer.status_code == HTTPStatus.OK
    (goal,) = GOING_ON.findall(answer.text)
    return html.unescape(goal)


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    yield from reachable(sqlite_url, tmp_path, law)


@pytest.fixture
def owner(installation: Installation) -> Browser:
    return installation.signed_in(Role.OWNER)


@pytest.fixture
def asker(key_page: KeyPage) -> Asker:
    return Asker(key_page)


@pytest.fixture
def known(installation: Installation, asker: Asker) -> Asker:
    """The same of a shop that is on record."""
    put_on_record(installation, asker, MERCHANT)
    return asker


def put_on_record(installation: Installation, asker: Asker, merchant: str) -> None:
    deps = installation.deps
    ports = {"directory": deps.directory, "units": deps.units, "ids": deps.ids, "secrets": deps.secrets}
    proven = ProvenShop(Platform.WOOCOMMERCE, asker.page.shop.address, "Fjell")
    install_shop(proven, owner=merchant, join_code=None, now=deps.clock.now(), **ports)  # type: ignore[arg-type]  # the four


def work(installation: Installation) -> None:
    while installation.jobs.waiting:
        handlers.run(installation.jobs.waiting.pop(0), installation.deps)


def test_one_yes_connects_the_plugin_of_a_shop_that_is_on_record(owner: Browser, known: Asker) -> None:
    page = owner.get(known.link)
    assert known.page.shop.address in page.text
    assert "only its plugin is added" in page.text
    goal = known.confirmed(owner)
    assert goal.startswith(f"{known.facts['return_to']}&code=")
    fetched = known.fetch(goal)
    assert fetched.status_code == HTTPStatus.CREATED
    assert fetched.get_json()["secret"]


def test_a_shop_that_is_new_hands_out_its_keys_on_the_way(
    installation: Installation, owner: Browser, asker: Asker
) -> None:
    assert "The shop is new here" in owner.get(asker.link).text
    page = asker.confirmed(owner)
    _, back = asker.page.approve(page)
    waiting = owner.get(back.location)
    assert 'data-follow="2"' in waiting.text
    assert "Keys being checked" in waiting.text
    work(installation)
    goal = going_on(owner.get(back.location))
    assert asker.fetch(goal).status_code == HTTPStatus.CREATED
    again = owner.get(back.location)  # the word counts once
    assert GOING_ON.findall(again.text) == []


def test_a_shop_connected_from_our_side_leads_on_to_its_plugin(
    installation: Installation, owner: Browser, asker: Asker
) -> None:
    answer = owner.send("/admin/shops/keys", form_at="/admin/shops", shop_address=asker.page.shop.address)
    (page,) = re.findall(r'href="([^"]+/wc-auth/[^"]+)"', answer.text)
    _, back = asker.page.approve(html.unescape(page))
    work(installation)
    shown = owner.get(back.location).text
    assert "Now the plugin" in shown
    assert f'href="{asker.page.shop.address}/wp-admin/admin.php?page=aftercare"' in shown
    assert "data-follow" not in shown


@pytest.mark.parametrize("change", [{"verifier": "another"}, {"verifier": ""}, {"address": "https://other.example"}])
def test_a_code_is_of_use_to_the_plugin_that_asked_alone(owner: Browser, known: Asker, change: dict[str, str]) -> None:
    goal = known.confirmed(owner)
    assert known.fetch(goal, **change).status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert known.fetch(goal).status_code == HTTPStatus.CREATED
    assert known.fetch(goal).get_json()["code"] == "join_code_unusable"


def test_a_code_without_the_plugins_secret_lets_nothing_join(owner: Browser, known: Asker) -> None:
    (code,) = parse_qs(urlsplit(known.confirmed(owner)).query)["code"]
    body = {"code": code, "address": known.page.shop.address}
    assert known.page.us.post("/companion/v1/connection", json=body).status_code == HTTPStatus.FORBIDDEN


def test_a_code_runs_out_soon(installation: Installation, owner: Browser, known: Asker) -> None:
    goal = known.confirmed(owner)
    installation.clock.advance(timedelta(minutes=10))
    assert known.fetch(goal).status_code == HTTPStatus.FORBIDDEN


def refused(owner: Browser, asker: Asker, link: str | None = None) -> str:
    """What is said in the place of the question; saying yes all the same changes nothing."""
    shown = owner.get(link or asker.link)
    assert shown.status_code != HTTPStatus.OK
    assert "Connect this shop" not in shown.text
    given = parse_qs(urlsplit(link or asker.link).query)
    said = owner.send("/admin/shops/plugin", form_at="/admin/shops", **{name: text[0] for name, text in given.items()})
    assert GOING_ON.findall(said.text) == []
    return shown.text


def test_a_shop_that_says_it_asked_nothing_is_believed(owner: Browser, known: Asker) -> None:
    known.page.shop.open_routes.clear()
    known.page.shop.open_routes[f"aftercare/v1/asking/{known.name}"] = Reply(404, b'{"code":"aftercare_not_asking"}')
    assert "asks nothing of this app" in refused(owner, known)


@pytest.mark.parametrize(
    "facts",
    [
        {"return_to": "https://elsewhere.example/wp-admin/admin.php"},
        {"return_to": "javascript:alert(1)"},
        {"return_to": "https://[broken"},
        {"challenge": "short"},
    ],
)
def test_an_answer_that_leads_elsewhere_is_none(owner: Browser, known: Asker, facts: dict[str, str]) -> None:
    known.says(**facts)
    assert "breaks off or is no data" in refused(owner, known)


def test_a_plugin_that_asks_another_app_is_told_ours(owner: Browser, known: Asker) -> None:
    known.says(app="https://other.example")
    assert f"({APP})" in refused(owner, known)


@pytest.mark.parametrize("query", ["", "shop=https%3A%2F%2Fx.example&asks=../../wp/v2/users", "asks=" + "5a" * 32])
def test_a_link_that_is_none_asks_no_shop_anything(owner: Browser, asker: Asker, query: str) -> None:
    assert refused(owner, asker, f"/admin/shops/plugin?{query}")
    assert asker.page.shop.asked == []


def test_a_shop_of_another_merchant_is_not_offered(installation: Installation, owner: Browser, asker: Asker) -> None:
    put_on_record(installation, asker, RIVAL)
    assert "belongs to another merchant" in refused(owner, asker)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER])
def test_only_an_owner_is_asked(installation: Installation, known: Asker, role: Role) -> None:
    assert installation.signed_in(role).get(known.link).status_code == HTTPStatus.FORBIDDEN
    assert known.page.shop.asked == []


def test_who_is_not_signed_in_comes_back_to_the_question(installation: Installation, known: Asker) -> None:
    assert installation.browser().get(known.link).location == "/admin/sign-in"


def test_the_word_of_one_owner_is_not_used_by_another(installation: Installation, owner: Browser, asker: Asker) -> None:
    _, back = asker.page.approve(asker.confirmed(owner))
    work(installation)
    other = installation.signed_in(Role.OWNER, "other@shop.example")
    assert GOING_ON.findall(other.get(back.location).text) == []
    assert going_on(owner.get(back.location))
