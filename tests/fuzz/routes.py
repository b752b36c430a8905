"""Requests to the whole app, damaged: addresses, questions, headers, forms, files and JSON, by whoever may ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from random import Random
from typing import Any, Final
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

from flask.testing import FlaskClient
from hypothesis import strategies as st
from werkzeug.routing import Rule

from tests.fuzz.damage import damaged_bytes, damaged_text, drawn, json_bodies, text_like
from tests.fuzz.pages import Form, Found
from tests.fuzz.parser import Parser
from tests.support import media
from tests.web.security.test_isolation import ATTEMPTS, PUBLIC
from tests.web.security.world import World

Pair = tuple[str, str]
_BOUNDARY: Final = "ohNo"
_FILES: Final = (media.jpeg(), media.pdf(), b"<svg viewBox='0 0 1 1'>", b"", b"order,day\n1,2026-01-01")
_SIGNED: Final = frozenset({"Authorization"})
"""Headers without which nobody comes past the first door: damaged by `proofs.py` instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, ready to be sent."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    kind: str = ""


def sent(client: FlaskClient, asked: Asked) -> None:
    """Send it; no answer of ours says that something broke."""
    headers = {name: value for name, value in asked.headers.items() if "\n" not in value and "\r" not in value}
    answer = client.open(
        asked.path,
        method=asked.method,
        query_string=asked.query,
        headers=headers,
        data=asked.body,
        content_type=asked.kind or None,
        buffered=True,
    )
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, answer.status_code
    if answer.headers.get("Location", "").startswith("/admin/sign-in"):
        raise SignedOut


class SignedOut(Exception):
    """What was sent ended the session."""


def from_pages(found: Found, leave: Iterable[str]) -> st.SearchStrategy[Asked]:
    """What the forms and links of these pages send, and what somebody makes of it who edits it first."""
    forms = [form for form in found.forms.values() if not any(each in form.path for each in leave)]
    submitted, linked = cache(_submitted), cache(_linked)
    return st.sampled_from(forms).flatmap(submitted) | st.sampled_from(found.paths).flatmap(linked)


def _submitted(form: Form) -> st.SearchStrategy[Asked]:
    fields, (_, _, path, query, _) = _pairs(form.fields), urlsplit(form.path)
    if form.method == "GET":
        return fields.map(lambda pairs: Asked("GET", path, _written(pairs)))
    if form.files:
        files = st.tuples(st.sampled_from(form.files), damaged_text(["photo.jpg"]), damaged_bytes(_FILES))
        return st.builds(lambda pairs, file: _uploaded(path, pairs, file), fields, files)
    kind = "application/x-www-form-urlencoded"
    return fields.map(lambda pairs: Asked("POST", path, query, body=_written(pairs).encode(), kind=kind))


def _linked(path: str) -> st.SearchStrategy[Asked]:
    parts = urlsplit(path)
    asked = _pairs(tuple(parse_qsl(parts.query)) or (("page", "1"), ("cursor", "abc"), ("lang", "de"), ("q", "x")))
    steps = damaged_bytes([parts.path.encode()], most=1).map(lambda raw: "/" + quote(raw.lstrip(b"/"), safe="/"))
    return st.builds(
        lambda where, pairs, language: Asked("GET", where, _written(pairs), {"Accept-Language": language}),
        st.just(parts.path) | steps,
        asked,
        damaged_text(["de-CH,de;q=0.9,en;q=0.8"]).map(_single_bytes),
    )


def _pairs(fields: Sequence[Pair]) -> st.SearchStrategy[list[Pair]]:
    """The fields with a few values replaced, and some left out, doubled or of another name."""
    return drawn(lambda chance: _changed(fields, chance))


def _changed(fields: Sequence[Pair], chance: Random) -> list[Pair]:
    found = list(fields)
    for _ in range(chance.randrange(4) if fields else 0):
        name, was = chance.choice(fields)
        value = text_like(chance, was) if chance.random() < 3 / 4 else chance.choice(fields)[1]
        match chance.randrange(5):
            case 0:
                found = [pair for pair in found if pair[0] != name]
            case 1:
                found.append((name, value))
            case 2:
                found.append((value[:40], "x"))
            case _:
                found = [(each, value if each == name else old) for each, old in found]
    return found


def _written(pairs: Iterable[Pair]) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def _single_bytes(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")


def _uploaded(path: str, pairs: Sequence[Pair], file: tuple[str, str, bytes]) -> Asked:
    name, called, content = file
    parts = [
        _part(f'name="{each}"', value.encode("utf-8", "surrogatepass")) for each, value in pairs if '"' not in each
    ]
    parts.append(_part(f'name="{name}"; filename="{called}"', content))
    body = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    return Asked("POST", path, body=body, kind=f"multipart/form-data; boundary={_BOUNDARY}")


def _part(head: str, content: bytes) -> bytes:
    told = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n"
    return told.encode("utf-8", "surrogatepass") + content + b"\r\n"


# --- what no page has a form for -------------------------------------------------------------------------------------
def from_attempts(world: World, rules: Iterable[Rule]) -> st.SearchStrategy[Asked]:
    """Every address outside the desk, asked by whose right it is; what has nothing of anybody's by anybody."""
    asked = [(rule, method) for rule in rules for method in _methods(rule)]
    made = cache(lambda at: _attempted(world, *asked[at]))  # few are needed at once, and each takes a while to make
    return st.integers(0, len(asked) - 1).flatmap(made)


def _methods(rule: Rule) -> Iterator[str]:
    yield from sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})


