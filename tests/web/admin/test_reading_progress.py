"""Who waits for the first reading of a shop sees how far it is and how long it still takes, or why it stands still."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.first_reading import FirstReading, Place
from plugin.domain.reading_progress import Pace, Progress
from plugin.domain.shop import Role
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.wording.reading import reading_in_words
from tests.build import MERCHANT
from tests.support.admin import Installation


@pytest.fixture
def connection(light: Installation) -> Connection:
    """Give a connection of which 1,200 of 4,800 orders are read, twenty a second."""
    now = light.clock.now()
    first = FirstReading(Place("", 1200, 4800), now, recent_orders=900, recent_seconds=45)
    return Connection(light.shop(MERCHANT), Credentials("ck", "cs"), now, due_at=now, first=first)


def seen(light: Installation, connection: Connection) -> tuple[str, str]:
    """The Shops page and the shop's own, as text with the progress element."""
    with light.deps.units(MERCHANT) as unit:
        unit.connections.save(connection)
        unit.commit()
    viewer = light.signed_in(Role.VIEWER)
    pages = (viewer.get(path).text for path in ("/admin/shops", f"/admin/shops/{connection.shop}/health"))
    shops, health = (" ".join(re.sub(r"<(?!/?progress)[^>]+>", " ", page).split()) for page in pages)
    return shops, health


def test_both_pages_tell_how_far_it_is_and_how_long_it_still_takes(light: Installation, connection: Connection) -> None:
    for page in seen(light, connection):
        assert '<progress value="1200" max="4800" aria-label="First reading">' in page
        assert "Orders read: 1,200 of 4,800 About 3 minutes left" in page


def test_before_the_first_page_no_bar_pretends_to_know(light: Installation, connection: Connection) -> None:
    for page in seen(light, replace(connection, first=None)):
        assert "<progress" not in page
        assert "How long it takes cannot be told yet." in page


def test_a_reading_that_stands_still_says_why(light: Installation, connection: Connection) -> None:
    for page in seen(light, replace(connection, due_at=None, fault="shop_keys_refused")):
        assert "Orders read: 1,200 of 4,800 Stopped. It goes on from here" in page
        assert "minutes left" not in page


def test_a_shop_that_was_read_shows_none_of_it(light: Installation, connection: Connection) -> None:
    read = replace(connection, first=None, polled_at=connection.connected_at)
    for page in seen(light, read):
        assert "<progress" not in page
        assert "First reading" not in page


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_language_says_it_in_words(language: str) -> None:
    said = catalogue(language)
    hours = reading_in_words(Progress(Pace.READING, 1200, 98000, timedelta(hours=3)), said)
    assert said.number(98000) in str(hours.counted)
    soon = reading_in_words(Progress(Pace.READING, 1200, None, timedelta(seconds=20)), said)
    assert soon.rest == said.text("admin.reading.soon")
    assert str(soon.counted).startswith(str(hours.counted)[:4])
