"""Show a staff member the admin in another language from now on."""

from plugin.domain.ids import MerchantId, StaffId
from plugin.ports.unit_of_work import Units


def choose_language(language: str, *, of: StaffId, merchant: MerchantId, units: Units) -> None:
    """Keep it with the member; whom an owner has removed meanwhile stays as they are."""
    with units(merchant) as unit:
        unit.staff.choose_language(of, language)
        unit.commit()
