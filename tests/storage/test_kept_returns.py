"""How far the platform's returns are behind comes back as saved; who was faster is told; what is behind is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.claim.commands.conversing import note
from plugin.domain.claim.vocabulary import Actor, ActorKind
from plugin.domain.errors import Conflict
from plugin.domain.returning.kept_return import KeptReturn
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_stored_order
from tests.storage.claim_records import CLAIM, SHOP, act, begin

AGENT = Actor(ActorKind.AGENT, "staff1")
LATER = NOW + timedelta(days=3650)
AGO = NOW - timedelta(days=3650)


@pytest.fixture
def kept(units: Units) -> KeptReturn:
    """The claim is there; nobody has looked at its return."""
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()
    claim = begin(units)
    return KeptReturn(CLAIM, claim.order, ("55",), claim.version, "digest")


def save(units: Units, kept: KeptReturn) -> None:
    with units(MERCHANT) as unit:
        unit.kept_returns.save(kept)
        unit.commit()


def behind(units: Units) -> list[str]:
    with units.read(MERCHANT) as unit:
        assert unit.kept_returns.behind([SHOP], AGO, NOW, 5) == []
        assert unit.kept_returns.behind([], AGO, LATER, 5) == []
        return [claim for claim, _ in unit.kept_returns.behind([SHOP], AGO, LATER, 5)]


def test_one_comes_back_as_it_was_saved_and_is_due_when_it_says(units: Units, kept: KeptReturn) -> None:
    begun = kept.begun(NOW)
    save(units, begun)
    with units.read(MERCHANT) as unit:
        assert unit.kept_returns.get(CLAIM) == replace(begun, version=1)
        assert unit.kept_returns.of_order(kept.order) == [replace(begun, version=1)]
        assert unit.kept_returns.due(NOW, 5) == []
        assert [claim for claim, _ in unit.kept_returns.due(LATER, 5)] == [CLAIM]


def test_whoever_was_slower_is_told(units: Units, kept: KeptReturn) -> None:
    save(units, kept)
    for slow in (kept, replace(kept, version=7)):
        with pytest.raises(Conflict):
            save(units, slow)


def test_a_claim_is_behind_until_somebody_has_looked_at_it(units: Units, kept: KeptReturn) -> None:
    assert behind(units) == [CLAIM]
    save(units, kept.begun(NOW))
    assert behind(units) == [], "somebody is at it"
    save(units, replace(kept, version=1))
    assert behind(units) == []
    act(units, lambda _: note("More", AGENT))
    assert behind(units) == [CLAIM]
