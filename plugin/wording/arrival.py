"""When what is ordered now should arrive, in a sentence: the same for product, cart and checkout."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

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
        text = words.text("tracking.eta_on", day=_short(found.first, words))
    else:
        text = words.text("tracking.eta_between", first=_short(found.first, words), last=_short(found.last, words))
    return Arrival(words.text("tracking.eta_label"), text, found.first, found.last)


def _short(day: date, words: Catalogue) -> str:
    """Weekday, day and month, without the year: it lies in the next weeks, and a phone's line is short."""
    return str(format_skeleton("MMMEd", day, locale=words.locale))
