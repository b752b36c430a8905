"""What a claim has not heard of is found however long ago it was, on both databases and in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.claim.events import ReturnMoved
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.returning.batch import Closing
from plugin.domain.returning.label import LabelSource
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_shop, a_stored_order, an_order
from tests.support.claims import Case, an_order_of, opened_line, opening
from tests.support.returning import a_batch, a_label, a_parcel

_R = ReturnState
DAY = timedelta(days=1)
YEARS = 900 * DAY


@pytest.fixture
def case(units: Units) -> Case:
    line = opened_line(an_order_of(1), 1, Ground.LIABILITY, 1, Remedy.REFUND)
    begun = Case.begun([Draft(replace(opening(line), shop=a_shop().id), ENGINE)])
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order())])
        unit.claims.append(begun.claim, begun.entries)
        unit.commit()
    return begun


def moved(units: Units, case: Case, *to: ReturnState) -> None:
    """The goods of its line are known to be there."""
    was = len(case.entries)
    for state in to:
        case.act(lambda _, state=state: [Draft(ReturnMoved(1, state, "label1"), ENGINE)])  # type: ignore[misc]  # bound now
    with units(MERCHANT) as unit:
        unit.claims.append(case.claim, case.entries[was:])
        unit.commit()


def untold(units: Units) -> tuple[list[str], list[str]]:
    with units.read(MERCHANT) as unit:
        return list(unit.labels.untold(NOW + YEARS, 10)), list(unit.hub_batches.untold(10))


def test_a_label_is_untold_until_its_claim_knows_where_it_stands(units: Units, case: Case) -> None:
    with units(MERCHANT) as unit:
        unit.labels.save([a_label()])
        unit.labels.save([replace(a_label(), version=1).issued(None, None, None, NOW + DAY)])
        unit.commit()
    moved(units, case, _R.AWAITED)
    assert untold(units)[0] == ["label1"]
    with units.read(MERCHANT) as unit:
        assert unit.labels.untold(NOW + DAY, 10) == [], "what has just changed has a job of its own"
    moved(units, case, _R.LABEL_ISSUED)
    assert untold(units)[0] == []
    with units(MERCHANT) as unit:
        unit.labels.save([unit.labels.get(a_label().id).expired(NOW + 2 * DAY)])
        unit.commit()
    assert untold(units)[0] == ["label1"]
    moved(units, case, _R.LABEL_EXPIRED)
    assert untold(units)[0] == []


def test_an_address_slip_is_nothing_to_tell(units: Units, case: Case) -> None:
    with units(MERCHANT) as unit:
        unit.labels.save([a_label(source=LabelSource.ADDRESS).issued(None, None, None, NOW)])
        unit.commit()
    moved(units, case, _R.AWAITED)
    assert untold(units)[0] == []


def test_a_batch_is_untold_while_goods_of_it_are_said_to_be_where_it_was(units: Units, case: Case) -> None:
    closed = a_batch(a_parcel("claim1:1")).closed(Closing.PERSON, NOW)
    with units(MERCHANT) as unit:
        unit.hub_batches.save(closed)
        unit.commit()
    moved(units, case, _R.AWAITED, _R.AT_HUB)
    assert untold(units)[1] == []
    with units(MERCHANT) as unit:
        unit.hub_batches.save(replace(closed, version=1).dispatched("JJD0001", NOW))
        unit.commit()
    assert untold(units)[1] == ["batch1"]
    moved(units, case, _R.IN_TRANSIT)
    assert untold(units)[1] == []
    with units(MERCHANT) as unit:
        unit.hub_batches.save(unit.hub_batches.get(closed.id).received(NOW))
        unit.commit()
    assert untold(units)[1] == ["batch1"]
    moved(units, case, _R.RECEIVED)
    assert untold(units)[1] == []


def test_a_wish_for_a_link_waits_until_it_is_taken(units: Units) -> None:
    wishes = [LinkRequest(f"wish{n}", a_shop().id, "ida@example.com", "de", NOW + n * DAY) for n in range(3)]
    with units(MERCHANT) as unit:
        for wish in wishes:
            unit.link_requests.add(wish)
        unit.commit()
    with units(MERCHANT) as unit:
        asked = [(wish.id, wish.asked_at) for wish in wishes]
        assert list(unit.link_requests.waiting(NOW + 2 * DAY, 10)) == [asked[1], asked[0]]
        assert list(unit.link_requests.waiting(NOW + 3 * DAY, 1)) == [asked[2]]
        unit.link_requests.take("wish1")
        assert list(unit.link_requests.waiting(NOW + 2 * DAY, 10)) == [asked[0]]
