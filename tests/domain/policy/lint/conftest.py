"""A policy nothing is wrong with, and a way to check what becomes of it."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.document import read_policy
from plugin.domain.policy.lint import Circumstances, Finding, lint

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
Check = Callable[..., tuple[Finding, ...]]
Document = Mapping[str, object]


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture(scope="session")
def clean() -> Document:
    """A policy for Germany and France, Great Britain, Israel, Taiwan and the rest, as it should be."""
    document: Document = json.loads((HERE / "clean.json").read_text("utf-8"))
    return document


@pytest.fixture(scope="session")
def check(law: Law) -> Check:
    """Lints a document as that of a shop still being set up, or under the circumstances given."""

    def checked(document: Document, **about: object) -> tuple[Finding, ...]:
        today = about.get("today", TODAY)
        day = today if isinstance(today, date) else date.fromisoformat(str(today))
        has_function = bool(about.get("has_withdrawal_function", True))
        circumstances = Circumstances(bool(about.get("is_live")), has_function, day)
        return lint(read_policy(document), law, circumstances)

    return checked
