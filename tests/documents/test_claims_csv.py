"""The export of claims: what a spreadsheet reads is what the claims say, and nothing in it runs."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from plugin.documents.claims_csv import COLUMNS, claims_csv
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, ReturnState
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ClaimTrack, Tier
from plugin.domain.ids import ClaimId, LineId, OrderId, StaffId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault
from plugin.domain.remedy import Remedy
from plugin.ports.claim_views import ExportedClaim, ExportedLine
from tests.build import NOW

LINE = ExportedLine(
    no=1,
    order_line=LineId("11"),
    quantity=2,
    reason="defective",
    fault=Fault.SELLER,
    ground=Ground.LIABILITY,
    wanted=Remedy.REPAIR,
    decision=DecisionState.OTHER_REMEDY,
    remedy=Remedy.REFUND,
    remedy_state=RemedyState.OFFERED,
    leg=ReturnState.AWAITED,
    inspection=InspectionState.NOT_LOOKED_AT,
    disposition=Disposition.UNDECIDED,
    price=Money(4990, "EUR"),
)
CLAIM = ExportedClaim(
    id=ClaimId("claim1"),
    number="R-2C3D4F",
    shop_name="Nordkap, Süd",
    order_number="1001",
    track=ClaimTrack.CLAIM,
    status=ClaimStatus.IN_REVIEW,
    tier=Tier.FAST,
    country="DE",
    language="de",
    opened_at=NOW,
    changed_at=NOW,
    line=LINE,
    survey=SurveyAnswer.PARTLY,
)


def read(*claims: ExportedClaim) -> list[list[str]]:
    content = b"".join(claims_csv(claims))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_a_row_says_what_a_line_of_a_claim_says() -> None:
    header, row = read(CLAIM)
    assert header == list(COLUMNS)
    assert dict(zip(header, row, strict=True)) == {
        "claim": "R-2C3D4F",
        "shop": "Nordkap, Süd",
        "order": "1001",
        "track": "claim",
        "status": "in_review",
        "tier": "fast",
        "country": "DE",
        "language": "de",
        "opened_at": "2026-11-21T12:00:00Z",
        "changed_at": "2026-11-21T12:00:00Z",
        "line": "1",
        "order_line": "11",
        "quantity": "2",
        "reason": "defective",
        "fault": "seller",
        "ground": "liability",
        "wanted": "repair",
        "decision": "other_remedy",
        "remedy": "refund",
        "remedy_state": "offered",
        "return": "awaited",
        "inspection": "not_looked_at",
        "disposition": "undecided",
        "price": "49.90",
        "currency": "EUR",
        "carrier_claim": "",
        "carrier_reference": "",
        "carrier_paid": "",
        "survey": "partly",
    }


def test_what_the_carrier_is_asked_for_and_pays_stands_with_its_claim() -> None:
    asked = CarrierClaim(CLAIM.id, CLAIM.number, OrderId("order1"), (), Money(4990, "EUR"), 7, NOW, NOW, NOW)
    paid = asked.filed("=CL-77", StaffId("anna"), NOW).paid(Money(1500, "EUR"), StaffId("anna"), NOW)
    header, waiting, done = read(replace(CLAIM, carrier=asked), replace(CLAIM, carrier=paid))
    at = header.index("carrier_claim")
    assert (waiting[at:], done[at:]) == (["to_file", "", ""], ["accepted", "'=CL-77", "15.00"])


def test_a_claim_that_names_nothing_is_a_row_with_empty_cells() -> None:
    header, row = read(replace(CLAIM, line=None, country=None, survey=None))
    assert len(row) == len(header)
    assert row[header.index("country")] == ""
    assert set(row[header.index("line") :]) == {""}


def test_prices_keep_the_places_of_their_currency() -> None:
    prices = (Money(1234, "JPY"), Money(1234, "KWD"))
    rows = read(*(replace(CLAIM, line=replace(LINE, price=price)) for price in prices))[1:]
    assert [row[COLUMNS.index("price")] for row in rows] == ["1234", "1.234"]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(TEXTS, TEXTS, st.sampled_from("=+-@\t\r\n"))
def test_no_cell_is_run_and_none_is_lost(name: str, order: str, begins: str) -> None:
    shop = begins + name
    header, row = read(replace(CLAIM, shop_name=shop, order_number=order))
    assert signs(row[header.index("shop")]) == signs(shop)
    assert signs(row[header.index("order")]) == signs(order)
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def signs(text: str) -> list[str]:
    """What stands in a text, but for blanks, control characters and the apostrophes that keep it from being run."""
    return [sign for sign in text if sign.isprintable() and sign not in " '"]


def test_the_table_is_written_as_it_is_read() -> None:
    """Whoever takes two lines has read one claim, not all of them."""
    taken = []

    def claims() -> Iterator[ExportedClaim]:
        for number in range(1000):
            taken.append(number)
            yield CLAIM

    assert len(list(islice(claims_csv(claims()), 2))) == 2
    assert taken == [0]
