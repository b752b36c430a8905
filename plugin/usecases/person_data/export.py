"""Write all that is kept about somebody at once, for whoever runs the installation; nothing of it is kept."""

from collections.abc import Iterator
from datetime import datetime

from plugin.domain.shop import Shop
from plugin.usecases.person_data.gather import Whose, gather
from plugin.usecases.person_data.pack import PackMeans, archive, language_of_desk


def export_person(email: str, shop: Shop, *, means: PackMeans, now: datetime) -> Iterator[bytes] | None:
    """The archive's bytes; None where nothing is kept of anybody with this address in the shop."""
    with means.units.read(shop.merchant) as unit:
        person = unit.people.find(email.strip())
        gathered = gather(Whose(person, shop, means.issuer, now), unit) if person else None
        language = language_of_desk(unit)
    return archive(gathered, language, means.files, means.pack) if gathered else None
