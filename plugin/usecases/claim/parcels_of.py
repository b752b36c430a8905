"""How a claim's goods travel back, as the shop's platform is to say it: labels of ours, and what shoppers told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.ids import LineId
from plugin.domain.returning.label import Label, LabelledLine, LabelState
from plugin.domain.shop import Shop
from plugin.ports.platform_returns import Travel, Units
from plugin.ports.secrets import Secrets
from plugin.usecases.claim.return_ask import Parcel
from plugin.usecases.prove_shopper import label_token

_USED = frozenset({LabelState.ISSUED, LabelState.CLOSED})
"""A label is closed once its parcel was handed over; the parcel still travels by it."""


def parcels_of(
    claim: Claim, labels: Sequence[Label], shop: Shop, secrets: Secrets, public_url: str | None
) -> tuple[Parcel, ...]:
    """Each parcel with its label's address and the number it travels under; the shopper's own word comes last.

    A parcel is known by its label, else by its number: several may hold units of the same line. A number that is on no
    label is that of a label for the same units whose own number nobody named, if there is one.
    """
    found = {
        str(label.id): Parcel(_units(label.lines), _labelled(label, shop, secrets, public_url))
        for label in _used(claim, labels)
    }
    numbers = {parcel.travel.number for parcel in found.values()}
    told = dict(_told(claim))
    unnamed = [key for key, parcel in found.items() if parcel.travel.number not in told]
    for number, units in told.items():
        if number not in numbers:
            key = next((key for key in unnamed if set(found[key].units) == set(units)), number)
            label = found[key].travel.label if key in unnamed else None
            unnamed = [each for each in unnamed if each != key]
            found[key] = Parcel(units, Travel(number, None, label))
    return tuple(_beside([parcel for parcel in found.values() if parcel.travel != Travel()]))


def _used(claim: Claim, labels: Sequence[Label]) -> Sequence[Label]:
    """Labels that tell of a parcel, oldest first; the newest count, as far as the claim's units go."""
    left = Counter[LineId]()
    for line in claim.lines:
        left[line.order_line] += line.quantity
    replaced, used = {label.replaces for label in labels}, list[Label]()
    for label in reversed(labels):
        is_told = label.state in _USED and (label.file is not None or label.carriage is not None)
        holds = Counter({each.line: each.quantity for each in label.lines})
        if is_told and label.id not in replaced and holds <= left:
            left -= holds
            used.insert(0, label)
    return used


def _beside(parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Each with what the others are known by."""
    for parcel in parcels:
        others = [other.travel for other in parcels if other is not parcel]
        names = {name for travel in others for name in (travel.number, travel.label) if name}
        yield replace(parcel, travel=replace(parcel.travel, beside=tuple(sorted(names))))


def _units(lines: Iterable[LabelledLine]) -> tuple[Units, ...]:
    counted = Counter[LineId]()
    for line in lines:
        counted[line.line] += line.quantity
    return tuple(Units(line, count) for line, count in counted.items())


def _labelled(label: Label, shop: Shop, secrets: Secrets, public_url: str | None) -> Travel:
    address = f"{public_url}/s/{shop.key}/labels/{label_token(secrets, shop.id, label.id)}.pdf"
    carriage = label.carriage
    return Travel(
        number=carriage.tracking if carriage else None,
        url=carriage.tracking_url if carriage else None,
        label=address if public_url and label.file is not None else None,
    )


def _told(claim: Claim) -> Iterator[tuple[str, tuple[Units, ...]]]:
    """What shoppers said they sent, by the number they named: one number is one parcel."""
    by_number: dict[str, list[LabelledLine]] = {}
    for line in claim.lines:
        number = line.sending.tracking if line.sending else None
        if number and line.leg is not ReturnState.NOT_REQUIRED:
            by_number.setdefault(number, []).append(LabelledLine(line.order_line, line.quantity))
    for number, lines in by_number.items():
        yield number, _units(lines)
