"""What every page says to the browser that shows it: no foreign or inline script, no foreign frame, no copy kept.

The addresses come from the route table, asked by an owner at the desk and by a shopper with rightful links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support.admin import Browser
from tests.support.repository import ROOT
from tests.web.security.desk import made_up
from tests.web.security.test_isolation import ATTEMPTS, ask, outside
from tests.web.security.world import World

OF_ONE_PERSON = ("portal.", "withdrawal.", "admin.", "evidence.view")
FRAMED_BY_US = frozenset({"admin.policy_draft_page", "admin.letter_page"})
"""Pages that stand in a frame of ours; a shop's own pages may frame its after-sales page, with `embed=1`."""
STYLED_INLINE = frozenset({"admin.letter_page", "documents.certificate", "documents.artwork"})
"""Letters as mail programs show them, and files that were uploaded: with styles of their own, without any script."""
_INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"(?:application/(?:ld\+)?json|text/template)\"))[^>]*>"
    r"|<style\b|<[^>]+\s(?:on\w+|style)\s*=|href\s*=\s*[\"']?\s*javascript:",
    re.IGNORECASE,
)
_LOADED = re.compile(r"<script\b[^>]*\bsrc=[^>]*>|<link\b[^>]*\brel=\"modulepreload\"[^>]*>")
_NONCE = re.compile(r"\bnonce=\"([\w-]{22})\"")
_TAKEN = re.compile(r"request\.(?:args|values|form)(?:\.get(?:list)?\(|\[)\s*\"([\w.-]+)\"")
ELSEWHERE = "evil.example"
LEADING_AWAY = (f"https://{ELSEWHERE}", f"//{ELSEWHERE}", f"/\\{ELSEWHERE}")
LURES = (f"https://{ELSEWHERE}/x", f"/\\{ELSEWHERE}/x")


def desk_paths(world: World) -> dict[str, str]:
    """Every page of the desk, with ids of ours."""
    our = world.ours
    parts = {"order_id": our.order, "claim": our.claim.id, "shop": our.shop.id, "shipment": f"parcel-{our.name}"}
    parts |= {"kind": "confirmation", "place": "markets.0", "version_id": "claims", "asked": f"asked-{our.name}"}
    rules = world.installation.app.url_map.iter_rules()
    at_desk = [each for each in rules if each.endpoint.startswith("admin.") and "GET" in (each.methods or ())]
    return {rule.endpoint: made_up(rule, **parts) for rule in at_desk}


def public_parts(world: World) -> dict[str, str]:
    return {"shop_key": world.ours.shop.key, "language": "en", "country": "DE", "path": "x", "filename": "x"}


def pages(world: World, owner: Browser) -> Iterator[tuple[str, TestResponse]]:
    """The answer of every address that can be read."""
    for endpoint, path in desk_paths(world).items():
        yield endpoint, owner.get(path)
    for rule in outside(world.installation):
        if "GET" in (rule.methods or ()):
            yield rule.endpoint, _read(world, rule)


def _read(world: World, rule: Rule) -> TestResponse:
    if rule.endpoint in ATTEMPTS:
        ((_, answer),) = ask(world, rule, world.ours, world.ours)
        return answer
    return world.installation.app.test_client().get(made_up(rule, **public_parts(world)))


@pytest.fixture(scope="module")
def read(world: World, owner: Browser) -> list[tuple[str, TestResponse]]:
    return list(pages(world, owner))


def test_most_addresses_answer_with_what_is_there(read: list[tuple[str, TestResponse]]) -> None:
    shown = [endpoint for endpoint, answer in read if answer.status_code == HTTPStatus.OK]
    html = [endpoint for endpoint, answer in read if answer.mimetype == "text/html"]
    assert len(shown) > 80
    assert len(html) > 70


def test_every_answer_is_taken_for_what_it_says_and_tells_no_other_site_the_address(
    read: list[tuple[str, TestResponse]],
) -> None:
    for endpoint, answer in read:
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", endpoint
        assert answer.headers.get("Referrer-Policy") in {"same-origin", "no-referrer"}, endpoint
        assert "Content-Security-Policy" in answer.headers, endpoint