def addresses(world: World, rules: Iterable[Rule]) -> list[str]:
    """Where shoppers look, each of those that open something to them."""
    side, found = world.ours, list[str]()
    for rule in rules:
        if "GET" in (rule.methods or ()) and rule.endpoint in ATTEMPTS:
            right = ATTEMPTS[rule.endpoint](side, side)
            path = _filled(rule, {"shop_key": side.shop.key, **right.parts})
            found.append(f"{path}?{right.query}" if right.query else path)
    return found


def rightly(world: World, rules: Iterable[Rule]) -> list[Asked]:
    """What the app's other callers send when nothing is wrong, JSON and uploads."""
    side, found = world.ours, list[Asked]()
    for rule in rules:
        right = ATTEMPTS[rule.endpoint](side, side) if rule.endpoint in ATTEMPTS else None
        if right and "POST" in (rule.methods or ()) and (right.json is not None or right.body is not None):
            path = _filled(rule, {"shop_key": side.shop.key, **right.parts})
            body = right.body if right.body is not None else json.dumps(right.json).encode()
            told = {**right.headers, "Upload-Metadata": "filename cGhvdG8uanBn"}
            found.append(Asked("POST", path, right.query, told, body, "application/json"))
    return found


def _attempted(world: World, rule: Rule, method: str) -> st.SearchStrategy[Asked]:
    side = world.ours
    right = ATTEMPTS[rule.endpoint](side, side) if rule.endpoint not in PUBLIC else None
    parts = {"shop_key": side.shop.key, **(right.parts if right else {})}
    texts = {name: parts.get(name, "1" if f"<int:{name}>" in rule.rule else "made-up") for name in rule.arguments}
    path = _path(rule, texts)
    headers = _headers(dict(right.headers) if right else {})
    query = _pairs(
        tuple(parse_qsl(right.query if right else "")) or (("lang", "de"), ("country", "DE"), ("at", "2026-11-01"))
    )
    body, kind = _bodies(right.json if right else None, right.form if right else None, right.body if right else None)
    return st.builds(
        lambda where, asked, told, content: Asked(method, where, _written(asked), told, content, kind),
        path, query, headers, body if method != "GET" else st.just(b""),
    )  # fmt: skip


def _path(rule: Rule, texts: Mapping[str, str]) -> st.SearchStrategy[str]:
    """Rightly filled, mostly; else with one part damaged."""
    right = st.just(_filled(rule, texts))
    if not texts:
        return right
    wrong = st.sampled_from(sorted(texts)).flatmap(
        lambda name: damaged_text([texts[name]]).map(lambda text: _filled(rule, {**texts, name: text}))
    )
    return right | right | wrong


def _filled(rule: Rule, parts: Mapping[str, str]) -> str:
    path = rule.rule
    for name, text in parts.items():
        for kind in ("", "int:", "path:"):
            path = path.replace(f"<{kind}{name}>", quote(text.encode("utf-8", "surrogatepass"), safe=""))
    return path


def _headers(told: Mapping[str, str]) -> st.SearchStrategy[dict[str, str]]:
    usual = {"Accept-Language": "de", "Accept": "application/json", "If-None-Match": '"abc"', "Range": "bytes=0-1"}
    open_ones = [pair for pair in (told | usual).items() if pair[0] not in _SIGNED]

    def make(chance: Random) -> dict[str, str]:
        new = (chance.choice(open_ones) for _ in range(chance.randrange(3)))
        return {**told, **{name: _single_bytes(text_like(chance, value)) for name, value in new}}

    return drawn(make)


def _bodies(
    wish: object, form: Mapping[str, str] | None, content: bytes | None
) -> tuple[st.SearchStrategy[bytes], str]:
    if wish is not None:
        return json_bodies([wish, _WISHES]), "application/json"
    if form is not None:
        pairs = _pairs(tuple(form.items()))
        return pairs.map(lambda found: _written(found).encode()), "application/x-www-form-urlencoded"
    return damaged_bytes([content or b"{}"]), "application/offset+octet-stream"


_WISHES: Final[Mapping[str, Any]] = {
    "draft": "mine",
    "lines": [{"line": "11", "quantity": 1, "reason": "defect", "words": "x"}],
    "remedy": "refund",
    "country": "DE",
    "products": ["501"],
    "words": "x",
    "order": "4711",
    "code": "a.b",
    "address": "https://shop.example",
    "name": "Ida",
    "reply_to": "ida@example.com",
}
"""Fields that some request has, so that damage reaches further than to what is missing."""


def parser(asked: st.SearchStrategy[Asked], client: Callable[[], FlaskClient], whole: Sequence[Asked]) -> Parser:
    """One caller; who was signed out comes back."""
    held: list[FlaskClient] = []

    def attempt(found: Asked) -> None:
        if not held:
            held.append(client())
        try:
            sent(held[0], found)
        except SignedOut:
            held.clear()

    return Parser(asked, attempt, (), whole)
