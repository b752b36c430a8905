"""Which units of a claim are in which of the platform's returns; what is in none has yet to be asked for there."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from plugin.domain.claim.wanted_return import Phase, WantedLine
from plugin.domain.ids import LineId
from plugin.domain.order import PlatformReturn
from plugin.domain.returning.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Share:
    """The claim's part of one return."""

    kept: PlatformReturn
    lines: tuple[WantedLine, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing else is in the return, so that its state is the claim's to say."""
        return self.units() == units_of(self.kept)

    @property
    def is_all_gone(self) -> bool:
        """Whether none of it comes back."""
        return all(line.phase is Phase.GONE for line in self.lines)

    @property
    def is_decided(self) -> bool:
        """Whether any of it is to come back, or has."""
        return any(line.phase in {Phase.HERE, Phase.COMING} for line in self.lines)

    def units(self, *phases: Phase) -> Counter[LineId]:
        """Units of it by line, of these phases alone where any are named."""
        counted = Counter[LineId]()
        for line in self.lines:
            if not phases or line.phase in phases:
                counted[line.line] += line.quantity
        return counted

    @property
    def stays(self) -> Counter[LineId]:
        """What is left in the return once what does not come back is taken out."""
        return units_of(self.kept) - self.units(Phase.GONE)

    def ended(self, *, is_over: bool) -> Counter[LineId]:
        """Units received of which nothing more is to be said: their end is known, or their claim is over."""
        counted = Counter[LineId]()
        for line in self.lines:
            if line.phase is Phase.HERE and (line.outcome is not None or is_over):
                counted[line.line] += line.quantity
        return counted

    def outcomes(self) -> Counter[tuple[LineId, Outcome]]:
        """What became of how many units of each line."""
        counted = Counter[tuple[LineId, Outcome]]()
        for line in self.lines:
            if line.outcome is not None:
                counted[line.line, line.outcome] += line.quantity
        return counted


def units_of(kept: PlatformReturn) -> Counter[LineId]:
    """Units in a return by line."""
    counted = Counter[LineId]()
    for line in kept.lines:
        counted[line.line] += line.quantity
    return counted


def shared(
    lines: Iterable[WantedLine], returns: Sequence[PlatformReturn], joined: Collection[str] = ()
) -> tuple[tuple[Share, ...], tuple[WantedLine, ...]]:
    """The lines laid out over the returns, each as far as its units are in them; and what is in none.

    `joined`: returns that others made and that the claim was not in before. What does not come back is in none of
    them: it is no word on what others agreed to.
    """
    left = {each.id: units_of(each) for each in returns}
    laid: dict[str, list[WantedLine]] = {each.id: [] for each in returns}
    rest: list[WantedLine] = []
    for line in lines:
        counts: list[int] = []
        for each in returns:
            room = 0 if line.phase is Phase.GONE and each.id in joined else left[each.id][line.line]
            counts.append(min(line.quantity - sum(counts), room))
            left[each.id][line.line] -= counts[-1]
        *parts, over = _parts(line, [*counts, line.quantity - sum(counts)])
        for each, part in zip(returns, parts, strict=True):
            laid[each.id] += [part] if part.quantity else []
        rest += [over] if over.quantity and line.phase is not Phase.GONE else []
    return tuple(Share(each, tuple(laid[each.id])) for each in returns if laid[each.id]), tuple(rest)


def _parts(line: WantedLine, counts: Sequence[int]) -> list[WantedLine]:
    """The line in parts of so many units, its fee in proportion to them."""
    fees = line.fee.split(counts) if line.fee is not None else [None] * len(counts)
    return [replace(line, quantity=count, fee=fee) for count, fee in zip(counts, fees, strict=True)]
