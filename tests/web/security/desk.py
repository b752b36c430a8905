"""The merchant's desk as its route table says it: addresses with made-up ids, asked by people of each role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from plugin.domain.shop import Role
from plugin.usecases.sign_in import sign_in
from tests.support.admin import TOKEN, Installation

MADE_UP = "made-up"
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Person:
    """A browser of somebody, or of nobody, and the token of its forms."""

    client: FlaskClient
    form_token: str

    def ask(self, rule: Rule, method: str, *, is_from_our_page: bool = True) -> TestResponse:
        """Ask as a script of ours would, which reads problems as JSON."""
        told = {"Accept": "application/json"}
        if is_from_our_page:
            told["X-CSRFToken"] = self.form_token
        return self.client.open(made_up(rule), method=method, headers=told)


def person(at: Installation, role: Role | None) -> Person:
    """Somebody of this role; None: somebody who is not signed in."""
    client = at.app.test_client()
    if role is not None:
        deps = at.deps
        _, link = at.invite(role, f"{role.value}@desk.example")
        ports = {"units": deps.units, "ids": deps.ids, "secrets": deps.secrets, "now": deps.clock.now()}
        session = sign_in(str(link), "Chrome/140 Linux", **ports)  # type: ignore[arg-type]  # the four ports it takes
        client.set_cookie("aftercare_admin", str(session.token), path="/admin")
    found = TOKEN.search(client.get("/admin/account" if role else "/admin/sign-in").text)
    assert found
    return Person(client, found[1])


def made_up(rule: Rule, **parts: str) -> str:
    """The route's address with ids that nothing has."""
    return _PART.sub(lambda part: parts.get(part[1], MADE_UP), rule.rule.replace("<int:no>", "1"))


def actions(at: Installation) -> Iterator[tuple[Rule, str]]:
    """Every route of the desk with its methods; leaving comes last."""
    rules = [rule for rule in at.app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    for rule in sorted(rules, key=lambda each: (each.endpoint == "admin.sign_out", each.rule, each.endpoint)):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method
