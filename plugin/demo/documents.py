"""The product documents of the demo: valid ones to download, one to be renewed soon, one that has expired."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

from plugin.domain.certificates import CertificateKind
from plugin.domain.policy.scope import Scope
from plugin.usecases.add_certificate import NewCertificate

_LANTERN, _HEADLAMP = "502", "503"


def product_documents(today: date) -> Iterator[NewCertificate]:
    """Each as its owner would add it; `today` is the day of loading, from which their last days are counted."""
    yield _document(CertificateKind.CE, "EU declaration of conformity", _LANTERN, "ce.pdf", today + timedelta(days=480))
    yield _document(CertificateKind.MANUAL, "Manual", _LANTERN, "manual.pdf", None)
    yield _document(CertificateKind.ROHS, "RoHS test report", _LANTERN, "ce.pdf", today - timedelta(days=3))
    yield _document(CertificateKind.CE, "Headlamp declaration", _HEADLAMP, "ce.pdf", today + timedelta(days=20))


def _document(kind: CertificateKind, name: str, product: str, file: str, expires_on: date | None) -> NewCertificate:
    content = (files(__package__) / "data" / file).read_bytes()
    return NewCertificate(kind, name, Scope(products=frozenset({product})), None, expires_on, content)
