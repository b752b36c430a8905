"""A parked label that a person has tried again."""

from datetime import datetime

from plugin.domain.errors import Invalid
from plugin.domain.ids import LabelId, MerchantId
from plugin.domain.returning.errors import LabelNotInThatState
from plugin.domain.returning.label import Label, LabelSource
from plugin.ports.unit_of_work import Units
from plugin.usecases.request_label import queue_label

_MOST_GRAMS = 1_000_000


def retry_label(
    label: LabelId, *, grams: int | None = None, merchant: MerchantId, units: Units, now: datetime
) -> Label:
    """The label as it is tried again under its own key; `grams` corrects the weight.

    Raises `UnknownLabel`, `LabelNotInThatState` (one to be uploaded is no matter of trying) and `Invalid`.
    """
    if grams is not None and not 1 <= grams <= _MOST_GRAMS:
        raise Invalid({"field": "grams"})
    with units(merchant) as unit:
        failed = unit.labels.get(label)
        if failed.source is not LabelSource.PROVIDER:
            raise LabelNotInThatState({"label": label, "state": failed.state, "wanted": "requested"})
        unit.labels.save([failed.tried_again(now, grams)])
        again = unit.labels.get(label)
        queue_label(again, unit, now)
        unit.commit()
    return again
