"""By when something is due: the day and the clock are those of the claim's market, on every page that says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plugin.domain.claim.commands.conversing import start_timer
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.web.admin.claims.due import due_day, due_moment
from tests.support.admin import Installation
from tests.support.claim_cases import act_on, open_case, place

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def test_a_moment_is_told_by_the_clock_of_its_market() -> None:
    said = catalogue("en")
    assert due_moment(LATE, "Europe/Berlin", said) == "23 Nov 2026, 00:30 (Berlin)"
    assert due_moment(LATE, "America/New_York", said) == "22 Nov 2026, 18:30 (New York)"
    assert due_moment(LATE, None, said) == "22 Nov 2026, 23:30 UTC"


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_money_is_due_on_the_last_day_that_counts_and_not_on_the_midnight_after(language: str) -> None:
    midnight = datetime(2026, 12, 6, 23, tzinfo=UTC)  # in Berlin the 6th is over
    told = {due_day(midnight - timedelta(hours=n), "Europe/Berlin", catalogue(language)) for n in (0, 1, 23)}
    assert len(told) == 1
    assert due_day(midnight + timedelta(seconds=1), "Europe/Berlin", catalogue(language)) not in told


def test_case_and_queue_tell_the_same_hour_and_home_counts_the_markets_day(light: Installation) -> None:
    claim = open_case(light, place(light))
    due = light.clock.now() + timedelta(minutes=5)
    act_on(light, claim, lambda _: start_timer("first_answer", due))
    told = due_moment(due, claim.zone, catalogue("en"))
    browser = light.signed_in()
    assert "(Berlin)" in told
    for path in (f"/admin/claims/{claim.id}", "/admin/claims", "/admin/claims?view=today"):
        assert told in browser.get(path).text, path
    assert 'href="/admin/claims?view=today"' in browser.get("/admin/").text
