"""Hand over an uploaded file that a shop shows, byte for byte."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.quote_policy import known_shop


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was uploaded."""

    media_type: str
    content: bytes


def read_certificate(shop_key: str, certificate: str, *, directory: Directory, units: Units, now: datetime) -> File:
    """The file of a document that is still valid. Raises `NotFound`, `UnknownShop`."""
    shop = known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        found = next((each for each in unit.certificates.all() if each.id == certificate), None)
        if found is None or not found.is_valid_on(now.date()):
            raise NotFound({"file": certificate})
        return File(found.file.media_type, unit.certificates.content(certificate))


def read_artwork(shop_key: str, artwork: str, *, directory: Directory, units: Units) -> File:
    """The file of an artwork, byte for byte. Raises `NotFound`, `UnknownShop`."""
    shop = known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        found = next((each for each in unit.artworks.all() if each.id == artwork), None)
        if found is None:
            raise NotFound({"file": artwork})
        return File(found.file.media_type, unit.artworks.content(artwork))
