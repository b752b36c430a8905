"""What stands on shops' boards is kept by place and digest, and one process writes at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Place
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_shop

SHOP = a_shop().id
FIRST, SECOND = Place("", "de-DE"), Place("501", "promise")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def posting(units: Units) -> Posting:
    kept = Posting(SHOP, NOW, "board", NOW, NOW, "v1", 2, 1, "TOO_LONG", 3, "shop_unavailable", "HTTP 503")
    with units(MERCHANT) as unit:
        unit.postings.save(kept)
        unit.postings.note(SHOP, {FIRST: Posted(b"1", NOW), SECOND: Posted(b"2", NOW, "TOO_LONG")}, NOW)
        unit.commit()
    return kept


def test_a_posting_is_read_as_it_was_saved(units: Units, posting: Posting) -> None:
    with units.read(MERCHANT) as unit:
        assert unit.postings.get(SHOP) == posting
        assert unit.postings.all() == [posting]
        assert unit.postings.posted(SHOP) == {FIRST: Posted(b"1", NOW), SECOND: Posted(b"2", NOW, "TOO_LONG")}


def test_one_process_has_it_until_its_time_is_up_or_it_is_saved(units: Units, posting: Posting) -> None:
    with units(MERCHANT) as unit:
        assert unit.postings.lease(SHOP, NOW, LATER) == posting
        assert unit.postings.lease(SHOP, NOW, LATER) is None
        unit.postings.note(SHOP, {FIRST: Posted(b"3", NOW)}, LATER + timedelta(minutes=5))
        assert unit.postings.lease(SHOP, LATER, LATER) is None
        assert unit.postings.lease(SHOP, LATER + timedelta(minutes=5), LATER) == posting
        unit.postings.save(posting)
        assert unit.postings.lease(SHOP, NOW, LATER) == posting
        unit.commit()


def test_what_is_to_be_written_soon_is_taken_from_nobody_who_writes_it(units: Units, posting: Posting) -> None:
    with units(MERCHANT) as unit:
        assert unit.postings.lease(SHOP, NOW, LATER)
        assert unit.postings.hasten(SHOP, LATER)
        assert unit.postings.get(SHOP) == replace(posting, due_at=LATER)
        assert unit.postings.lease(SHOP, NOW, LATER) is None
        unit.postings.forget(SHOP)
        assert not unit.postings.hasten(SHOP, LATER)


def test_what_is_asked_for_stays_asked_for(units: Units, posting: Posting) -> None:
    with units(MERCHANT) as unit:
        unit.postings.ask(SHOP, LATER)
        assert unit.postings.get(SHOP) == replace(posting, asked_at=LATER)
        unit.postings.forget(SHOP)
        unit.postings.ask(SHOP, LATER)
        assert unit.postings.get(SHOP) is None
        assert unit.postings.posted(SHOP) == {}


def test_what_was_taken_away_stands_there_no_more(units: Units, posting: Posting) -> None:
    assert posting.places
    with units(MERCHANT) as unit:
        unit.postings.note_removed(SHOP, [SECOND, Place("502", "promise")])
        unit.postings.note_removed(SHOP, [])
        assert set(unit.postings.posted(SHOP)) == {FIRST}
