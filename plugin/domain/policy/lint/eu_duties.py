"""Duties of EU law a policy can fail, each declared once with its articles, how well they are known, and since when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plugin.domain.law.answers import Certainty
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.lint.grounds import Facts, Ground

_EEA_UNVERIFIED = "EEA"
_CRD = date(2014, 6, 13)
_GREEN_TRANSITION = date(2026, 9, 27)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: source ids with article, and the first day it applies."""

    sources: tuple[str, ...]
    since: date
    certainty: Certainty = Certainty.VERIFIED


IDENTITY = Duty(("CRD art. 6(1)(b)", "CRD art. 6(1)(c)"), _CRD)
PHONE = Duty(("CRD art. 6(1)(c)", "D2161 art. 4(4)"), date(2022, 5, 28), Certainty.UNVERIFIED)
"""In 2011 the number was due "where available"; the text that made it a duty was not at hand."""
RETURN_ADDRESS = Duty(("CRD art. 6(1)(h)",), _CRD)
"""Conditions, time limit and procedures for exercising the right: where the goods go is one."""
RETURN_COST = Duty(("CRD art. 6(1)(i)", "CRD art. 6(6)"), _CRD)
RISK_IN_TRANSIT = Duty(("CRD art. 20", "SGD art. 14(1)"), date(2022, 1, 1))
FREE_REMEDY = Duty(("SGD art. 14(1)",), date(2022, 1, 1))
NOTICE_OF_DEFECTS = Duty(("SGD art. 10(1)", "SGD art. 12"), date(2022, 1, 1))
"""A state may ask for notice, and then gives at least two months; none allows a cut-off of hours or days."""
COMMERCIAL_GUARANTEE = Duty(("SGD art. 17(2)",), date(2022, 1, 1))
RIGHT_AS_GIFT = Duty(("UCPD Annex I no. 10",), date(2007, 12, 12))
GREEN_CLAIM = Duty(("UCPD Annex I no. 4a", "D825"), _GREEN_TRANSITION, Certainty.SECONDARY)
NEUTRAL_CLAIM = Duty(("UCPD Annex I no. 4c", "D825"), _GREEN_TRANSITION, Certainty.SECONDARY)
GARAN = Duty(("IR1960 Annex II", "D825"), _GREEN_TRANSITION)
ODR_LINK = Duty(("R3228 art. 1",), date(2025, 7, 20), Certainty.SECONDARY)


def bound(duty: Duty, places: Iterable[Jurisdiction], today: date, facts: Facts = ()) -> Iterator[Ground]:
    """The countries among these the duty binds on a day; in the EEA states nobody has confirmed it."""
    if today < duty.since:
        return
    for place in places:
        if place.region in ("EU", _EEA_UNVERIFIED):
            certainty = Certainty.UNVERIFIED if place.region == _EEA_UNVERIFIED else duty.certainty
            yield Ground(place.code, duty.sources, certainty, facts)
