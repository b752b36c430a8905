"""The after-sales page inside the editor: what the draft says, by shoppers' own templates, framed by nobody else."""

from __future__ import annotations

from http import HTTPStatus

from plugin.domain.policy.edit import Change
from plugin.domain.shop import Role
from tests.support.admin import Installation
from tests.support.policies import with_return_days
from tests.support.policy_forms import DRAFT, write_draft

PAGE = f"{DRAFT}/page?country=PL&language=pl"


def test_the_draft_s_page_is_shown_in_the_language_and_for_the_country_asked_for(light: Installation) -> None:
    write_draft(light, *with_return_days(45))
    answer = light.signed_in(Role.VIEWER).get(PAGE)
    assert answer.status_code == HTTPStatus.OK
    assert '<html lang="pl" dir="ltr">' in answer.text
    assert "45 dni" in answer.text
    assert "<form" not in answer.text


def test_only_our_own_pages_frame_it_and_no_cache_or_search_engine_keeps_it(light: Installation) -> None:
    write_draft(light)
    headers = light.signed_in().get(PAGE).headers
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


def test_the_editor_frames_the_page_as_it_stands_after_each_edit(light: Installation) -> None:
    write_draft(light)
    answer = light.signed_in().get(f"{DRAFT}/in/markets.0?country=PL&language=pl")
    assert "/draft/page?country=PL&amp;language=pl&amp;edit=0" in answer.text
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_nobody_sees_it_without_signing_in(light: Installation) -> None:
    write_draft(light)
    assert light.browser().get(PAGE).status_code == HTTPStatus.FOUND


def test_a_draft_that_cannot_be_read_has_no_page(light: Installation) -> None:
    write_draft(light, Change("home_country", "Germany"))
    browser = light.signed_in()
    assert browser.get(PAGE).status_code == HTTPStatus.NOT_FOUND
    assert "draft/page" not in browser.get(f"{DRAFT}/in/markets.0").text
