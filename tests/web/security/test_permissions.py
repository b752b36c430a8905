"""The page about who may do what says what the desk does: every route of it, asked by each role."""

from __future__ import annotations

from plugin.domain.shop import Role
from tests.support.admin import Installation
from tests.web.security.desk import UNSAFE, actions
from tests.web.security.permissions import ANYONE, PAGE, RISING, declared, observed, written

OPEN = {
    "GET /admin/sign-in": "the door",
    "POST /admin/sign-in": "asks for a link by mail",
    "GET /admin/sign-in/<token>": "the link of a mail",
    "POST /admin/sign-in/<token>": "uses the link of a mail",
    "POST /admin/passkey": "asks for a passkey",
    "POST /admin/passkey/enter": "uses a passkey",
    "GET /admin/shopify": "has Shopify's own script fetch a session token",
}
BY_ALL = {
    "POST /admin/file": "a file they may load anyway",
    "POST /admin/sign-out": "themselves",
    "POST /admin/account/language": "their own",
    "POST /admin/account/sessions/<session>/revoke": "their own",
    "POST /admin/account/sessions/revoke": "their own",
    "POST /admin/account/passkeys/begin": "their own",
    "POST /admin/account/passkeys": "their own",
    "POST /admin/account/passkeys/<passkey>/name": "their own",
    "POST /admin/account/passkeys/<passkey>/remove": "their own",
}
"""What changes something and is anybody's who is signed in, with whose thing it is."""


def test_the_page_says_what_the_desk_does(installation: Installation) -> None:
    found = observed(installation)
    tables = {"routes": found, "usecases": declared()}
    assert PAGE.read_text() == written(tables, PAGE.read_text()), "run python -m tests.web.security.permissions"
    assert len(found) > 150
    assert {action for action, least in found.items() if least == ANYONE} <= OPEN.keys()
    changing = {f"{method} {rule.rule}" for rule, method in actions(installation) if method in UNSAFE}
    assert {each for each in changing if found[each] == Role.VIEWER} <= BY_ALL.keys()
    assert set(found.values()) == set(RISING)


def test_use_cases_that_ask_for_a_role_themselves_are_found() -> None:
    assert set(declared().values()) == {Role.AGENT, Role.MANAGER, Role.OWNER}
