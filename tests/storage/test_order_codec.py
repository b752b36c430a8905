"""Orders as bytes and back, whatever they hold."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plugin.domain.digest import digest_of
from plugin.domain.money import Money
from plugin.domain.order import Order, Price, Shopper
from plugin.domain.stored import DeliveryMark
from plugin.domain.times import Moment
from plugin.storage.order_codec import dump_facts, dump_shopper, load_facts, load_shopper
from tests.build import an_order
from tests.support.sizes import examples

texts = st.text(max_size=12)
instants = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
st.register_type_strategy(datetime, instants)
st.register_type_strategy(str, texts)
st.register_type_strategy(Money, st.builds(Money, st.integers(-(2**62), 2**62), st.sampled_from(["EUR", "JPY", "KWD"])))

st.register_type_strategy(int, st.integers(-(2**62), 2**62))
shoppers = st.builds(
    Shopper,
    line_properties=st.dictionaries(texts, st.lists(st.tuples(texts, texts), max_size=2).map(tuple), max_size=2),
)
st.register_type_strategy(Shopper, shoppers)
orders = st.from_type(Order)
unshrunk = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=examples(20)
)  # a whole order shrinks slowly
marks = st.lists(st.from_type(DeliveryMark), max_size=2).map(tuple)


@unshrunk
@given(order=orders, marks=marks)
def test_any_order_comes_back_as_it_was(order: Order, marks: tuple[DeliveryMark, ...]) -> None:
    facts = load_facts(dump_facts(order, marks), load_shopper(dump_shopper(order.shopper)))
    assert facts.order == order
    assert facts.marks == marks


@unshrunk
@given(order=orders, secret=st.uuids().map(str), shopper=shoppers)
def test_facts_hold_nothing_of_the_shopper(order: Order, secret: str, shopper: Shopper) -> None:
    named = replace(order, shopper=replace(shopper, name=secret, note=secret, email=secret))
    assert dump_facts(named, ()) == dump_facts(order, ())


@unshrunk
@given(order=orders)
def test_an_order_read_back_has_the_digest_it_was_saved_with(order: Order) -> None:
    again = load_facts(dump_facts(order, ()), load_shopper(dump_shopper(order.shopper))).order
    assert digest_of(again) == digest_of(order)


@given(prices=st.tuples(st.from_type(Price), st.from_type(Price)))
def test_different_orders_have_different_digests(prices: tuple[Price, Price]) -> None:
    one, two = (an_order(total=price) for price in prices)
    assert (digest_of(one) == digest_of(two)) == (one == two)


@given(moment=st.from_type(Moment))
def test_instants_keep_their_microseconds(moment: Moment) -> None:
    order = an_order(placed=moment)
    assert load_facts(dump_facts(order, ()), order.shopper).order.placed == moment
