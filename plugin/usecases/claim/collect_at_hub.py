"""What a hub took of a claim goes into the hub's open batch, in the transaction that says so."""

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.returning.batch import parcel_key
from plugin.domain.returning.label import LabelledLine
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.receive_at_hub import HubReceipt, receive_at_hub


def collect_at_hub(before: Claim, after: Claim, here: Sitting) -> None:
    """Each line that has come to a hub is put into its batch; the caller commits.

    The line's `leg_detail` names the hub. Raises `UnknownReturnPlace` where the policy in force has no such hub, and
    `Conflict` when somebody else changes the hub's batch in this moment.
    """
    there = {line.no for line in before.lines if line.leg is ReturnState.AT_HUB}
    for line in after.lines:
        if line.leg is ReturnState.AT_HUB and line.no not in there:
            receive_at_hub(_receipt(after, line, here), unit=here.unit, ids=here.desk.ids, now=here.now)


def _receipt(claim: Claim, line: ClaimLine, here: Sitting) -> HubReceipt:
    goods = (LabelledLine(line.order_line, line.quantity),)
    return HubReceipt(
        key=parcel_key(claim.id, line.no),
        hub=line.leg_detail or "",
        claim=claim.id,
        claim_number=claim.number,
        order=claim.order,
        lines=goods,
        grams=_grams(claim, goods, here),
    )


def _grams(claim: Claim, goods: tuple[LabelledLine, ...], here: Sitting) -> int | None:
    """What the label of these goods and no others says they weigh; None where nobody has weighed them."""
    labels = here.unit.labels.of_claim(claim.id)
    return next((label.grams for label in reversed(labels) if label.lines == goods and label.grams is not None), None)
