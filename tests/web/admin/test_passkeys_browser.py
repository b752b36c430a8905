"""Passkeys in a real Chromium, with the device that it can play itself (Chrome DevTools Protocol, domain WebAuthn)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import CDPSession, Page, expect
from werkzeug.serving import make_server

from plugin.domain.clocks.engine import Law
from plugin.domain.shop import Role
from tests.support.admin import Installation, QuietRequests, install
from tests.support.browser import spill, violations


@dataclass
class Door:
    """An installation that listens where its passkeys belong, and a browser with a device."""

    url: str
    installation: Installation
    page: Page
    cdp: CDPSession

    def plug_in(self) -> str:
        """A phone that shows its owner at once; what it is called."""
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        name: str = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
        return name

    def come_in(self) -> None:
        """By a one-time link."""
        _, token = self.installation.invite(Role.OWNER, "anna@shop.example")
        self.page.goto(f"{self.url}/admin/sign-in/{token}")
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1, name="Home")).to_be_visible()
        self.page.goto(f"{self.url}/admin/account")


@pytest.fixture
def door(sqlite_url: str, tmp_path: Path, law: Law, page: Page) -> Iterator[Door]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    running = install(sqlite_url, tmp_path, law, PUBLIC_URL=url)
    server = make_server("127.0.0.1", port, running.app, threaded=True, request_handler=QuietRequests)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable", {"enableUI": False})
    yield Door(url, running, page, cdp)
    server.shutdown()
    server.server_close()
    thread.join()
    running.storage.close()


def test_a_passkey_is_made_and_signs_in_from_the_button_and_from_the_address_field(door: Door) -> None:
    page = door.page
    device = door.plug_in()
    door.come_in()
    card = page.locator("#passkeys")
    card.get_by_label("Name").fill("Anna’s phone")
    card.get_by_role("button", name="Add a passkey").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The passkey was added")
    expect(card.get_by_role("listitem")).to_contain_text("Anna’s phone")
    card.get_by_role("button", name="Add a passkey").click()
    expect(card.get_by_role("alert")).to_have_text("This device already has a passkey of yours.")
    assert violations(page) == []
    page.set_viewport_size({"width": 375, "height": 800})
    assert spill(page) == 0

    page.get_by_role("button", name="Sign out").first.click()  # and straight in again: the field offers the passkey
    expect(page.get_by_role("heading", level=1, name="Home")).to_be_visible()

    door.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign out").first.click()
    enter = page.get_by_role("button", name="Sign in with a passkey")
    enter.click()
    expect(page.get_by_role("alert")).to_have_text("That did not work. Try again.")
    assert violations(page) == []
    assert spill(page) == 0
    door.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    enter.click()
    expect(page.get_by_role("heading", level=1, name="Home")).to_be_visible()


def test_a_passkey_that_was_removed_is_refused_with_a_way_out(door: Door) -> None:
    page = door.page
    door.plug_in()
    door.come_in()
    page.locator("#passkeys").get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey was added")
    page.locator("#passkeys summary", has_text="Remove").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey was removed")
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("alert").first).to_contain_text("or sign in by a mailed link")
    expect(page.get_by_label("E-mail address")).to_be_visible()
