"""What a check finds in many countries at once is one line with their number; the fold has each of them."""

from __future__ import annotations

import re
from html import unescape

from plugin.domain.policy.edit import Change
from tests.support.admin import Installation
from tests.support.policy_forms import DRAFT, write_draft

LATE = {"id": "w", "track": "withdrawal", "refund": {"days": 60}, "payers": {"none": "shop", "buyer": "shop"}}
PAGE = f"{DRAFT}/check"


def remarks(page: str) -> list[str]:
    """Every remark of the page, its fold included."""
    found = re.findall(r'<div class="remark remark--.*?(?=<div class="remark remark--|</section>)', page, re.DOTALL)
    return [unescape(each) for each in found]


def test_a_finding_of_a_hundred_countries_is_one_line_that_counts_them(light: Installation) -> None:
    write_draft(light, Change("default.rules", [LATE]), Change("markets", []))
    late = [each for each in remarks(light.signed_in().get(PAGE).text) if "default.rules.0.refund" in each]
    assert len(late) == 1
    (line,) = late
    count = int(re.search(r"\((\d+) countries\)", line)[1])  # type: ignore[index]  # it is there
    assert count > 30
    head, _, fold = line.partition("<details>")
    assert "Germany" not in head
    assert all(country in fold for country in ("Germany", "Brazil", "South Korea"))
    assert len(re.findall("remark__other", fold)) > 3


def test_the_line_counts_once_among_errors_and_leads_to_the_place(light: Installation) -> None:
    write_draft(light, Change("default.rules", [LATE]), Change("markets", []))
    browser = light.signed_in()
    page = browser.get(PAGE).text
    shown = len([each for each in remarks(page) if each.startswith('<div class="remark remark--bad')])
    assert f"{shown} error" in page
    assert "/draft/in/default.rules.0" in page or "/draft/in/default" in page


def test_one_click_mends_it_for_all_of_them(light: Installation) -> None:
    write_draft(light, Change("default.rules", [LATE]), Change("markets", []))
    browser = light.signed_in()
    (line,) = [each for each in remarks(browser.get(PAGE).text) if "default.rules.0.refund" in each]
    (fix,) = re.findall(r'name="fix" value="(\d+:refund_later_than_law)"', line)
    browser.send(f"{DRAFT}/fix", form_at=PAGE, place="", version="0", fix=fix)
    assert "default.rules.0.refund" not in browser.get(PAGE).text
