"""When what is ordered now should arrive, in a sentence: the same for product, cart and checkout."""

from dataclasses import dataclass
from datetime import date

from plugin.domain.tracking.eta.forecast import ExpectedRange
from plugin.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class Arrival:
    """`text` names the days, local to the destination, both included; `label` what it is about."""

    label: str
    text: str
    first: date
    last: date


def arrival_of(found: ExpectedRange | None, words: Catalogue) -> Arrival | None:
    """None: nobody can say, so nothing is said."""
    if found is None:
        return None
    if found.first == found.last:
        text = words.text("tracking.eta_on", day=found.first)
    else:
        text = words.text("tracking.eta_between", first=found.first, last=found.last)
    return Arrival(words.text("tracking.eta_label"), text, found.first, found.last)
