"""Ask for the label of a parcel that is to go back: bought, uploaded, or an address slip, as the way back needs."""

from dataclasses import dataclass, field
from datetime import datetime

from plugin.domain.backoff import attempt_key
from plugin.domain.effects import IssueLabel
from plugin.domain.ids import ClaimId, LabelId, OrderId
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.policy.terms import MethodKind
from plugin.domain.returning.label import UPLOAD_NEEDED, Label, LabelledLine, LabelSource
from plugin.domain.returning.ways import LABELLED
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """A parcel of a claim. `wanted_until`: as long as the shopper may send it; `not_before`: buy no earlier."""

    claim: ClaimId
    claim_number: str
    order: OrderId
    to: ReturnAddress
    lines: tuple[LabelledLine, ...]
    way: MethodKind
    wanted_until: datetime | None = None
    grams: int | None = None
    not_before: datetime | None = field(default=None, kw_only=True)


def request_label(request: LabelRequest, *, unit: UnitOfWork, ids: Ids, now: datetime) -> Label:
    """The parcel's label, in the caller's transaction; asking again gives the one there is. Raises `NotFound`.

    A way whose label the shop pays for is bought where the merchant has an account for the shopper's country, else
    waits for an upload. Every other way gets an address slip, which is there at once.
    """
    for label in unit.labels.of_claim(request.claim):
        if label.is_live and label.is_for(request.claim, request.to, request.lines):
            return label
    label = _label(request, LabelId(ids.new()), _source(request, unit), now)
    unit.labels.save([label])
    queue_label(label, unit, now)
    return unit.labels.get(label.id)


def queue_label(label: Label, unit: UnitOfWork, now: datetime) -> None:
    """Queue the next attempt where it may begin, in the caller's transaction; each once an hour until it is made."""
    if label.due_at is not None and label.due_at <= now:
        unit.queue.add([IssueLabel(unit.merchant, label.id)], key=attempt_key(label.id, label.due_at, now))


def country_of(order: OrderId, unit: UnitOfWork) -> str | None:
    """Where the goods are sent from: to where they were delivered."""
    found = unit.orders.get(order).order
    return found.place.country or (found.shopper.delivery.country if found.shopper.delivery else None)


def _source(request: LabelRequest, unit: UnitOfWork) -> LabelSource:
    if request.way not in LABELLED:
        return LabelSource.ADDRESS
    account = unit.return_desk.settings().account
    is_sold = account is not None and account.carrying_from(country_of(request.order, unit)) is not None
    return LabelSource.PROVIDER if is_sold else LabelSource.UPLOADED


def _label(request: LabelRequest, label: LabelId, source: LabelSource, now: datetime) -> Label:
    asked = Label(
        id=label,
        claim=request.claim,
        order=request.order,
        claim_number=request.claim_number,
        source=source,
        to=request.to,
        lines=request.lines,
        created_at=now,
        changed_at=now,
        wanted_until=request.wanted_until,
        grams=request.grams,
    )
    return begun(asked, request.not_before or now, now)


def begun(label: Label, due_at: datetime, now: datetime) -> Label:
    """A label that was just asked for, as far as it comes by itself."""
    match label.source:
        case LabelSource.PROVIDER:
            return label.awaiting(due_at)
        case LabelSource.UPLOADED:
            return label.failed(UPLOAD_NEEDED, "", now)
        case LabelSource.ADDRESS:
            return label.issued(None, None, None, now)
