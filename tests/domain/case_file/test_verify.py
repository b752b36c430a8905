"""A case file holds as it was made, and whatever is changed in it is found and named."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.system.signer import is_signed
from plugin.domain.case_file.case_file import CaseFile, FiledEntry, Words
from plugin.domain.case_file.signed import key_id, sign_case
from plugin.domain.case_file.verify import Fault, Part, read_case_file, verify_case_file
from plugin.domain.claim.record import canonical
from tests.support.case_files import OTHER, SIGNER, a_case_file, a_signed_file

FILE, CASE = a_signed_file(), a_case_file()


def fault(data: bytes, key: bytes | None = None) -> Fault | None:
    return verify_case_file(data, is_signed, key)


def signed(case: CaseFile) -> bytes:
    """Made by somebody who holds the key, so that the signature says nothing."""
    return sign_case(case, SIGNER.sign, SIGNER.public_key)


def with_entry(number: int, **changed: object) -> CaseFile:
    record = list(CASE.record)
    record[number - 1] = replace(record[number - 1], **changed)  # type: ignore[arg-type]  # fields of the entry
    return replace(CASE, record=tuple(record))


def test_a_file_holds_as_it_was_made_and_for_the_key_that_made_it() -> None:
    assert fault(FILE) is None
    assert fault(FILE, SIGNER.public_key) is None


def test_the_same_case_gives_the_same_bytes() -> None:
    assert a_signed_file() == FILE


def test_every_changed_byte_is_found() -> None:
    missed = [at for at in range(len(FILE)) if fault(FILE[:at] + bytes([FILE[at] ^ 1]) + FILE[at + 1 :]) is None]
    assert missed == []


@given(st.integers(0, len(FILE) - 1), st.integers(0, 255))
def test_a_byte_changed_to_any_other_is_found(at: int, to: int) -> None:
    changed = FILE[:at] + bytes([to]) + FILE[at + 1 :]
    assert (fault(changed) is None) == (changed == FILE)


@given(st.integers(0, len(FILE)), st.binary(min_size=1, max_size=3))
def test_a_byte_more_or_less_is_found(at: int, more: bytes) -> None:
    assert fault(FILE[:at] + more + FILE[at:]) is not None
    assert fault(FILE[:at]) is None or at < len(FILE)
    assert fault(FILE[: -len(more)]) is not None


def test_a_changed_entry_is_named_before_the_signature_is() -> None:
    number = next(at for at, entry in enumerate(CASE.record, 1) if '"worn"' in entry.body)
    body = CASE.record[number - 1].body.replace('"worn"', '"lost"')
    assert fault(signed(with_entry(number, body=body))) == Fault(Part.HASH, number)
    assert fault(FILE.replace(rb"\"worn\"", rb"\"lost\"")) == Fault(Part.HASH, number)


@pytest.mark.parametrize("body", ["", "[]", "1", '{"claim":"claim1"}', "\u0000", "[" * 5000])
def test_a_body_that_is_no_entry_is_named(body: str) -> None:
    assert fault(signed(with_entry(2, body=body, hash=sha256(body.encode()).hexdigest()))) == Fault(Part.HASH, 2)


def test_an_entry_left_out_is_named_where_it_is_missing() -> None:
    shorter = replace(CASE, record=(*CASE.record[:2], *CASE.record[3:]))
    assert fault(signed(shorter)) == Fault(Part.HASH, 3)


def test_entries_left_out_at_the_end_are_found_by_what_is_told_of_the_claim() -> None:
    assert fault(signed(replace(CASE, record=CASE.record[:-1]))) == Fault(Part.SUMMARY)


@pytest.mark.parametrize("words", [Words("Neu.", "0" * 32), Words("Getragen.", "0" * 32), Words("Getragen.", "salt")])
def test_words_that_were_not_sealed_are_named(words: Words) -> None:
    number = next(at for at, entry in enumerate(CASE.record, 1) if entry.words)
    assert fault(signed(with_entry(number, words=words))) == Fault(Part.WORDS, number)


def test_erased_words_are_no_fault_but_words_taken_away_are() -> None:
    number = next(at for at, entry in enumerate(CASE.record, 1) if entry.words)
    assert fault(signed(with_entry(number, words=None, is_erased=True))) is None
    assert fault(signed(with_entry(number, words=None))) == Fault(Part.WORDS, number)
    assert fault(signed(with_entry(1, is_erased=True))) == Fault(Part.WORDS, 1)


def test_a_summary_that_tells_otherwise_is_found() -> None:
    other = replace(CASE, claim=replace(CASE.claim, number="R-9"))
    assert fault(signed(other)) == Fault(Part.SUMMARY)
    assert fault(signed(replace(CASE, letters=()))) == Fault(Part.SUMMARY)


def test_what_the_record_does_not_tell_is_found_by_the_signature() -> None:
    changed = FILE.replace(b"ida@example.com", b"eve@example.com")
    assert changed != FILE
    assert fault(changed) == Fault(Part.SIGNATURE)


def test_a_file_signed_with_another_key_is_found_by_whoever_knows_the_issuers() -> None:
    forged = a_signed_file(OTHER)
    assert fault(forged) is None
    assert fault(forged, SIGNER.public_key) == Fault(Part.KEY)


def test_a_key_exchanged_without_signing_anew_is_found() -> None:
    document: dict[str, Any] = json.loads(FILE)
    document["signature"] |= {"public_key": OTHER.public_key.hex(), "key_id": key_id(OTHER.public_key)}
    assert fault(canonical(document)) == Fault(Part.SIGNATURE)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff", b'{"case":{},"signature":{}}', b'{"x":' + b"[" * 5000, FILE + b"\n"]
)
def test_what_is_no_case_file_is_said_to_be_none(data: bytes) -> None:
    assert fault(data) == Fault(Part.FORM)


def test_the_same_document_written_another_way_is_no_case_file() -> None:
    assert fault(json.dumps(json.loads(FILE)).encode()) == Fault(Part.FORM)
    assert fault(FILE.replace(b"aftercare-case-file/1", b"aftercare-case-file/2")) == Fault(Part.FORM)


def test_a_field_that_nobody_knows_is_found() -> None:
    document: dict[str, Any] = json.loads(FILE)
    document["case"]["settled_by"] = "nobody"
    assert fault(canonical(document)) == Fault(Part.FORM)


def test_what_is_read_is_what_was_written() -> None:
    file = read_case_file(FILE)
    assert file is not None
    assert file.case == CASE
    assert {type(entry) for entry in file.case.record} == {FiledEntry}
    assert msgspec.json.decode(FILE)["signature"]["key_id"] == key_id(SIGNER.public_key)
