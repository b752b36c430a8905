"""A hub took a claim's parcel: it goes into the hub's open batch, once however often it is told."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import BatchId, ClaimId, OrderId
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.batch import BatchedParcel, HubBatch
from plugin.domain.returning.errors import UnknownReturnPlace
from plugin.domain.returning.label import LabelledLine
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HubReceipt:
    """A parcel at a hub, named by the id of its return address; `key` tells one parcel of ours from another.

    What is taken of a line of a claim has `parcel_key` for its key, by which the line follows its batch.
    """

    key: str
    hub: str
    claim: ClaimId
    claim_number: str
    order: OrderId
    lines: tuple[LabelledLine, ...] = ()
    grams: int | None = None


def receive_at_hub(receipt: HubReceipt, *, unit: UnitOfWork, ids: Ids, now: datetime) -> HubBatch:
    """The batch that holds the parcel, in the caller's transaction.

    Raises `UnknownReturnPlace`, `NotFound`, and `Conflict` when somebody else changes the hub's batch in this moment.
    """
    if known := unit.hub_batches.holding(receipt.key):
        return known
    hub = _hub(receipt.hub, unit, now)
    batch = unit.hub_batches.open_at(hub.id) or _new(hub, unit, ids, now)
    parcel = BatchedParcel(
        receipt.key, receipt.claim, receipt.order, receipt.claim_number, now, receipt.lines, receipt.grams
    )
    unit.hub_batches.save(batch.with_parcel(parcel))
    return unit.hub_batches.get(batch.id)


def hubs_in_force(unit: UnitOfWork, now: datetime) -> tuple[ReturnAddress, ...]:
    """The hubs that the policy in force names."""
    policy = unit.policies.in_force(now)
    return tuple(each for each in policy.return_addresses if each.is_hub) if policy else ()


def _new(hub: ReturnAddress, unit: UnitOfWork, ids: Ids, now: datetime) -> HubBatch:
    return HubBatch(BatchId(ids.new()), hub, unit.hub_batches.last_number(hub.id) + 1, now)


def _hub(name: str, unit: UnitOfWork, now: datetime) -> ReturnAddress:
    found = next((each for each in hubs_in_force(unit, now) if each.id == name), None)
    if found is None:
        raise UnknownReturnPlace({"field": "hub", "hub": name})
    return found
