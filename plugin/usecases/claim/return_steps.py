"""Bring a platform's returns to where a claim is: look, say what is not said yet, and take no step twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from plugin.domain.claim.share import Share, shared, units_of
from plugin.domain.claim.wanted_return import Phase, WantedLine
from plugin.domain.ids import LineId
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.return_parts import LineFee
from plugin.domain.returning.outcome import Outcome
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import PlatformActions, Refusal
from plugin.ports.platform_returns import Maker, ReturnCommand, ReturnFees, Units
from plugin.usecases.claim.laid_parcels import laid_parcels
from plugin.usecases.claim.return_ask import Parcel, ReturnAsk
from plugin.usecases.claim.return_course import Course, units
from plugin.usecases.claim.return_stock import Stock

_ENDED = frozenset({"declined", "canceled"})
_JOINED = frozenset({"requested", "open"})
"""States in which a return that was made elsewhere takes a claim's units in."""


@dataclass(slots=True)
class Steps:
    """The steps of one attempt; `known` are the returns the claim is in, also when an attempt breaks off.

    `join`: makes a return that others made the claim's, unless another claim has it.
    """

    platform: PlatformActions
    order: Order
    ask: ReturnAsk
    stock: Stock
    join: Callable[[str], bool]
    known: list[str] = field(default_factory=list)
    _theirs: set[str] = field(default_factory=set)
    _shares: list[Share] = field(default_factory=list)
    _rest: list[WantedLine] = field(default_factory=list)

    def run(self) -> bool:
        """Whether the platform says afterwards what the claim says, whatever could be said of it.

        Raises `Unavailable` and `Rejected`, after which `known` still says how far it came.
        """
        lines = self.ask.wanted.lines
        self._lay([line for line in lines if not line.is_exchange], f"return:{self.ask.claim}:{len(self.known) + 1}")
        for line in lines:
            if line.is_exchange:
                self._lay([line], f"{self.ask.claim}:{line.no}", may_open=False)
        parcels = laid_parcels(self.ask.parcels, self._shares)
        is_said = [self._course(share, parcels).run() for share in self._shares]
        is_said += [self._put_back(line) for line in self._rest]
        self.stock.refuse(lines, Refusal.WRONG_STATE)
        return all(is_said)

    def _lay(self, lines: Sequence[WantedLine], key: str, *, may_open: bool = True) -> None:
        """Into the returns there are, and one that is opened for what is in none."""
        if not lines:
            return
        found = [each for each in self._found(lines, key) if each.status not in _ENDED]
        joined = self._theirs.difference(self.known)
        found = self._mine(lines, found, joined)
        shares, rest = shared(lines, found, joined)
        if rest and may_open and not self.ask.wanted.is_settled:
            opened = self._open(rest, key)
            shares, rest = shared(lines, [*found, opened], joined)
        for share in shares:
            self._remember(share.kept)
        self._shares += shares
        self._rest += [line for line in rest if line.phase is not Phase.ASKED]

    def _found(self, lines: Sequence[WantedLine], key: str) -> Iterable[PlatformReturn]:
        """Those of ours, then those made elsewhere that hold the same units and are not closed."""
        seen = self.platform.returns_of(self.order, idempotency_key=key)
        self._theirs.update(each.kept.id for each in seen if each.maker is Maker.ELSEWHERE)
        ours = [each.kept for each in seen if each.kept.id in self.known or each.maker is Maker.ASKER]
        wanted = {line.line for line in lines}
        free = [each.kept for each in seen if each.maker is Maker.ELSEWHERE and each.kept.status in _JOINED]
        mine = {each.id for each in ours} | self.ask.others
        return [*ours, *(each for each in free if each.id not in mine and wanted & set(units_of(each)))]

    def _mine(
        self, lines: Sequence[WantedLine], found: Sequence[PlatformReturn], joined: set[str]
    ) -> list[PlatformReturn]:
        """Those found, of others' only those that take units in and that no other claim has."""
        mine = [each for each in found if each.id not in joined]
        for each in found:
            if each.id in joined:
                shares, _ = shared(lines, [*mine, each], joined)
                mine += [each] if any(share.kept is each for share in shares) and self.join(each.id) else []
        return mine

    def _open(self, rest: Sequence[WantedLine], key: str) -> PlatformReturn:
        """What was decided is open at once; what was not is a request."""
        decided = [line for line in rest if line.phase is not Phase.ASKED]
        lines = decided or rest
        command = ReturnCommand(
            self.order,
            units(_counted(lines)),
            self.ask.reason,
            is_approved=bool(decided),
            fees=ReturnFees(tuple(_fees(lines))),
        )
        opened = self.platform.open_return(command, idempotency_key=key)
        self._remember(opened)
        return opened

    def _remember(self, kept: PlatformReturn) -> None:
        if kept.id not in self.known:
            self.known.append(kept.id)

    def _course(self, share: Share, parcels: dict[str, tuple[Parcel, ...]]) -> Course:
        of = share.kept.id
        brings, is_theirs = parcels.pop(of, ()), of in self._theirs
        return Course(self.platform, self.order, self.ask, self.stock, share, brings, is_theirs=is_theirs)

    def _put_back(self, line: WantedLine) -> bool:
        """Goods that are in no return go into stock without one; whether nothing more is to be said of them."""
        if self.stock.is_waiting(line):
            try:
                self._restock(line)
            except Rejected as error:
                self.stock.refuse([line], error.code)
                return False
            self.stock.put([line])
        return line.outcome is Outcome.RESTOCKED

    def _restock(self, line: WantedLine) -> None:
        if line.line not in self.stock.stocked or not self.platform.capabilities(self.order).restock:
            raise Rejected(Refusal.NOT_SUPPORTED)
        there = (Units(line.line, line.quantity),)
        self.platform.restock(self.order, there, idempotency_key=f"restock:{self.ask.claim}:{line.no}")


def _counted(lines: Iterable[WantedLine]) -> Counter[LineId]:
    counted = Counter[LineId]()
    for line in lines:
        counted[line.line] += line.quantity
    return counted


def _fees(lines: Iterable[WantedLine]) -> Iterable[LineFee]:
    """What is kept back, by line of the order."""
    found: dict[LineId, LineFee] = {}
    for line in lines:
        if line.fee is not None and line.fee.minor:
            before = found.get(line.line)
            found[line.line] = LineFee(line.line, before.amount + line.fee if before else line.fee)
    return found.values()


__all__ = ["Parcel", "ReturnAsk", "Steps"]
