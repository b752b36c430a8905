"""One worked case as the engines are asked about it: law, calendar, place and facts together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.case_facts import Facts
from plugin.domain.law.case_repeats import Says, contradictions
from plugin.domain.law.facts import Place
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.law.rulebook import Rulebook


@dataclass(slots=True)
class Question:
    """What is asked; `says` collects what the rulebook says where a case may repeat it."""

    rulebook: Rulebook
    calendar: HolidayCalendar
    place: Place
    facts: Facts
    jurisdiction: Jurisdiction = field(init=False)
    says: dict[str, tuple[int | bool | None, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.jurisdiction = self.rulebook.jurisdiction(self.place.country, self.place.subdivision)

    def compare(self, says: Says) -> None:
        """Remembers what the rulebook says, to hold repeating facts against it."""
        self.says.update(says)

    def warnings(self) -> Iterator[str]:
        """Facts no rule knows, in the case and in its lines and parcels; then contradictions."""
        parts = (*self.facts.objects("cart"), *self.facts.objects("deliveries"))
        for strange in (*self.facts.unknown(), *(name for part in parts for name in part.unknown())):
            yield f"{strange} is not a known fact and was ignored"
        yield from contradictions(self.facts, self.says)
