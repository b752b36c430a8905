"""What one return on a platform is taken through, for the goods of a claim that are in it."""

from collections import Counter
from dataclasses import dataclass

from plugin.domain.claim.share import Share
from plugin.domain.claim.wanted_return import Phase
from plugin.domain.ids import LineId
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.returning.outcome import Outcome
from plugin.ports.errors import Rejected
from plugin.ports.platform_returns import Disposed, PlatformReturns, Units
from plugin.usecases.claim.return_ask import Parcel, ReturnAsk
from plugin.usecases.claim.return_stock import Stock


@dataclass(slots=True)
class Course:
    """`parcels` are those that bring its goods; `is_theirs`: it was made elsewhere."""

    platform: PlatformReturns
    order: Order
    ask: ReturnAsk
    stock: Stock
    share: Share
    parcels: tuple[Parcel, ...]
    is_theirs: bool

    def run(self) -> bool:
        """Whether it says afterwards what the claim says. Raises `Unavailable` and `Rejected`.

        A return that holds more than the claim's goods is neither decided nor ended by it.
        """
        kept = self.share.kept
        status = kept.status
        if status == "requested" and self.share.is_whole:
            status = self._decide()
        if status == "closed" and self._is_undone:
            status = self.platform.reopen_return(self.order, kept.id, idempotency_key=self._key("reopen")).status
        if status == "open":
            self._go_on()
            return not self._is_theirs_to_end
        return status != "requested" or not (self.share.is_decided or self.share.is_all_gone)

    @property
    def _is_undone(self) -> bool:
        """Whether it was closed before all was said of it."""
        ended = self.share.ended(is_over=self.ask.wanted.is_over) - counted_of(self.share.kept)
        return bool(ended) or any(map(self.stock.is_waiting, self.share.lines))

    @property
    def _is_theirs_to_end(self) -> bool:
        """Whether others have agreed to goods coming back that the claim has not: their word stands."""
        is_agreed = self.is_theirs and self.share.kept.status != "requested"
        return is_agreed and bool(self.share.units(Phase.GONE))

    def _decide(self) -> str:
        kept = self.share.kept
        if self.share.is_all_gone:
            reason = self.ask.decline
            return self.platform.decline_return(
                self.order, kept.id, reason, idempotency_key=self._key("decline")
            ).status
        if self.share.is_decided:
            return self.platform.approve_return(self.order, kept.id, idempotency_key=self._key("approve")).status
        return kept.status

    def _go_on(self) -> None:
        kept = self.share.kept
        if not self._is_theirs_to_end:
            if self.share.is_all_gone and self.share.is_whole:
                self.platform.cancel_return(self.order, kept.id, idempotency_key=self._key("cancel"))
                return
            if self.share.units(Phase.GONE):
                stays = units(self.share.stays)
                self.platform.leave_in_return(self.order, kept.id, stays, idempotency_key=self._key("leave"))
        for parcel in self.parcels:
            travel, key = parcel.travel, self._key("send")
            self.platform.send_back(self.order, kept.id, parcel.units, travel, idempotency_key=key)
        self._end()

    def _end(self) -> None:
        """First what became of the goods, then that they were received: the order that was recorded."""
        kept = self.share.kept
        refused = [error for way in self.share.outcomes().items() if (error := self._dispose(*way)) is not None]
        if refused:
            raise refused[0]
        ended = self.share.ended(is_over=self.ask.wanted.is_over)
        if ended:
            kept = self.platform.handle_return(self.order, kept.id, units(ended), idempotency_key=self._key("handle"))
        is_dealt_with = ended and self.share.stays <= counted_of(kept) and not self._is_theirs_to_end
        if is_dealt_with and self.ask.wanted.is_settled and self.share.is_whole:
            self.platform.close_return(self.order, kept.id, idempotency_key=self._key("close"))

    def _dispose(self, way: tuple[LineId, Outcome], count: int) -> Rejected | None:
        """One line at a time, so that a refusal is of this line alone."""
        lines = [line for line in self.share.lines if (line.line, line.outcome) == way]
        gone, key = (Disposed(way[0], count, way[1]),), self._key(f"dispose:{way[0]}:{way[1]}")
        try:
            self.platform.dispose(self.order, self.share.kept.id, gone, idempotency_key=key)
        except Rejected as error:
            self.stock.refuse(lines, error.code)
            return error
        self.stock.put(lines)
        return None

    def _key(self, step: str) -> str:
        return f"{step}:{self.ask.claim}:{self.share.kept.id}"


def units(counted: Counter[LineId]) -> tuple[Units, ...]:
    """As the port has them."""
    return tuple(Units(line, count) for line, count in counted.items() if count > 0)


def counted_of(kept: PlatformReturn) -> Counter[LineId]:
    """Units received of it."""
    counted = Counter[LineId]()
    for line in kept.handled:
        counted[line.line] += line.quantity
    return counted
