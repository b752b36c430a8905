"""Put on record that a member of the staff saw somebody's personal data: once a day for each claim or order."""

from plugin.domain.ids import MerchantId
from plugin.domain.personal_view import PersonalView
from plugin.ports.unit_of_work import Units


def record_view(view: PersonalView, *, merchant: MerchantId, units: Units) -> bool:
    """Whether it was news. A look that is known already is only read for, so that reloading waits for no writer."""
    with units.read(merchant) as unit:
        if unit.claim_desk.is_view_known(view):
            return False
    with units(merchant) as unit:
        unit.claim_desk.add_view(view)
        unit.commit()
    return True
