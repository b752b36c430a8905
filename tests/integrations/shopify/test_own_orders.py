"""Orders of ours are told from those that shoppers placed by the tags our commands gave them, and by nothing less."""

from __future__ import annotations

import pytest

from integrations.platforms.shopify.own_orders import CLAIM_LINE, REPLACEMENT, key_tag, origin, tag_for
from plugin.domain.ids import ClaimId
from plugin.domain.origin import MadeAs, Origin
from tests.integrations.shopify.samples import an_order, seen_order

OURS = (REPLACEMENT, key_tag("claim7:2"), tag_for("12"))


def test_a_webhook_tells_whose_order_it_is_by_its_tags_and_which_claims_by_its_details() -> None:
    details = [{"name": CLAIM_LINE, "value": "claim7:2"}]
    order = seen_order("orders/create", an_order(tags=", ".join(OURS), note_attributes=details))
    assert order.origin == Origin("12", MadeAs.REPLACEMENT, ClaimId("claim7"))
    without = seen_order("orders/create", an_order(tags=", ".join(OURS)))
    assert without.origin == Origin("12", MadeAs.REPLACEMENT)


def test_tags_are_read_however_a_merchants_tool_writes_them() -> None:
    assert origin([f" {tag.title()} " for tag in OURS], {}) == Origin("12", MadeAs.REPLACEMENT)


@pytest.mark.parametrize("tags", [(), (REPLACEMENT,), (tag_for("12"),), (REPLACEMENT, tag_for("x")), (tag_for("12x"),)])
def test_half_of_it_makes_it_somebodys_purchase(tags: tuple[str, ...]) -> None:
    assert origin(tags, {CLAIM_LINE: "claim7:2"}) is None


def test_no_tag_is_longer_than_shopify_takes() -> None:
    assert max(map(len, (*OURS, tag_for("9" * 20)))) <= 40
