"""The demo mailbox: newest first, as text, and only our own links can be followed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from plugin.app import build_app
from plugin.demo.load import OWNER
from plugin.ports.deps import Deps
from plugin.ports.mailbox import KeptMail
from plugin.ports.mailer import Mail
from plugin.settings import Settings
from plugin.web.demo.mail import parts
from tests.web.demo.conftest import NOW, FakeMailbox

OWN = "http://localhost:8123"


def a_letter(name: str = "abc", subject: str = "Sign in", text: str = "Hello") -> KeptMail:
    return KeptMail(name, NOW, Mail("ida@example.com", subject, text, "en"))


@pytest.mark.usefixtures("demo")
def test_an_empty_mailbox_says_how_mail_gets_there(client: FlaskClient) -> None:
    assert "No mail yet" in client.get("/demo/mail?lang=en").text


@pytest.mark.usefixtures("demo")
def test_letters_are_listed_in_the_mailboxes_order(client: FlaskClient, mailbox: FakeMailbox) -> None:
    mailbox.letters = [a_letter("b", "Newer"), a_letter("a", "Older")]
    page = client.get("/demo/mail?lang=en").text
    assert 0 < page.index("Newer") < page.index("Older")


@pytest.mark.usefixtures("demo")
def test_only_our_own_addresses_become_links(client: FlaskClient, mailbox: FakeMailbox) -> None:
    own, foreign = f"{OWN}/admin/sign-in/x.y", "https://evil.example/?next=http://localhost:8123/"
    mailbox.letters = [a_letter(text=f"Open {own}.\nOr {foreign} or javascript:alert(1) or {OWN}9/steal")]
    page = unescape(client.get("/demo/mail/abc?lang=en").text)
    letter = page[page.index('class="letter"') : page.index("</main>")]
    assert letter.count("<a ") == 1
    assert f'<a href="{own}">{own}</a>.' in letter
    assert foreign in letter


@pytest.mark.usefixtures("demo")
def test_markup_in_a_letter_stays_text(client: FlaskClient, mailbox: FakeMailbox) -> None:
    mailbox.letters = [a_letter(subject="<b>x</b>", text=f"{OWN}/<img src=x onerror=alert(1)>")]
    page = client.get("/demo/mail/abc").text
    assert "<img src=x" not in page
    assert "<b>" not in page


@given(st.text(alphabet=st.sampled_from(list(f"ab .,\n<\"'{OWN}/?")), max_size=200) | st.text(max_size=80))
def test_a_letters_text_is_shown_whole(text: str) -> None:
    found = list(parts(text, OWN))
    assert "".join(part.text for part in found) == text
    assert all(part.text.startswith(OWN) for part in found if part.is_link)


def test_the_owners_way_in_is_said_where_the_demo_runs(client: FlaskClient) -> None:
    page = client.get("/admin/sign-in?lang=en").text
    assert f'value="{OWNER}"' in page
    assert 'href="/demo/mail"' in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    sent = client.post("/admin/sign-in", data={"csrf_token": token[1], "email": OWNER})
    assert 'href="/demo/mail"' in sent.text


def test_in_production_there_is_neither_store_nor_mailbox(deps: Deps, tmp_path: Path) -> None:
    settings = Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "PUBLIC_URL": "https://shop.example.com"})
    assert not settings.has_demo
    client = build_app(settings, deps).test_client()
    for path in ("/demo", "/demo/orders", "/demo/mail"):
        assert client.get(path).status_code == 404
    page = client.get("/admin/sign-in").text
    assert OWNER not in page
    assert "/demo/mail" not in page
