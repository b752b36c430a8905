"""Bring a platform's returns to where a claim is: look, say what is not said yet, and take no step twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plugin.domain.claim.share import Share, shared, units_of
from plugin.domain.claim.wanted_return import Phase, WantedLine, WantedReturn
from plugin.domain.ids import ClaimId, LineId
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.return_parts import LineFee
from plugin.ports.platform_returns import (
    DeclineReason,
    Disposed,
    Maker,
    PlatformReturns,
    ReturnCommand,
    ReturnFees,
    Travel,
    Units,
)

_ENDED = frozenset({"declined", "canceled"})
_JOINED = frozenset({"requested", "open"})
"""States in which a return that was made elsewhere takes a claim's units in."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Units that travel together, and how."""

    units: tuple[Units, ...]
    travel: Travel


@dataclass(frozen=True, slots=True)
class ReturnAsk:
    """What a claim wants said: `others` are returns of other claims, `decline`: why, should it come to that."""

    claim: ClaimId
    wanted: WantedReturn
    parcels: tuple[Parcel, ...]
    others: frozenset[str]
    reason: str
    decline: DeclineReason


@dataclass(slots=True)
class Steps:
    """The steps of one attempt; `known` are the returns the claim is in, also when an attempt breaks off."""

    platform: PlatformReturns
    order: Order
    ask: ReturnAsk
    known: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Raises `Unavailable` and `Rejected`, after which `known` still says how far it came."""
        lines = self.ask.wanted.lines
        self._keep([line for line in lines if not line.is_exchange], f"return:{self.ask.claim}:{len(self.known) + 1}")
        for line in lines:
            if line.is_exchange:
                self._keep([line], f"{self.ask.claim}:{line.no}", may_open=False)

    def _keep(self, lines: Sequence[WantedLine], key: str, *, may_open: bool = True) -> None:
        if not lines:
            return
        found = [each for each in self._found(lines, key) if each.status not in _ENDED]
        shares, rest = shared(lines, found)
        if rest and may_open and not self.ask.wanted.is_settled:
            opened = self._open(rest, key)
            shares, _ = shared(lines, [*found, opened])
        for share in shares:
            self._remember(share.kept)
            _Course(self, share).run()

    def _found(self, lines: Sequence[WantedLine], key: str) -> Iterable[PlatformReturn]:
        """Those of ours, then those made elsewhere that hold the same units and are not closed."""
        seen = self.platform.returns_of(self.order, idempotency_key=key)
        ours = [each.kept for each in seen if each.kept.id in self.known or each.maker is Maker.ASKER]
        wanted = {line.line for line in lines}
        free = [each.kept for each in seen if each.maker is Maker.ELSEWHERE and each.kept.status in _JOINED]
        mine = {each.id for each in ours} | self.ask.others
        return [*ours, *(each for each in free if each.id not in mine and wanted & set(units_of(each)))]

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


@dataclass(slots=True)
class _Course:
    """What one return is taken through."""

    steps: Steps
    share: Share

    def run(self) -> None:
        """A return that holds more than the claim's goods is neither decided nor ended by it."""
        kept = self.share.kept
        status = kept.status
        if status == "requested" and self.share.is_whole:
            status = self._decide()
        undone = self.share.ended(is_over=self.steps.ask.wanted.is_over) - _counted_of(kept)
        if status == "closed" and undone:
            status = self._platform.reopen_return(self._order, kept.id, idempotency_key=self._key("reopen")).status
        if status == "open":
            self._go_on()

    def _decide(self) -> str:
        kept = self.share.kept
        if self.share.is_all_gone:
            reason = self.steps.ask.decline
            return self._platform.decline_return(
                self._order, kept.id, reason, idempotency_key=self._key("decline")
            ).status
        if self.share.is_decided:
            return self._platform.approve_return(self._order, kept.id, idempotency_key=self._key("approve")).status
        return kept.status

    def _go_on(self) -> None:
        kept, gone = self.share.kept, self.share.units(Phase.GONE)
        if self.share.is_all_gone and self.share.is_whole:
            self._platform.cancel_return(self._order, kept.id, idempotency_key=self._key("cancel"))
            return
        if gone:
            stays = units(self.share.stays)
            self._platform.leave_in_return(self._order, kept.id, stays, idempotency_key=self._key("leave"))
        self._send_back()
        self._end()

    def _send_back(self) -> None:
        there = self.share.units(Phase.HERE, Phase.COMING)
        for parcel in self.steps.ask.parcels:
            if all(each.quantity <= there[each.line] for each in parcel.units):
                self._platform.send_back(
                    self._order, self.share.kept.id, parcel.units, parcel.travel, idempotency_key=self._key("send")
                )

    def _end(self) -> None:
        """First what became of the goods, then that they were received: the order that was recorded."""
        kept = self.share.kept
        gone = tuple(Disposed(line, count, outcome) for (line, outcome), count in self.share.outcomes().items())
        if gone:
            self._platform.dispose(self._order, kept.id, gone, idempotency_key=self._key("dispose"))
        ended = self.share.ended(is_over=self.steps.ask.wanted.is_over)
        if ended:
            kept = self._platform.handle_return(self._order, kept.id, units(ended), idempotency_key=self._key("handle"))
        is_dealt_with = ended and self.share.stays <= _counted_of(kept)
        if is_dealt_with and self.steps.ask.wanted.is_settled and self.share.is_whole:
            self._platform.close_return(self._order, kept.id, idempotency_key=self._key("close"))

    @property
    def _platform(self) -> PlatformReturns:
        return self.steps.platform

    @property
    def _order(self) -> Order:
        return self.steps.order

    def _key(self, step: str) -> str:
        return f"{step}:{self.steps.ask.claim}:{self.share.kept.id}"


def units(counted: Counter[LineId]) -> tuple[Units, ...]:
    """As the port has them."""
    return tuple(Units(line, count) for line, count in counted.items() if count > 0)


def _counted(lines: Iterable[WantedLine]) -> Counter[LineId]:
    counted = Counter[LineId]()
    for line in lines:
        counted[line.line] += line.quantity
    return counted


def _counted_of(kept: PlatformReturn) -> Counter[LineId]:
    counted = Counter[LineId]()
    for line in kept.handled:
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
