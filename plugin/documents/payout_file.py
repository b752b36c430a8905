"""Payouts as files for a bank: SEPA credit transfers (ISO 20022 pain.001.001.09), and a table of everything as CSV."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from xml.etree import ElementTree as ET

from plugin.documents.spreadsheet import table as spreadsheet
from plugin.domain.money import Money, exponent
from plugin.domain.refund.payee import BankAccount
from plugin.domain.refund.payout import Payout

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_LONGEST = {"id": 35, "name": 70, "note": 140}
_FOREIGN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
COLUMNS = ("reference", "amount", "currency", "holder", "iban", "bic", "service", "account", "note")


def sepa_file(
    payouts: Sequence[Payout], debtor: BankAccount, *, message_id: str, execute_on: date, now: datetime
) -> bytes:
    """One message with one payment block, in the order given. Raises `ValueError` for none, or one that is not SEPA.

    `now` aware UTC. Names and notes are kept to the characters every SEPA bank takes (EPC217-08): letters lose their
    marks, anything else becomes a full stop. The same message id lets a bank refuse the file handed in twice.
    """
    if not payouts or not all(payout.is_sepa for payout in payouts):
        raise ValueError("a SEPA file holds payments in euros to an IBAN, at least one")
    root = ET.Element("Document", {"xmlns": NAMESPACE})
    message = ET.SubElement(root, "CstmrCdtTrfInitn")
    header = ET.SubElement(message, "GrpHdr")
    _text(header, "MsgId", _latin(message_id, "id"))
    _text(header, "CreDtTm", now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _totals(header, payouts)
    _text(ET.SubElement(header, "InitgPty"), "Nm", _latin(debtor.holder, "name"))
    _block(message, payouts, debtor, _latin(message_id, "id"), execute_on)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made + b"\n"


def table(payouts: Sequence[Payout]) -> bytes:
    """Every payout as one row; a cell that a spreadsheet would run is kept as text."""
    return b"".join(spreadsheet(COLUMNS, map(_cells, payouts)))


def _block(message: ET.Element, payouts: Sequence[Payout], debtor: BankAccount, block_id: str, on: date) -> None:
    block = ET.SubElement(message, "PmtInf")
    _text(block, "PmtInfId", block_id)
    _text(block, "PmtMtd", "TRF")
    _totals(block, payouts)
    _text(ET.SubElement(ET.SubElement(block, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _text(ET.SubElement(block, "ReqdExctnDt"), "Dt", on.isoformat())
    _text(ET.SubElement(block, "Dbtr"), "Nm", _latin(debtor.holder, "name"))
    _account(block, "DbtrAcct", debtor)
    _bank(block, "DbtrAgt", debtor)
    _text(block, "ChrgBr", "SLEV")
    for payout in payouts:
        _transfer(block, payout)


def _transfer(block: ET.Element, payout: Payout) -> None:
    payee = payout.payee
    assert isinstance(payee, BankAccount)  # noqa: S101 - `sepa_file` has looked; this tells the type checker
    transfer = ET.SubElement(block, "CdtTrfTxInf")
    _text(ET.SubElement(transfer, "PmtId"), "EndToEndId", _latin(payout.reference, "id"))
    amount = _text(ET.SubElement(transfer, "Amt"), "InstdAmt", _decimal(payout.amount))
    amount.set("Ccy", payout.amount.currency)
    if payee.bic:
        _bank(transfer, "CdtrAgt", payee)
    _text(ET.SubElement(transfer, "Cdtr"), "Nm", _latin(payee.holder, "name"))
    _account(transfer, "CdtrAcct", payee)
    _text(ET.SubElement(transfer, "RmtInf"), "Ustrd", _latin(payout.note, "note"))


def _totals(parent: ET.Element, payouts: Sequence[Payout]) -> None:
    _text(parent, "NbOfTxs", str(len(payouts)))
    total = Money(sum(payout.amount.minor for payout in payouts), payouts[0].amount.currency)
    _text(parent, "CtrlSum", _decimal(total))


def _account(parent: ET.Element, tag: str, account: BankAccount) -> None:
    _text(ET.SubElement(ET.SubElement(parent, tag), "Id"), "IBAN", account.iban)


def _bank(parent: ET.Element, tag: str, account: BankAccount) -> None:
    bank = ET.SubElement(ET.SubElement(parent, tag), "FinInstnId")
    if account.bic:
        _text(bank, "BICFI", account.bic)
    else:
        _text(ET.SubElement(bank, "Othr"), "Id", "NOTPROVIDED")


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = text
    return element


def _latin(text: str, kind: str) -> str:
    """No leading or doubled slash either: banks read those as codes."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub("/{2,}", "/", _FOREIGN.sub(".", plain)).strip(" /")
    return plain[: _LONGEST[kind]].rstrip(" /") or "."


def _decimal(amount: Money) -> str:
    return f"{amount.decimal():.{exponent(amount.currency)}f}"


def _cells(payout: Payout) -> tuple[str, ...]:
    payee, amount = payout.payee, payout.amount
    if isinstance(payee, BankAccount):
        account = (payee.holder, payee.iban, payee.bic or "", "", "")
    else:
        account = (payee.holder, "", "", payee.service, payee.account)
    return (payout.reference, _decimal(amount), amount.currency, *account, payout.note)
