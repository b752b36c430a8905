"""What tellers' words mean, by their published tables."""

from __future__ import annotations

import re

import msgspec
import pytest

from integrations.platforms.shopify import fulfilments
from integrations.platforms.shopify.webhook_shapes import FulfilmentEvent
from plugin.domain.order import DeliveryStatus as S
from plugin.domain.tracking.meanings import meanings_of
from tests.support.repository import ROOT

TELLERS = {table.stem for table in (ROOT / "plugin/domain/tracking/data/statuses").glob("*.json")}


@pytest.mark.parametrize(
    ("teller", "status", "finer", "meaning"),
    [
        ("17track", "InTransit", "InTransit_CustomsProcessing", S.CUSTOMS),
        ("17track", "InTransit", "InTransit_CustomsReleased", S.IN_TRANSIT),
        ("17track", "Exception", "Exception_Returned", S.RETURNED),
        ("17track", "Exception", "Exception_NewlyInvented", S.EXCEPTION),
        ("17track", "NotFound", "NotFound_InvalidCode", S.UNKNOWN),
        ("aftership", "Exception", "Exception_010", S.RETURNING),
        ("aftership", "Exception", "Exception_004", S.CUSTOMS),
        ("aftership", "AttemptFail", None, S.FAILED_ATTEMPT),
        ("aftership", "Delivered", "Delivered_099", S.DELIVERED),
        ("shopify", "out_for_delivery", None, S.OUT_FOR_DELIVERY),
        ("shopify", "PICKED_UP", None, S.DELIVERED),
        ("karrio", "return_to_sender", None, S.RETURNING),
        ("dhl", "pre-transit", None, S.INFO_RECEIVED),
        ("ups", "RS", None, S.RETURNING),
        ("fedex", "HL", None, S.PICKUP_READY),
        ("fedex", "CD", None, S.CUSTOMS),
        ("dhl-express", "RT", None, S.RETURNING),
        ("usps", "Delivered", "16", S.PICKUP_READY),
        ("usps", "Alert", "09", S.RETURNING),
        ("dpd", "ParcelShop", None, S.PICKUP_READY),
        ("gls", "DELIVD", "DELIVD.PARCELSHOP", S.PICKUP_READY),
        ("gls", "DELIVD", "DELIVD.NEIGHBOUR", S.DELIVERED),
        ("gls", "FINAL", None, S.UNKNOWN),
        ("royal-mail", "", "EVKLS", S.PICKUP_READY),
        ("ups", "D", "161", S.PICKUP_READY),
        ("ups", "D", "34", S.RETURNED),
        ("fedex", "ZZ", None, S.UNKNOWN),
    ],
)
def test_the_finer_word_counts_and_an_unknown_one_leaves_the_status(
    teller: str, status: str, finer: str | None, meaning: S
) -> None:
    assert meanings_of(teller).of(status, finer) is meaning


def test_every_table_names_its_origin() -> None:
    assert {"17track", "aftership", "karrio", "shopify"} < TELLERS
    assert all(len(meanings_of(teller).origin) > 40 for teller in TELLERS)


def test_a_finer_word_never_says_delivered_where_the_status_does_not() -> None:
    for teller in ("17track", "aftership"):
        table = meanings_of(teller)
        delivered = {word for word, meaning in table.sub_statuses.items() if meaning is S.DELIVERED}
        assert {word.split("_")[0] for word in delivered} == {"delivered"}


def test_17track_s_table_is_whole() -> None:
    table = meanings_of("17track")
    assert (len(table.statuses), len(table.sub_statuses)) == (9, 30)


def test_the_shopify_adapter_reads_its_events_by_the_same_meanings() -> None:
    plain = {"id": 1, "order_id": 2, "fulfillment_id": 3, "happened_at": "2026-03-20T10:00:00Z"}
    table = meanings_of("shopify")
    for word in (*table.statuses, *map(str.upper, table.statuses), "newly_invented"):
        told = msgspec.convert({**plain, "status": word}, FulfilmentEvent)
        assert fulfilments.webhook_event(told).status is table.of(word)


def test_whose_words_nobody_mapped_has_no_table() -> None:
    with pytest.raises(FileNotFoundError, match="nobody"):
        meanings_of("nobody")


def test_every_state_is_explained_in_the_documentation() -> None:
    states = (ROOT / "docs" / "tracking.md").read_text().partition("\n## States\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", states, re.MULTILINE) == [state.value for state in S]
