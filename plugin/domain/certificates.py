"""Certificates and other documents of products: what they prove, for which goods, and until when they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from plugin.domain.errors import Invalid
from plugin.domain.ids import StaffId
from plugin.domain.policy.scope import EVERYTHING, Item, Scope, matches

MOST_BYTES = 1_500_000
WARN_BEFORE = timedelta(days=30)
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


class CertificateKind(StrEnum):
    """What a document is."""

    CE = "ce"
    UKCA = "ukca"
    ROHS = "rohs"
    FDA = "fda"
    FCC = "fcc"
    TEST_REPORT = "test_report"
    MANUAL = "manual"
    SPARE_PARTS = "spare_parts"
    """Spare parts and how to repair, as Directive (EU) 2024/1799 and the ecodesign rules want told."""
    OTHER = "other"


class Expiry(StrEnum):
    """How a document's last day concerns the merchant: time to see to a successor, or shown no longer."""

    SOON = "soon"
    EXPIRED = "expired"


class FileRefused(Invalid):
    """A file that is too large, empty, or of no kind that is kept."""

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was given: `media_type` is what its first bytes say, never what its name says."""

    media_type: str
    size: int
    digest: str
    """SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One document of some products. `expires_on` is the last day it is valid; None: it does not expire."""

    id: str
    kind: CertificateKind
    name: str
    scope: Scope
    issued_on: date | None
    expires_on: date | None
    file: StoredFile
    added_at: datetime
    added_by: StaffId | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether it may be shown: an expired proof is none."""
        return self.expires_on is None or day <= self.expires_on

    def expiry_on(self, day: date) -> Expiry | None:
        """What the merchant should know on a day; None: nothing yet."""
        if not self.is_valid_on(day):
            return Expiry.EXPIRED
        is_soon = self.expires_on is not None and self.expires_on - WARN_BEFORE <= day
        return Expiry.SOON if is_soon else None


def due(certificates: Iterable[Certificate], day: date) -> tuple[tuple[Certificate, Expiry], ...]:
    """The documents that need a successor, the first to expire first."""
    found = ((each, each.expiry_on(day)) for each in certificates)
    named = [(each, expiry) for each, expiry in found if expiry is not None]
    return tuple(sorted(named, key=lambda one: (one[0].expires_on or date.max, one[0].id)))


def shown_for(item: Item, certificates: Iterable[Certificate], day: date) -> tuple[Certificate, ...]:
    """The documents to list at a product, by kind and name: valid ones whose scope surely means it."""
    shown = [each for each in certificates if each.is_valid_on(day) and matches(each.scope, item) is True]
    return tuple(sorted(shown, key=lambda each: (list(CertificateKind).index(each.kind), each.name, each.id)))


def sniffed(content: bytes, *, most: int = MOST_BYTES) -> StoredFile:
    """What a file is by its own bytes: PDF, PNG or JPEG; raises `FileRefused`."""
    media_type = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if media_type is None:
        raise FileRefused({"field": "file", "why": "kind"})
    if len(content) > most:
        raise FileRefused({"field": "file", "why": "size"})
    return StoredFile(media_type, len(content), sha256(content).hexdigest())


def scope_of(products: Iterable[str]) -> Scope:
    """The scope that means these products (their platform's ids), or everything when none is named."""
    named = frozenset(product.strip() for product in products if product.strip())
    return Scope(products=named) if named else EVERYTHING
