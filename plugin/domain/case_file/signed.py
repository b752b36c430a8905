"""The bytes of a case file: canonical JSON, so that there is exactly one way to write a case and its signature."""

from collections.abc import Callable
from hashlib import sha256

from plugin.domain.case_file.case_file import Algorithm, CaseFile, Signature, SignedCaseFile
from plugin.domain.claim.record import canonical

_ID_DIGITS = 16

Sign = Callable[[bytes], bytes]
"""An Ed25519 signature (64 bytes) of a message."""


def key_id(public_key: bytes) -> str:
    """What a key is called where it is printed: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(public_key).hexdigest()[:_ID_DIGITS]


def signed_bytes(case: CaseFile) -> bytes:
    """What is signed, and what stands in the file."""
    return canonical(case)


def sign_case(case: CaseFile, sign: Sign, public_key: bytes) -> bytes:
    """The file: case and signature."""
    return file_bytes(SignedCaseFile(case, signature_of(public_key, sign(signed_bytes(case)))))


def signature_of(public_key: bytes, value: bytes) -> Signature:
    """The signature as the file writes it."""
    return Signature(Algorithm.ED25519, key_id(public_key), public_key.hex(), value.hex())


def file_bytes(file: SignedCaseFile) -> bytes:
    """The one way to write this file."""
    return canonical(file)
