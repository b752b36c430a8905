"""An answer of every kind, as the server gives it for one order; what is made anew each time has a name instead.

`python -m tests.web.extensions.told` writes them to `extensions/shared/contract/examples`; a test compares.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.support import databases
from tests.support.repository import ROOT
from tests.web.extensions.conftest import ORDER, Extensions, at_shopify, opened

EXAMPLES = ROOT / "extensions" / "shared" / "contract" / "examples"
AT = f"/account/orders/{ORDER}"
LINE = {"line": "12", "quantity": 1}
WISH = {**LINE, "reason": "change_of_mind.dislike", "remedy": "store_credit", "note": ""}
FAULTY = {**LINE, "reason": "quality.defective", "remedy": "repair", "saw_choice": True}
TYPED = {"name": "Ida Holm", "reference": f"#{ORDER}", "reply_to": "ida@example.com"}
ALL = {**TYPED, "units": [{"line": "11", "quantity": 3}, {"line": "12", "quantity": 1}]}
_MADE = (
    (re.compile(r"[\w-]{20,}\.[\w-]{20,}"), "TOKEN"),
    (re.compile(r"https?://(?:127\.0\.0\.1|localhost)[:\d]*"), "https://aftercare.example.com"),
    (re.compile(r"\b0[0-9a-z]{25}\b"), "ID"),
    (re.compile(r"\bR-[0-9A-Z]{6}\b"), "R-ABC123"),
    (re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b"), "ABCD-1234"),
    (re.compile(r'"(version|form|request)": "[^"]+"'), r'"\1": "EXAMPLE"'),
)


def told(at: Extensions, language: str) -> dict[str, str]:
    """Each answer by the name of its file, as it is kept."""
    ask = {"lang": language}
    written: dict[str, Any] = {
        "promises": at.told("/checkout/promises", country="DE", **ask),
        "windows": at.told(f"{AT}/windows", **ask),
        "windows-guest": at.get(f"{AT}/windows", at.token(None), country="DE", **ask).get_json(),
        "orders": at.told("/account/orders", ids=ORDER, **ask),
        "order": at.told(AT, **ask),
        "draft-faulty": at.post(f"{AT}/claim", {"lines": [FAULTY]}, **ask).get_json(),
        "draft": at.post(f"{AT}/claim", {"lines": [WISH]}, **ask).get_json(),
        "withdrawal": at.told(f"{AT}/withdrawal", **ask),
        "withdrawal-check": at.post(f"{AT}/withdrawal/check", ALL, **ask).get_json(),
        "withdrawal-wrong": at.post(f"{AT}/withdrawal/check", {**ALL, "name": ""}, **ask).get_json(),
        "withdrawal-receipt": at.post(f"{AT}/withdrawal", {**ALL, "form": "one"}, **ask).get_json(),
        "problem": at.get("/account/orders", at.token(None), **ask).get_json(),
    }
    sent = at.post(f"{AT}/claim/submit", {"draft": written["draft"]["draft"]}, **ask)
    return {name: _kept(answer) for name, answer in (written | {"claim": sent.get_json()}).items()}


def _kept(answer: object) -> str:
    text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    for made, name in _MADE:
        text = made.sub(name, text)
    return text


def _write(home: Path) -> None:
    law = Law(load_rulebook(), HolidayCalendar())
    for language in ("en", "de", "ar"):
        folder = home / language
        folder.mkdir()
        fresh = databases.migrated_file(folder).rename(folder / "here.sqlite3")
        installed = at_shopify(databases.sqlite(fresh), folder, law)
        (EXAMPLES / language).mkdir(parents=True, exist_ok=True)
        for name, text in told(opened(installed), language).items():
            (EXAMPLES / language / f"{name}.json").write_text(text, "utf-8")
        installed.storage.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        _write(Path(home))
    sys.stdout.write(f"{EXAMPLES}\n")
