"""How a claim's goods travel back, as the shop's platform is to say it: labels of ours, and what shoppers told."""

from collections.abc import Iterator, Sequence

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.returning.label import Label, LabelState
from plugin.domain.shop import Shop
from plugin.ports.platform_returns import Travel, Units
from plugin.ports.secrets import Secrets
from plugin.usecases.claim.return_steps import Parcel
from plugin.usecases.prove_shopper import label_token

_USED = frozenset({LabelState.ISSUED, LabelState.CLOSED})
"""A label is closed once its parcel was handed over; the parcel still travels by it."""


def parcels_of(
    claim: Claim, labels: Sequence[Label], shop: Shop, secrets: Secrets, public_url: str | None
) -> tuple[Parcel, ...]:
    """Each parcel with its label's address and the number it travels under; the shopper's own word comes last.

    Of several labels for the same goods the newest counts.
    """
    found: dict[tuple[Units, ...], Travel] = {}
    for label in labels:
        if label.state in _USED and (label.file is not None or label.carriage is not None):
            units = tuple(Units(each.line, each.quantity) for each in label.lines)
            found[units] = _labelled(label, shop, secrets, public_url)
    for units, number in _told(claim):
        old = found.get(units, Travel())
        found[units] = old if number == old.number else Travel(number, None, old.label)
    return tuple(Parcel(units, travel) for units, travel in found.items() if travel != Travel())


def _labelled(label: Label, shop: Shop, secrets: Secrets, public_url: str | None) -> Travel:
    address = f"{public_url}/s/{shop.key}/labels/{label_token(secrets, shop.id, label.id)}.pdf"
    carriage = label.carriage
    return Travel(
        number=carriage.tracking if carriage else None,
        url=carriage.tracking_url if carriage else None,
        label=address if public_url and label.file is not None else None,
    )


def _told(claim: Claim) -> Iterator[tuple[tuple[Units, ...], str]]:
    """What shoppers said they sent, by the number they named: one number is one parcel."""
    by_number: dict[str, list[ClaimLine]] = {}
    for line in claim.lines:
        number = line.sending.tracking if line.sending else None
        if number and line.leg is not ReturnState.NOT_REQUIRED:
            by_number.setdefault(number, []).append(line)
    for number, lines in by_number.items():
        yield tuple(Units(line.order_line, line.quantity) for line in lines), number
