"""An office with a running admin, and the desks people sit at in real browsers."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from plugin.domain.shop import Role
from plugin.usecases.sign_in import sign_in
from tests.build import MERCHANT
from tests.support.admin import Installation

PAGES = (
    *("claims", "claims_bulk", "claims_none", "case", "case_refused", "case_agreed", "case_withdrawal"),
    *("claim_settings", "carrier_claims", "payouts", "personal_views", "retention"),
    *("shipments", "shipments_none", "shipment", "shipment_refused"),
    *("home", "orders", "bulk", "none_found", "order", "refused", "declarations", "set_aside", "parked", "record"),
    *("data_requests", "alerts", "alert_settings"),
    *("stuck", "shops", "shop_health", "mail", "stuck_mail", "letters", "letter"),
    *("join_code", "staff", "account", "documents"),
    *("plugin_asks", "asked", "statuses", "returns", "carriers", "scorecard", "unknown"),
    *("policy", "policy_version", "policy_draft", "policy_market", "policy_rule", "policy_traits", "policy_reasons"),
    *("policy_addresses", "policy_repairs", "policy_document", "policy_check", "policy_simulate", "policy_lines"),
)
POLICY = {
    "policy": "/admin/policy",
    "policy_version": "/admin/policy/versions/v1",
    "policy_draft": "/admin/policy/draft",
    "policy_market": "/admin/policy/draft/in/markets.0?find=foam&product=502",
    "policy_rule": "/admin/policy/draft/in/markets.0.rules.1",
    "policy_traits": "/admin/policy/draft/in/traits",
    "policy_reasons": "/admin/policy/draft/in/reasons",
    "policy_addresses": "/admin/policy/draft/in/return_addresses",
    "policy_repairs": "/admin/policy/draft/in/repairs",
    "policy_document": "/admin/policy/draft/document",
    "policy_check": "/admin/policy/draft/check",
    "policy_simulate": "/admin/policy/simulate?country=PL&ordered_on=2026-12-01&find=foam",
    "policy_lines": "/admin/policy/lines?country=DE&language=ar&find=foam",
}
"""Where the pages of the policy are."""
CLAIMS = {
    "claims": "/admin/claims?view=all",
    "claims_bulk": "/admin/claims?view=all&tier=safety",
    "claims_none": "/admin/claims?view=mine&q=zz",
    "case": "/admin/claims/claim9001",
    "case_refused": "/admin/claims/claim9001",
    "case_agreed": "/admin/claims/claim9002",
    "case_withdrawal": "/admin/claims/claim9003",
    "claim_settings": "/admin/claims/settings",
    "carrier_claims": "/admin/carrier-claims",
    "payouts": "/admin/payouts",
    "personal_views": "/admin/personal-data-views",
    "retention": "/admin/retention",
}
"""Where the pages of claims are."""


PATHS = {
    "home": "/admin/",
    "orders": "/admin/orders",
    "shipments": "/admin/shipments",
    "shipments_none": "/admin/shipments?q=zz&state=lost&to=FR&attention=1",
    "shipment": "/admin/shipments/parcel8",
    "shipment_refused": "/admin/shipments/parcel1",
    "none_found": "/admin/orders?q=zz&standing=unpaid",
    "parked": "/admin/parked",
    "stuck": "/admin/stuck",
    "data_requests": "/admin/data-requests",
    "alerts": "/admin/alerts",
    "alert_settings": "/admin/alerts/settings",
    "shops": "/admin/shops",
    "plugin_asks": "/admin/shops/plugin?shop=https://shop.example",
    "asked": "/admin/shops/asked/asked1",
    "join_code": "/admin/shops",
    "declarations": "/admin/declarations",
    "set_aside": "/admin/declarations?aside=1",
    "mail": "/admin/mail",
    "stuck_mail": "/admin/mail/stuck",
    "letters": "/admin/mail/letters",
    "letter": "/admin/mail/letters/confirmation",
    "staff": "/admin/staff",
    "account": "/admin/account",
    "documents": "/admin/documents",
    "returns": "/admin/returns",
    "carriers": "/admin/carriers?kind=17track",
    "scorecard": "/admin/insights/carriers",
    "unknown": "/admin/nowhere",
    "bulk": "/admin/orders",
    **CLAIMS,
    **POLICY,
}
"""Where most of them are; the others depend on what the office has in it."""


@dataclass
class Office:
    """A running admin with orders in every state, and the desks people sit at."""

    url: str
    installation: Installation
    browser: Browser
    order: str
    record: str
    contexts: list[BrowserContext]

    def desk(self, language: str = "en", role: Role = Role.OWNER, **context: object) -> Page:
        """A page of somebody who is signed in."""
        opened = self.browser.new_context(**context)  # type: ignore[arg-type]  # passed through
        opened.set_default_timeout(10_000)
        self.contexts.append(opened)
        deps = self.installation.deps
        _, link = self.installation.invite(role, f"{language}@shop.example", language)
        ports = {"units": deps.units, "ids": deps.ids, "secrets": deps.secrets, "now": deps.clock.now()}
        session = sign_in(str(link), "Chrome/140 Linux", **ports)  # type: ignore[arg-type]  # the four ports it takes
        opened.add_cookies([{"name": "aftercare_admin", "value": str(session.token), "url": f"{self.url}/admin"}])
        return opened.new_page()

    def show(self, page: Page, name: str) -> None:
        """Bring up one of `PAGES`."""
        paths = {
            **PATHS,
            "order": f"/admin/orders/{self.order}",
            "refused": f"/admin/orders/{self.order}",
            "record": f"/admin/parked/{self.record}",
            "shop_health": f"/admin/shops/{self.installation.shop(MERCHANT)}/health",
            "statuses": f"/admin/shops/{self.installation.shop(MERCHANT)}/statuses",
        }
        page.goto(self.url + paths[name])
        _begin(page, name)
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def _begin(page: Page, name: str) -> None:
    """Do what brings a page into the state it is named after."""
    if name in {"bulk", "claims_bulk"}:
        page.locator("tbody input").first.check()
    if name == "refused":
        page.locator("#f-on").fill("2020-01-01")
        with page.expect_navigation():  # else the next step may meet the answer before its styles are there
            page.locator("form[action$='/delivered'] button").click()
    if name == "shipment_refused":
        page.locator("#f-number").fill("by post")
        with page.expect_navigation():
            page.locator("form[action$='/numbers'] button").click()
    if name == "case_refused":
        page.locator("#refuse-1 > summary").click()
        with page.expect_navigation():
            page.locator("#refuse-1 .actions button").click()
    if name == "join_code":
        with page.expect_navigation():
            page.locator("form[action$='/join-code'] button").last.click()


def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about from now on."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "console",
        lambda m: heard.append(m.text) if m.type in {"error", "warning"} and "Failed to load" not in m.text else None,
    )
    return heard
