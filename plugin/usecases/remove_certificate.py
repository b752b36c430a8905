"""Take a document of products back; its file is forgotten."""

from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def remove_certificate(certificate: str, *, merchant: MerchantId, units: Units) -> None:
    """Raises `NotFound`."""
    with units(merchant) as unit:
        unit.certificates.remove(certificate)
        unit.commit()
