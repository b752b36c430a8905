"""Which parcel is said of which return, when a claim's goods are in several: each unit of it of one return alone."""

from collections import Counter
from collections.abc import Sequence

from plugin.domain.claim.share import Share
from plugin.domain.claim.wanted_return import Phase
from plugin.domain.ids import LineId
from plugin.ports.platform_returns import Units
from plugin.usecases.claim.return_ask import Parcel


def laid_parcels(parcels: Sequence[Parcel], shares: Sequence[Share]) -> dict[str, tuple[Parcel, ...]]:
    """By return: the parcels, or parts of parcels, that bring its units.

    A parcel goes into one return where one has room for all of it. One for which there is no room in all of them
    together is said nowhere; where parcels name the same units, the last one counts.
    """
    room: dict[str, Counter[LineId]] = {}
    for share in shares:
        room.setdefault(share.kept.id, Counter()).update(share.units(Phase.HERE, Phase.COMING))
    laid: dict[str, tuple[Parcel, ...]] = {}
    for parcel in reversed(parcels):
        for into, part in _parts(parcel, room).items():
            room[into] -= part
            held = Parcel(tuple(Units(line, count) for line, count in part.items()), parcel.travel)
            laid[into] = (held, *laid.get(into, ()))
    return laid


def _parts(parcel: Parcel, room: dict[str, Counter[LineId]]) -> dict[str, Counter[LineId]]:
    left = Counter[LineId]()
    for unit in parcel.units:
        left[unit.line] += unit.quantity
    whole = next((into for into, free in room.items() if left <= free), None)
    if whole is not None:
        return {whole: left}
    parts: dict[str, Counter[LineId]] = {}
    for into, free in room.items():
        if part := left & free:
            parts[into] = part
            left -= part
    return {} if left else parts
