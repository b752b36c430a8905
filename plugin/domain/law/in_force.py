"""The law answers are given by: one rulebook and one holiday calendar, with what they cite."""

from dataclasses import dataclass, field

from plugin.domain.basis import Basis
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Law:
    """A rulebook with a calendar. Remembers the citations it has worded; the same question gets the same answer."""

    rulebook: Rulebook
    calendar: HolidayCalendar
    _cited: dict[tuple[str, ...], tuple[Basis, ...]] = field(default_factory=dict, compare=False, repr=False)

    def basis(self, sources: tuple[str, ...]) -> tuple[Basis, ...]:
        """The citations of these source ids, in order."""
        known = self._cited.get(sources)
        if known is None:
            known = tuple(Basis("law", source, self.rulebook.source(source).citation) for source in sources)
            self._cited[sources] = known
        return known
