"""Letters for every eye: what axe finds in one as a mail program shows it, light and dark, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from plugin.documents.letter_kinds import KINDS
from tests.documents.mail.test_kinds import SETTING
from tests.support.browser import spill, violations
from tests.support.looks import LANGUAGES, NARROW
from tests.support.sizes import is_long

pytestmark = [pytest.mark.browser, pytest.mark.draws]  # in the full size every way of looking

AROUND_IT = {"landmark-one-main", "page-has-heading-one", "region"}
"""What a whole page has, and here the mail program around the letter."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_letter_can_be_read_by_everyone(browser: Browser, scheme: str) -> None:
    """Each kind in one of the four languages, in each scheme in another; all in the full size."""
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # two of theirs
    page = context.new_page()
    found = {}
    for place, (name, kind) in enumerate(KINDS.items()):
        turn = (place + (scheme == "dark")) % len(LANGUAGES)
        for language in LANGUAGES if is_long() else (LANGUAGES[turn],):
            page.set_content(kind.sample(language, SETTING).html or "")
            wrong = [each for each in violations(page) if each["rule"] not in AROUND_IT]
            found[name, language] = wrong or spill(page)
    context.close()
    assert {letter: wrong for letter, wrong in found.items() if wrong} == {}
