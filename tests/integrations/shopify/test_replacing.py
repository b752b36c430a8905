"""A draft at 100 % off becomes an order or is gone: nobody is left one to complete beside what was given instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import OrderReceipt, Refusal, Units
from tests.integrations.shopify.making import MakingRig, making
from tests.integrations.shopify.test_actions import GID


@pytest.fixture
def rig() -> Iterator[MakingRig]:
    with making() as rig:
        yield rig


def replace(rig: MakingRig) -> OrderReceipt:
    return rig.actions.create_replacement_order(rig.paid, (Units(rig.paid.lines[0].id, 1),), idempotency_key="claim7:2")


def test_a_draft_that_shopify_still_works_on_is_come_back_for(rig: MakingRig) -> None:
    rig.shop.made.drafts.is_busy = True
    for _ in range(2):
        with pytest.raises(Unavailable) as error:
            replace(rig)
        assert error.value.reason == "draft_not_ready"
    rig.shop.made.drafts.is_busy = False
    made = replace(rig)
    assert [each["order"]["id"] for each in rig.shop.made.drafts.made.values()] == [GID + made.id]


def test_a_draft_whose_completion_is_refused_is_deleted(rig: MakingRig) -> None:
    rig.shop.made.drafts.refusal = "Inventory not available"
    for _ in range(2):
        with pytest.raises(Rejected) as error:
            replace(rig)
        assert (error.value.code, rig.shop.made.drafts.made) == (Refusal.INVALID, {})


def test_a_draft_whose_deletion_got_no_answer_is_gone_by_the_next_attempt(rig: MakingRig) -> None:
    rig.shop.made.drafts.refusal = "Inventory not available"
    rig.shop.made.drafts.on_refusal = lambda: setattr(rig.shop.server, "lost", 1)
    with pytest.raises(Unavailable):
        replace(rig)
    rig.shop.made.drafts.on_refusal = lambda: None
    with pytest.raises(Rejected):
        replace(rig)
    assert rig.shop.made.drafts.made == {}


def test_a_draft_that_may_not_be_deleted_is_shown_to_a_person(rig: MakingRig) -> None:
    rig.shop.made.drafts.refusal, rig.shop.made.drafts.keeps = "Inventory not available", True
    with pytest.raises(Rejected) as error:
        replace(rig)
    assert error.value.code == Refusal.IN_DOUBT
    assert "Inventory not available" in error.value.detail
