"""What a carrier is handed with a claim: the case, the goods with their value, and its own scans as proof."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

from plugin.documents.carrier_claim_file import COLUMNS, carrier_claim_file
from plugin.domain.ids import ClaimId
from plugin.domain.times import Source
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.usecases.claim.export_carrier_claim import export_carrier_claim
from tests.build import MERCHANT
from tests.domain.tracking.exceptions.parcels import DAY
from tests.domain.tracking.reports import S, at, scan
from tests.support.alerts import ParcelDesk, a_sent_order


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def lost(title: str = "Tent lantern") -> tuple[ParcelDesk, ClaimId]:
    order = a_sent_order()
    desk = ParcelDesk(replace(order, lines=(replace(order.lines[0], title=title),)))
    (alert,) = desk.hear(scan(S.IN_TRANSIT, 10, message="Picked up"), scan(S.LOST, 40, message="=Lost"), days=2)
    chosen = desk.choose(alert, Choice.REFUND, at(2 * DAY)).chosen
    assert chosen is not None
    assert chosen.claim is not None
    return desk, chosen.claim


def test_it_says_what_was_lost_what_it_was_worth_until_when_and_what_the_carrier_scanned() -> None:
    desk, claim = lost()
    facts = export_carrier_claim(claim, merchant=MERCHANT, units=desk.units)
    rows = rows_of(carrier_claim_file(facts))
    assert tuple(rows[0]) == COLUMNS
    case = {row["name"]: row for row in rows if row["part"] == "case"}
    assert (case["claim"]["value"], case["reason"]["value"]) == (facts.record.claim_number, "logistics.lost")
    assert (case["claimed"]["amount"], case["claimed"]["currency"]) == ("49.90", "EUR")
    assert case["notify_by"]["at"] == "2026-11-11T08:00:00Z"
    assert [(r["name"], r["quantity"], r["amount"]) for r in rows if r["part"] == "goods"] == [
        ("Tent lantern", "1", "49.90")
    ]
    proof = [(row["name"], row["at"], row["words"]) for row in rows if row["part"] == "proof"]
    assert proof == [
        ("handed_over", "2026-11-02T08:00:00Z", "dhl"),
        ("in_transit", "2026-11-02T18:00:00Z", "Picked up"),
        ("lost", "2026-11-04T00:00:00Z", "'=Lost"),
    ]


def test_the_shopper_is_not_named_in_it() -> None:
    desk, claim = lost()
    text = carrier_claim_file(export_carrier_claim(claim, merchant=MERCHANT, units=desk.units)).decode()
    assert not [each for each in ("Ida Holm", "ida@example.com", "Torstra") if each in text]


def test_what_the_team_noted_of_a_parcel_is_not_handed_to_its_carrier() -> None:
    desk, claim = lost()
    facts = export_carrier_claim(claim, merchant=MERCHANT, units=desk.units)
    noted = scan(S.EXCEPTION, 45, source=Source.MERCHANT, message="We think the depot burnt down")
    shipments = tuple(each.with_reports([*each.reports, noted]) for each in facts.shipments)
    assert "burnt down" not in carrier_claim_file(replace(facts, shipments=shipments)).decode()


def test_the_same_facts_are_the_same_bytes_and_no_cell_is_a_formula() -> None:
    desk, claim = lost("=HYPERLINK(1)")
    facts = export_carrier_claim(claim, merchant=MERCHANT, units=desk.units)
    assert carrier_claim_file(facts) == carrier_claim_file(facts)
    cells = [cell for row in rows_of(carrier_claim_file(facts)) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
