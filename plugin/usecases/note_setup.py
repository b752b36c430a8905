"""Keep what somebody says of a step of their shop's setup, or take back what was said."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import MerchantId, ShopId, StaffId
from plugin.domain.setup_word import SetupSaid, SetupStep, SetupWord
from plugin.ports.unit_of_work import Units


@dataclass(frozen=True, slots=True)
class SetupNote:
    """What somebody says of a step; `said` None: they take back what was said."""

    shop: ShopId
    step: SetupStep
    said: SetupSaid | None
    by: StaffId


def note_setup(note: SetupNote, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """Raises `NotFound` for a shop that is not the merchant's."""
    with units(merchant) as unit:
        shop = unit.shops.get(note.shop).id
        if note.said is None:
            unit.setup_words.remove(shop, note.step)
        else:
            unit.setup_words.save(SetupWord(shop, note.step, note.said, note.by, now))
        unit.commit()
