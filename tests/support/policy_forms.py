"""A merchant's draft as a test writes it, and the editor's forms filled in as a browser would."""

from __future__ import annotations

import html
import re

from werkzeug.test import TestResponse

from plugin.domain.policy.draft import Draft, started
from plugin.domain.policy.edit import Change, edited
from tests.build import MERCHANT, NOW
from tests.support.admin import Browser, Installation
from tests.support.policies import a_lawful_document

DRAFT = "/admin/policy/draft"


def write_draft(running: Installation, *changes: Change) -> None:
    document, _ = edited(a_lawful_document(), changes)
    with running.deps.units(MERCHANT) as unit:
        unit.drafts.add(started("draft1", document, based_on=None, at=NOW, by=None))
        unit.commit()


def draft_of(running: Installation) -> Draft:
    with running.deps.units.read(MERCHANT) as unit:
        found = unit.drafts.open()
    assert found
    return found


def fields_of(page: str, form: str) -> dict[str, list[str]]:
    """What a browser would post of the section's form, as the page shows it."""
    (body,) = re.findall(rf'<form class="card part[^"]*" id="{re.escape(form)}".*?</form>', page, re.DOTALL)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body):
        fields.setdefault(name, []).append(html.unescape(value))
    for tag in re.findall(r"<input [^>]*>", body):
        kind, name, value = (attribute(tag, each) for each in ("type", "name", "value"))
        if kind in {"text", "date"} or (kind == "checkbox" and " checked" in tag):
            fields.setdefault(name, []).append(html.unescape(value))
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(r'value="([^"]*)"', options)
        fields.setdefault(name, []).append(html.unescape(chosen[0]))
    for name, text in re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        fields.setdefault(name, []).append(html.unescape(text))
    return fields


def attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""


def save(browser: Browser, page: str, form: str, **typed: object) -> TestResponse:
    """Fill the section in on its page and save it."""
    fields = {**fields_of(browser.get(page).text, form), **typed}
    return browser.client.post(f"{DRAFT}/edit", data=fields, buffered=True)
