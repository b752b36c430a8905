"""An order's token opens that order of that shop, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import OrderId, ShopId
from plugin.web.storefront.order_token import UnknownOrder, issue, read
from tests.fakes.sources import FakeSecrets

SECRETS = FakeSecrets()
SHOP = ShopId("shop1")
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)


@given(names)
def test_a_token_opens_the_order_it_was_issued_for(order: str) -> None:
    token = issue(SECRETS, SHOP, OrderId(order))
    assert read(SECRETS, SHOP, token) == order
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


@given(names, names)
def test_a_token_opens_nothing_in_another_shop(order: str, shop: str) -> None:
    token = issue(SECRETS, SHOP, OrderId(order))
    if shop != SHOP:
        with pytest.raises(UnknownOrder):
            read(SECRETS, ShopId(shop), token)


@given(st.text(max_size=60))
def test_a_made_up_token_opens_nothing(token: str) -> None:
    with pytest.raises(UnknownOrder):
        read(SECRETS, SHOP, token)


@given(st.data())
def test_a_token_changed_in_one_letter_opens_nothing(data: st.DataObject) -> None:
    token = issue(SECRETS, SHOP, OrderId("order1"))
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters(exclude_characters=token[place]))
    with pytest.raises(UnknownOrder):
        read(SECRETS, SHOP, token[:place] + letter + token[place + 1 :])


@pytest.mark.parametrize("change", ["{}=", " {}", "{}.", "{}.x", "{}\n"])
def test_a_token_counts_to_the_letter(change: str) -> None:
    with pytest.raises(UnknownOrder):
        read(SECRETS, SHOP, change.format(issue(SECRETS, SHOP, OrderId("order1"))))
