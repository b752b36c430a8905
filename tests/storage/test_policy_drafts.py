"""Drafts as every adapter of the ports keeps them, and who may change them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.policy.draft import edit
from plugin.domain.policy.edit import Change
from plugin.domain.shop import Merchant
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from tests.build import MERCHANT, NOW
from tests.storage.drafts import KAJA, a_draft

OTHER = MerchantId("merchant2")


def test_a_draft_is_kept_whole_with_its_edits_and_its_check(units: Units) -> None:
    with units(MERCHANT) as unit:
        assert unit.drafts.open() is None
        unit.drafts.add(a_draft())
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.drafts.open() == a_draft()
        assert unit.drafts.get("draft1") == a_draft()
        with pytest.raises(NotFound):
            unit.drafts.get("draft2")


def test_a_second_draft_beside_an_open_one_is_a_conflict(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.drafts.add(a_draft())
        with pytest.raises(Conflict):
            unit.drafts.add(a_draft("draft2"))


def test_each_merchant_has_a_draft_of_their_own(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.drafts.add(a_draft())
        unit.commit()
    with units(OTHER) as unit:
        unit.shops.add_merchant(Merchant(OTHER, "Südkap SARL", NOW))
        assert unit.drafts.open() is None
        unit.drafts.add(a_draft("theirs"))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.drafts.open() == a_draft()


def test_saving_and_removing_compare_the_version(units: Units) -> None:
    first = a_draft()
    second = edit(first, [Change("home_country", "FR")], at=NOW, by=KAJA)
    with units(MERCHANT) as unit:
        unit.drafts.add(first)
        unit.drafts.save(second, was=first.version)
        with pytest.raises(Conflict):
            unit.drafts.save(second, was=first.version)
        with pytest.raises(Conflict):
            unit.drafts.save(replace(second, id="draft2"), was=second.version)
        with pytest.raises(Conflict):
            unit.drafts.remove(first)
        assert unit.drafts.open() == second
        unit.drafts.remove(second)
        assert unit.drafts.open() is None
        with pytest.raises(Conflict):
            unit.drafts.remove(second)


def test_of_two_who_edit_at_once_one_meets_a_conflict(storage: Storage) -> None:
    draft = a_draft()
    with storage.units(MERCHANT) as unit:
        unit.drafts.add(draft)
        unit.commit()
    together = threading.Barrier(2)

    def save(country: str) -> str:
        after = edit(draft, [Change("home_country", country)], at=NOW, by=KAJA)
        together.wait(20)
        try:
            with storage.units(MERCHANT) as unit:
                unit.drafts.save(after, was=draft.version)
                unit.commit()
        except Conflict:
            return "conflict"
        return country

    outcomes = list(ThreadPoolExecutor(2).map(save, ["FR", "PL"]))
    assert outcomes.count("conflict") == 1
    with storage.units.read(MERCHANT) as unit:
        assert unit.drafts.get(draft.id).document["home_country"] in outcomes