def test_no_page_runs_what_stands_in_it(read: list[tuple[str, TestResponse]]) -> None:
    for endpoint, answer in read:
        policy = _policy(answer)
        assert policy["default-src"] == "'none'", endpoint
        if endpoint in STYLED_INLINE:
            assert "script-src" not in policy
            continue
        said = " ".join(policy.values())
        assert "unsafe" not in said, endpoint
        assert "*" not in said, endpoint
        if answer.mimetype == "text/html" and "sandbox" not in policy:
            assert policy["style-src"] == policy["form-action"] == "'self'", endpoint
            assert policy["base-uri"] == "'none'", endpoint
            assert _INLINE.findall(answer.text) == [], endpoint


def test_a_page_that_is_nobody_elses_runs_only_the_scripts_it_names(read: list[tuple[str, TestResponse]]) -> None:
    named: list[str] = []
    for endpoint, answer in read:
        allowed = _policy(answer).get("script-src")
        loaded = _LOADED.findall(answer.text) if answer.mimetype == "text/html" else []
        if not loaded:
            assert allowed in {None, "'self'"}, endpoint
        elif "public" in answer.headers.get("Cache-Control", ""):
            assert _NONCE.findall(answer.text) == [], endpoint
            assert allowed == "'self'", endpoint
        else:
            (nonce,) = {found for tag in loaded for found in _NONCE.findall(tag) or ["none"]}
            assert allowed == f"'nonce-{nonce}'", endpoint
            named.append(nonce)
    assert len(named) == len(set(named)) > 50


def test_no_page_is_framed_but_those_that_say_by_whom(read: list[tuple[str, TestResponse]]) -> None:
    for endpoint, answer in read:
        policy = _policy(answer)
        if "sandbox" not in policy:
            allowed = {"'none'", "'self'"} if endpoint in FRAMED_BY_US else {"'none'"}
            assert policy["frame-ancestors"] in allowed, endpoint


def test_what_is_about_somebody_is_kept_by_no_cache(read: list[tuple[str, TestResponse]]) -> None:
    for endpoint, answer in read:
        if endpoint.startswith(OF_ONE_PERSON):
            kept = answer.headers.get("Cache-Control", "")
            assert "no-store" in kept or "private" in kept, endpoint
            assert "public" not in kept, endpoint


def test_every_cookie_is_out_of_reach_of_scripts_and_other_sites(read: list[tuple[str, TestResponse]]) -> None:
    for endpoint, answer in read:
        for cookie in answer.headers.getlist("Set-Cookie"):
            if "Max-Age=0" in cookie:
                continue
            assert "HttpOnly" in cookie, endpoint
            assert "SameSite=Lax" in cookie, endpoint


def taken() -> list[str]:
    """Every name that a view reads from an address or a form."""
    files = [path.read_text() for path in (ROOT / "plugin" / "web").rglob("*.py")]
    return sorted({name for text in files for name in _TAKEN.findall(text)})


@pytest.mark.parametrize("lure", LURES)
def test_no_address_leads_away_from_here_whatever_it_is_told(world: World, owner: Browser, lure: str) -> None:
    names = taken()
    assert len(names) > 40
    query = dict.fromkeys(names, lure)
    stranger = world.installation.app.test_client()
    paths = [*desk_paths(world).values()]
    paths += [
        made_up(rule, **public_parts(world)) for rule in outside(world.installation) if "GET" in (rule.methods or ())
    ]
    for path in paths:
        answer = (owner.client if path.startswith("/admin") else stranger).get(path, query_string=query)
        leads = answer.headers.get("Location", "/")
        assert urlsplit(leads).netloc in {"", "localhost", "localhost:8000"}, path
        assert not leads.startswith(("//", "/\\")), path
        if answer.mimetype == "text/html":
            led = re.findall(r"(?:href|action|src|url)\s*=\s*\"?([^\" >]*)", answer.text)
            assert [each for each in map(unescape, led) if each.startswith(LEADING_AWAY)] == [], path


def _policy(answer: TestResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}
