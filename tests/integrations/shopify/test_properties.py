"""What holds for any amounts and any damage."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.shopify import TRANSLATOR
from plugin.domain.shop_events import OrderSeen, ShopEvent
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message
from tests.fuzz.damage import places
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.samples import (
    TOPICS,
    Tree,
    a_line,
    a_refund,
    an_order,
    money,
    recorded_orders,
    sample,
    seen_order,
)

RECORDS = [
    *((topic, sample(topic)) for topic in TOPICS),
    ("refunds/create", a_refund()),
    ("", an_order(refunds=[a_refund()])),
    ("", a_node()),
    ("", {"data": {"return": {"order": a_node()}}}),
    *(("", record) for record in recorded_orders()[:6]),
]

HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**53 + 1, 2**63, 10**400, -1, 0]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["NaN", "1e999999", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "-0.00", "\u0000"]),
    st.sampled_from(["gid://shopify/Order/1", "javascript:alert(1)", "http://[", "ZZ", "XXX", "-99999999999999.999"]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none(), max_size=3),
)  # fmt: skip


PLACES = [places(record) for _, record in RECORDS]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A real record with a few places replaced, dropped or doubled."""
    index = draw(st.integers(0, len(RECORDS) - 1))
    topic, record = RECORDS[index]
    copy = json.loads(json.dumps(record))
    for path in draw(st.lists(st.sampled_from(PLACES[index]), max_size=4)) if PLACES[index] else ():
        _damage(copy, path, draw)
    return draw(st.sampled_from([topic, ""])), json.dumps(copy).encode()


def _damage(record: Tree, path: tuple[Any, ...], draw: st.DrawFn) -> None:
    try:
        for step in path[:-1]:
            record = record[step]
        match draw(st.sampled_from(["replace", "drop", "double"])):
            case "replace":
                record[path[-1]] = draw(HOSTILE)
            case "drop":
                del record[path[-1]]
            case _:
                record[path[-1]] = [record[path[-1]]] * 2
    except (KeyError, IndexError, TypeError):
        return  # an earlier damage took the place away


def outcome_of(message: Message) -> tuple[ShopEvent, ...] | Unreadable:
    """The events, or the refusal: any other exception fails the test."""
    try:
        return TRANSLATOR.translate(message)
    except Unreadable as refusal:
        return refusal


@given(damaged())
def test_a_damaged_record_is_translated_or_refused_and_nothing_else(record: tuple[str, bytes]) -> None:
    topic, body = record
    outcome = outcome_of(Message(topic, body, {}))
    assert (outcome.code and outcome.field) if isinstance(outcome, Unreadable) else outcome


@given(st.sampled_from(RECORDS), st.integers(0, 400), st.binary(max_size=6))
def test_damaged_bytes_are_translated_or_refused_and_nothing_else(
    record: tuple[str, Any], at: int, noise: bytes
) -> None:
    topic, payload = record
    body = json.dumps(payload).encode()
    assert outcome_of(Message(topic, body[:at] + noise + body[at + len(noise) :], {}))


CENTS = st.integers(0, 10_000_000)


def written(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


@given(
    unit=CENTS,
    quantity=st.integers(0, 99),
    discounts=st.lists(CENTS, max_size=3),
    taxes=st.lists(CENTS, max_size=3),
    tax_inside=st.booleans(),
)
def test_total_and_tax_of_a_line_add_up_to_what_it_costs_to_the_cent(
    unit: int, quantity: int, discounts: list[int], taxes: list[int], *, tax_inside: bool
) -> None:
    line = a_line(
        quantity=quantity,
        price_set=money(written(unit)),
        discount_allocations=[{"amount_set": money(written(cents))} for cents in discounts],
        tax_lines=[{"price_set": money(written(cents))} for cents in taxes],
    )
    (seen,) = seen_order("", an_order(taxes_included=tax_inside, line_items=[line])).lines
    costs = unit * quantity - sum(discounts) + (0 if tax_inside else sum(taxes))
    assert seen.total.shop.minor + seen.tax.shop.minor == costs
    assert seen.tax.shop.minor == sum(taxes)
    assert seen.discount.shop.minor == sum(discounts)


@given(net=st.integers(100, 100_000), rate=st.sampled_from([0.07, 0.19, 0.2, 0.25]), tax_inside=st.booleans())
def test_a_refund_alone_says_the_same_of_its_lines_as_inside_its_order(
    net: int, rate: float, *, tax_inside: bool
) -> None:
    """The rates tell whether tax is inside; where amounts are too small to tell, the order is read again."""
    tax = round(net * rate)
    listed = net + tax if tax_inside else net
    sold = a_line(
        quantity=1, price_set=money(written(listed)), tax_lines=[{"price_set": money(written(tax)), "rate": rate}]
    )
    amounts = {"subtotal_set": money(written(listed)), "total_tax_set": money(written(tax))}
    given_refund = a_refund(refund_line_items=[{"line_item_id": 71, "quantity": 1, "line_item": sold, **amounts}])
    (alone,) = TRANSLATOR.translate(Message("refunds/create", json.dumps(given_refund).encode(), {}))
    within = seen_order("", an_order(taxes_included=tax_inside, refunds=[given_refund])).refunds[0]
    assert not hasattr(alone, "refund") or alone.refund == within


@given(st.permutations(sorted(an_order())))
def test_the_order_of_keys_means_nothing(keys: list[str]) -> None:
    record = an_order()
    (event,) = TRANSLATOR.translate(Message("", json.dumps({key: record[key] for key in keys}).encode(), {}))
    assert isinstance(event, OrderSeen)
    assert event.order == seen_order("", record)
