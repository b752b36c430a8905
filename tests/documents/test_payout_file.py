import csv
import io
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.documents.payout_file import COLUMNS, NAMESPACE, sepa_file, table
from plugin.domain.money import Money
from plugin.domain.refund.payee import BankAccount, Wallet
from plugin.domain.refund.payout import Payout

SHOP = BankAccount.parse("Nordlicht Outdoor GmbH", "DE89370400440532013000", "COBADEFFXXX")
SHOPPER = BankAccount.parse("Żaneta Wąsik", "PL61109010140000071219812874")
WALLET = Wallet.parse("Amina Odhiambo", "M-Pesa", "+254700000123")
NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
SCHEMA = {
    "Document": ["CstmrCdtTrfInitn"],
    "CstmrCdtTrfInitn": ["GrpHdr", "PmtInf"],
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "PmtInf": [
        *("PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt"),
        *("ChrgBr", "CdtTrfTxInf"),
    ],
    "CdtTrfTxInf": ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
}
"""The sequences of pain.001.001.09, as far as the file uses them; the standard fixes the order."""
TAG = f"{{{NAMESPACE}}}"


def a_payout(minor: int = 11158, reference: str = "R-1", **facts: object) -> Payout:
    fields = {"payee": SHOPPER, "amount": Money(minor, "EUR"), "note": "Zwrot zamówienia 2236", **facts}
    return Payout(reference=reference, **fields)  # type: ignore[arg-type]  # a test names fields of the payout


def sepa(*payouts: Payout) -> ET.Element:
    made = sepa_file(payouts, SHOP, message_id="PAY-1", execute_on=date(2026, 11, 23), now=NOW)
    return ET.fromstring(made)  # noqa: S314 - our own file


def texts(root: ET.Element, tag: str) -> list[str | None]:
    return [element.text for element in root.iter(TAG + tag)]


def test_every_element_stands_where_the_standard_wants_it() -> None:
    root = sepa(a_payout(), a_payout(500, "R-2", payee=SHOP))
    for element in root.iter():
        allowed = SCHEMA.get(element.tag.removeprefix(TAG))
        if allowed:
            places = [allowed.index(child.tag.removeprefix(TAG)) for child in element]
            assert places == sorted(places)
    assert root.tag == f"{TAG}Document"


def test_both_totals_are_the_sum_and_the_count_of_the_payments() -> None:
    root = sepa(a_payout(11158), a_payout(1, "R-2"))
    assert texts(root, "CtrlSum") == ["111.59", "111.59"]
    assert texts(root, "NbOfTxs") == ["2", "2"]
    assert texts(root, "InstdAmt") == ["111.58", "0.01"]
    assert [element.get("Ccy") for element in root.iter(f"{TAG}InstdAmt")] == ["EUR", "EUR"]


def test_a_payment_names_its_payee_account_reference_and_day() -> None:
    root = sepa(a_payout())
    assert texts(root, "IBAN") == [SHOP.iban, SHOPPER.iban]
    assert texts(root, "Nm") == ["Nordlicht Outdoor GmbH", "Nordlicht Outdoor GmbH", "Zaneta Wasik"]
    assert (texts(root, "EndToEndId"), texts(root, "Dt")) == (["R-1"], ["2026-11-23"])
    assert texts(root, "Ustrd") == ["Zwrot zamowienia 2236"]
    assert texts(root, "CreDtTm") == ["2026-11-22T05:00:00Z"]
    assert texts(root, "BICFI") == ["COBADEFFXXX"]


@given(st.text(min_size=1, max_size=200))
def test_whatever_a_note_holds_the_file_stays_well_formed_and_plain(note: str) -> None:
    (said,) = texts(sepa(a_payout(note=note)), "Ustrd")
    assert said
    assert len(said) <= 140
    assert said.isascii()
    assert not set(said) & set('<>&"\n')
    assert "//" not in said


@pytest.mark.parametrize("payouts", [(), (a_payout(payee=WALLET),), (a_payout(amount=Money(5, "SEK")),)])
def test_what_sepa_does_not_carry_is_not_put_into_the_file(payouts: tuple[Payout, ...]) -> None:
    with pytest.raises(ValueError, match="SEPA"):
        sepa(*payouts)


def read(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_the_table_has_every_payout_in_its_own_currency() -> None:
    rows = read(table([a_payout(), a_payout(1500, "R-2", payee=WALLET, amount=Money(1500, "KES")), _yen()]))
    assert [row["amount"] for row in rows] == ["111.58", "15.00", "980"]
    assert (rows[0]["iban"], rows[1]["service"]) == (SHOPPER.iban, "M-Pesa")
    assert rows[0]["holder"] == "Żaneta Wąsik"
    assert list(rows[0]) == list(COLUMNS)


def _yen() -> Payout:
    return a_payout(reference="R-3", amount=Money(980, "JPY"))


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", 'a "quoted", note\nin two lines'])
def test_no_cell_is_run_by_a_spreadsheet_and_none_is_lost(note: str) -> None:
    (row,) = read(table([a_payout(note=note)]))
    assert row["note"].replace("'", "").split() == note.split()
    assert not row["note"].startswith(("=", "+", "-", "@", "\t"))


def test_a_phone_number_is_a_text_for_the_spreadsheet() -> None:
    (row,) = read(table([a_payout(payee=WALLET)]))
    assert row["account"] == "'+254700000123"
