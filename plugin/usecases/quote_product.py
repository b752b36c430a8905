"""Say what a shop shows at a product beside its promise: documents, repair information, official artwork."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.artwork import Artwork, Label, artwork_of, label_for, notice_in
from plugin.domain.artwork_size import Size, size_of
from plugin.domain.certificates import Certificate, shown_for
from plugin.domain.clocks.engine import Law
from plugin.domain.legal_documents import prescribes_documents
from plugin.domain.policy.repair import RepairInformation, repair_for
from plugin.domain.policy.scope import Item
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Directory, UnitOfWork, Units
from plugin.usecases.look_up_items import UNKNOWN, look_up_item
from plugin.usecases.quote_policy import CountryNeeded, Wanted, checked_country, home_country, known_shop


@dataclass(frozen=True, slots=True)
class ShownArtwork:
    """An artwork with the size it gives itself, for its proportions; None where it names none."""

    artwork: Artwork
    size: Size | None


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A producer's guarantee that founds a label, with the label's artwork."""

    label: Label
    shown: ShownArtwork


@dataclass(frozen=True, slots=True)
class ProductQuote:
    """What is shown at a product. `country` is where the goods go; None where nobody chose one and none is named."""

    shop: Shop
    country: str | None
    certificates: tuple[Certificate, ...]
    repair: RepairInformation | None
    label: ShownLabel | None
    notice: ShownArtwork | None


def quote_product(  # noqa: PLR0913 - which product, for whom, and the ports it takes
    shop_key: str,
    country: str | None,
    wanted: Wanted,
    language: str,
    *,
    directory: Directory,
    units: Units,
    law: Law,
    now: datetime,
) -> ProductQuote:
    """What is valid at `now` (documents: on UTC's day); without a product, what holds for the whole shop.

    The notice is for goods that go where the law prescribes it (Regulation (EU) 2025/1960 Annex I), the label where a
    producer's guarantee founds it (Annex II). Raises `UnknownShop`, `NotACountry`.
    """
    chosen, shop = checked_country(country), known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        policy = unit.policies.in_force(now)
        item, place = _item(wanted, shop, unit), chosen or _home(policy)
        artworks = unit.artworks.all()
        label = label_for(item, policy)
        label_art = artwork_of(label, language, artworks) if label else None
        is_prescribed = prescribes_documents(law.rulebook.jurisdictions.get(place or ""))
        notice = notice_in(language, artworks) if is_prescribed else None
        return ProductQuote(
            shop,
            place,
            shown_for(item, unit.certificates.all(), now.date()),
            repair_for(item, policy.repairs if policy else ()),
            ShownLabel(label, _shown(label_art, unit)) if label and label_art else None,
            _shown(notice, unit) if notice else None,
        )


def _item(wanted: Wanted, shop: Shop, unit: UnitOfWork) -> Item:
    """What is known of the product; one that is not on record is at least itself."""
    if not wanted.product:
        return Item()
    found = look_up_item(wanted.product, wanted.sku, shop, unit)
    return Item(product=wanted.product) if found == UNKNOWN else found


def _home(policy: PolicyVersion | None) -> str | None:
    with suppress(CountryNeeded):
        return home_country(policy)
    return None


def _shown(artwork: Artwork, unit: UnitOfWork) -> ShownArtwork:
    return ShownArtwork(artwork, size_of(unit.artworks.content(artwork.id), artwork.file.media_type))
