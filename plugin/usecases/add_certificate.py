"""Add a document of products: sniffed, bounded, listed at the products its scope means while it is valid."""

from dataclasses import dataclass
from datetime import date, datetime

from plugin.domain.certificates import Certificate, CertificateKind, sniffed
from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.policy.scope import Scope
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """A document as it was filled in."""

    kind: CertificateKind
    name: str
    scope: Scope
    issued_on: date | None
    expires_on: date | None
    content: bytes


def add_certificate(
    given: NewCertificate, *, merchant: MerchantId, by: StaffId | None, units: Units, ids: Ids, now: datetime
) -> Certificate:
    """The document as recorded. Raises `FileRefused` on a file that is not kept, `Invalid` on the rest."""
    certificate = Certificate(
        id=ids.new(),
        kind=given.kind,
        name=_name(given.name),
        scope=given.scope,
        issued_on=given.issued_on,
        expires_on=_expiry(given),
        file=sniffed(given.content),
        added_at=now,
        added_by=by,
    )
    with units(merchant) as unit:
        unit.certificates.add(certificate, given.content)
        unit.commit()
    return certificate


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid({"field": "name"})
    return name


def _expiry(given: NewCertificate) -> date | None:
    if given.expires_on and given.issued_on and given.expires_on < given.issued_on:
        raise Invalid({"field": "expires_on"})
    return given.expires_on
