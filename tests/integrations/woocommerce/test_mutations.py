"""Whatever becomes of a recorded body, translation yields events or says what it cannot read, and nothing else."""

import copy
import json
from itertools import chain
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.platforms.woocommerce import TRANSLATOR
from plugin.domain.shop_events import ShopEvent
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message
from tests.support.sizes import examples
from tests.support.woocommerce import deliveries, raw_orders, recorded_list, recorded_refunds

WHOLE_ORDERS = [
    body
    for body in raw_orders()
    if any(word in body for word in (b"_tracking", b"refunded", b"Gravur", b"_vat_number"))
]
RECORDS = [
    *(("", body) for body in WHOLE_ORDERS[::8]),
    *(("", json.dumps(raw).encode()) for raw in chain(*list(recorded_refunds().values())[::12])),
    *(("", json.dumps(raw).encode()) for raw in recorded_list("products.json")[::20]),
    *{(delivery.topic, delivery.body) for delivery in list(deliveries())[::6]},
]
ABSURD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 0, -1, 2**53 + 1, 2**64, 10**30, 1e308, -0.5, "", "-", "NaN", "\x00", "javascript:alert(1)"),
        *("9" * 5000, "1e999999999", "0000-00-00T00:00:00", "9999-12-31T23:59:59-23:59", "\udfff", "é" * 50),
        *([], {}, [[]], [None], {"": None}, {"0": {"id": 1}}),
    ]
) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside, containers included."""
    if isinstance(value, dict):
        steps = list(value.items())
    else:
        steps = list(enumerate(value)) if isinstance(value, list) else []
    inner = (_places(child, (*path, step)) for step, child in steps if step != "_links")
    return [*(((*path, step)) for step, _ in steps), *chain.from_iterable(inner)]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    topic, body = draw(st.sampled_from(RECORDS))
    try:
        record = json.loads(body)
    except ValueError:
        return topic, body + draw(st.binary(max_size=5))
    record = copy.deepcopy(record)
    for _ in range(draw(st.integers(1, 3))):
        places = _places(record)
        if places:
            _mutate(draw, record, draw(st.sampled_from(places)))
    return topic, json.dumps(record).encode()


def _mutate(draw: st.DrawFn, record: dict[Any, Any] | list[Any], path: tuple[Any, ...]) -> None:
    *way, last = path
    for step in way:
        record = record[step]
    match draw(st.sampled_from(["replace", "delete", "nest", "double", "rename"])):
        case "delete":
            del record[last]
        case "nest":
            record[last] = draw(st.sampled_from([[record[last]], {"1": record[last]}, [[record[last]]]]))
        case "double" if isinstance(record, list):
            record.append(copy.deepcopy(record[last]))
        case "rename" if isinstance(record, dict):
            record[draw(st.text(max_size=8))] = record.pop(last)
        case _:
            record[last] = copy.deepcopy(draw(ABSURD))


def _is_kept_or_parked(topic: str, body: bytes) -> None:
    fault = None
    events: tuple[ShopEvent, ...] = ()
    try:
        events = TRANSLATOR.translate(Message(topic, body, {}))
    except Unreadable as error:
        fault = error
    if fault is None:
        assert events
        assert all(isinstance(event, get_args(ShopEvent)) for event in events)
    else:
        assert fault.code
        assert fault.field


@settings(max_examples=examples(150))
@given(mutated())
def test_a_record_with_any_field_deleted_replaced_or_nested_is_read_or_parked(message: tuple[str, bytes]) -> None:
    _is_kept_or_parked(*message)


@settings(max_examples=examples(80))
@given(st.sampled_from(RECORDS), st.data())
def test_a_body_cut_short_or_with_bytes_changed_is_read_or_parked(
    record: tuple[str, bytes], data: st.DataObject
) -> None:
    topic, body = record
    at = data.draw(st.integers(0, len(body)))
    junk = data.draw(st.binary(max_size=4))
    _is_kept_or_parked(topic, body[:at])
    _is_kept_or_parked(topic, body[:at] + junk + body[at + len(junk) :])


@pytest.mark.parametrize(
    "topic", ["", "order.updated", "order.deleted", "product.created", "action.x", "x", ".", "order."]
)
@given(st.binary(max_size=40))
def test_any_bytes_under_any_topic_are_read_or_parked(topic: str, body: bytes) -> None:
    _is_kept_or_parked(topic, body)


@pytest.mark.parametrize("field", ["meta_data", "line_items", "billing", "refunds", "total", "_links"])
def test_any_field_nested_a_hundred_thousand_deep_is_parked(field: str) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    body = json.dumps({**json.loads(raw_orders()[0]), field: "HERE"}).encode().replace(b'"HERE"', deep)
    _is_kept_or_parked("", body)


def test_a_message_is_only_read_never_changed_and_means_the_same_twice() -> None:
    for topic, body in RECORDS:
        message = Message(topic, body, {})
        assert TRANSLATOR.translate(message) == TRANSLATOR.translate(message)
