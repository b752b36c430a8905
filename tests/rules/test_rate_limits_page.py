"""docs/operating/rate-limits.md tells every limit of `plugin/web/limits.py`, with its numbers."""

from __future__ import annotations

import re
from itertools import chain

from plugin.web.limits import GUESSED, SHARES
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "operating" / "rate-limits.md").read_text("utf-8")
COUNTS = {share.begins: (share.address, share.shop) for share in SHARES} | {
    endpoint: (limit, None) for endpoint, limit in GUESSED.items()
}
"""What one address may ask of each, and all visitors of one shop together."""
EACH = ("extensions.withdrawal", "extensions.check", "extensions.declare")
ROWS = {
    "storefront answers that are not kept ready": ("storefront.api.",),
    "after-sales pages and their data": ("aftersales.",),
    "documents, which are drawn anew": ("documents.",),
    "portal: claims, tracking, parcels": ("portal.",),
    "withdrawal": ("withdrawal.",),
    "evidence, in parts": ("evidence.",),
    "customer account and checkout extensions": ("extensions.",),
    "withdrawal there: form, check, declaration, each": EACH,
    "companion plugin, by the shop's own server": ("companion.",),
    "installing": ("install_",),
    "the desk, by whoever works behind one address": ("admin.",),
    "the demo store": ("demo.",),
    "documentation, `/readyz`, `/metrics`": ("docs.", "observe.readyz", "observe.metrics"),
    "the front door, the key that case files are checked with": ("front_door.", "case_file_key."),
    "asking for a sign-in link": ("admin.send_link",),
    "being asked for a passkey": ("admin.passkey_ask",),
    "using a link or a passkey": ("admin.enter", "admin.passkey_enter"),
    "joining a merchant by a code": ("companion.connect",),
    "sending a test mail": ("admin.try_mail",),
}
"""Which limits each row of the page is about."""


def told() -> dict[str, tuple[list[int], list[int]]]:
    """The numbers of each row: of one address, of one shop."""
    rows = re.findall(r"^\| (?!asked|---)(.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    return {asked: (numbers(address), numbers(shop)) for asked, address, shop in rows}


def numbers(text: str | None) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*\d|\d", text or "")]


def test_every_limit_stands_in_the_page_and_nothing_else() -> None:
    assert sorted(chain(*ROWS.values())) == sorted(COUNTS)
    assert list(told()) == list(ROWS)
    for row, names in ROWS.items():
        for address, shop in (COUNTS[name] for name in names):
            assert told()[row] == (numbers(address), numbers(shop)), row


def test_the_rows_that_count_everybody_are_the_last_ones() -> None:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    last = [row for row, names in ROWS.items() if set(names) & set(GUESSED)]
    assert list(ROWS)[-len(last) :] == last
    assert f"except for the last {words[len(last)]} rows" in PAGE.replace("\n  ", " ")
