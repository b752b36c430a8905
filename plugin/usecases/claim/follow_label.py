"""Tell a claim what became of one of its labels, and follow its parcel: queued with the change of the label."""

from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.domain.ids import LabelId
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.follow_return import follow_labelled
from plugin.usecases.claim.prepare_return import tell_label
from plugin.usecases.claim.tell import tell


def follow_label(label: LabelId, *, desk: Desk, now: datetime) -> str:
    """`told`, or `no_claim`. Raises `NotFound`, `Conflict` when somebody else was faster."""
    with desk.sitting(now) as here:
        known = here.unit.labels.get(label)
        try:
            before = read_claim(known.claim, here.unit)
        except NotFound:
            return "no_claim"
        tell(before, tell_label(before, known, here), here)
        follow_labelled(known, here.unit, desk.ids, now)
        here.unit.commit()
    return "told"
