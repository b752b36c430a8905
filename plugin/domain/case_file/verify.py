"""Whether bytes are a case file as it was made, and what of it does not hold.

The record is judged entry by entry before the signature is, because it can say where something was changed; whatever
else was changed, the signature finds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import chain

import msgspec

from plugin.domain.case_file.case_file import FORMAT, CaseFile, FiledEntry, SignedCaseFile
from plugin.domain.case_file.contents import cited, claim_of, letters_of
from plugin.domain.case_file.signed import file_bytes, signature_of, signed_bytes
from plugin.domain.claim.record import FIRST, BrokenChain, Entry, Private, read_entry, seal_of
from plugin.domain.claim.replay import replay
from plugin.domain.decoding import decoder
from plugin.domain.errors import DomainError
from plugin.domain.ids import ClaimId

_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What comes of bytes that are no JSON, or nested beyond all reason."""
Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether a signature (second) of a message (third) was made with the key whose public half is the first."""


class Part(StrEnum):
    """What does not hold."""

    FORM = "form"
    """It is no case file of this format, or is not written the one way such a file is written."""
    HASH = "hash"
    """An entry is not what was written, or not where it was written; `entry` says the first."""
    WORDS = "words"
    """The words of an entry are not those that were sealed; `entry` says the first."""
    SUMMARY = "summary"
    """What is told of the claim, its letters or what was cited is not what the record tells."""
    KEY = "key"
    """It was signed with another key than the one that was expected."""
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that does not hold; `entry` counts from one."""

    part: Part
    entry: int | None = None


def read_case_file(data: bytes) -> SignedCaseFile | None:
    """The file, if these bytes are one in form; nothing is said of whether it holds."""
    try:
        file = decoder(SignedCaseFile).decode(data)
    except _UNREADABLE:
        return None
    return file if file.case.format == FORMAT and file_bytes(file) == data else None


def verify_case_file(data: bytes, verify: Verify, expected_key: bytes | None = None) -> Fault | None:
    """The first thing that does not hold; None: the file is as it was made.

    `expected_key`: the public key the issuer publishes; without it the file is only known to agree with itself and with
    whoever holds the key it names.
    """
    file = read_case_file(data)
    if file is None:
        return Fault(Part.FORM)
    return next(chain(_of_record(file.case), _of_signature(file, verify, expected_key)), None)


def _of_record(case: CaseFile) -> Iterator[Fault]:
    previous, entries = FIRST, list[Entry]()
    for at, filed in enumerate(case.record, start=1):
        entry = _entry(filed, case.claim.id, at, previous)
        if entry is None:
            yield Fault(Part.HASH, at)
            return
        if not _are_words_sealed(entry, filed):
            yield Fault(Part.WORDS, at)
            return
        entries.append(entry)
        previous = entry.hash
    if not _is_summed_up(case, entries):
        yield Fault(Part.SUMMARY)


def _entry(filed: FiledEntry, claim: str, at: int, previous: str) -> Entry | None:
    """The entry, if its body has this hash and stands where it was written."""
    body = filed.body.encode()
    if sha256(body).hexdigest() != filed.hash:
        return None
    private = Private(filed.words.text, filed.words.salt) if filed.words else None
    try:
        entry, of = read_entry(body, private), msgspec.json.decode(body)["claim"]
    except (BrokenChain, KeyError, TypeError, *_UNREADABLE):
        return None
    return entry if (of, entry.seq, entry.previous) == (claim, at, previous) else None


def _are_words_sealed(entry: Entry, filed: FiledEntry) -> bool:
    if entry.private is None:
        return filed.is_erased == (entry.seal is not None)
    try:
        return not filed.is_erased and entry.seal == seal_of(entry.private)
    except ValueError:
        return False


def _is_summed_up(case: CaseFile, entries: list[Entry]) -> bool:
    try:
        told = claim_of(replay(ClaimId(case.claim.id), entries))
    except DomainError:
        return False
    return (told, letters_of(entries), cited(entries)) == (case.claim, case.letters, case.law.cited)


def _of_signature(file: SignedCaseFile, verify: Verify, expected_key: bytes | None) -> Iterator[Fault]:
    try:
        key, value = bytes.fromhex(file.signature.public_key), bytes.fromhex(file.signature.value)
    except ValueError:
        yield Fault(Part.SIGNATURE)
        return
    if signature_of(key, value) != file.signature or not verify(key, value, signed_bytes(file.case)):
        yield Fault(Part.SIGNATURE)
    elif expected_key is not None and key != expected_key:
        yield Fault(Part.KEY)
