"""Reports on record that are opened only when somebody reads them: most answers of a carrier repeat what is known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final, Protocol, overload

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.steps import in_order

BY_TIME: Final = attrgetter("said_at", "raw")
"""The order in which a carrier's reports are marked."""
_S: Final = DeliveryStatus

Marks = Callable[[Sequence[Report], Sequence[Report]], tuple[bytes, bytes]]
"""The mark of some reports, and that of those and further ones: a digest of all but `heard_at` that names nobody."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What is told of reports beside them, so that they need not be opened to be gone on with.

    `count` and `mark`: how many of them carriers told, and the mark of those by time. `heard_until`: when the last of
    all was heard; `happened_until`: the latest instant one can have happened, None where what happens later may change
    what earlier ones mean. Instants UTC.
    """

    count: int
    mark: bytes
    heard_until: datetime
    happened_until: datetime | None


class Record(Protocol):
    """Where the reports are."""

    def opened(self) -> tuple[Report, ...]:
        """All that is on record, in order."""
        ...

    def marks(self, first: Sequence[Report], further: Sequence[Report]) -> tuple[bytes, bytes]:
        """`Marks`."""
        ...


class KeptReports(Sequence[Report]):
    """A parcel's reports as they are on record, and those `added` since; equal to a tuple of the same."""

    __slots__ = ("_all", "_record", "added", "gist", "kept")

    def __init__(self, gist: Gist, record: Record) -> None:
        self.gist = gist
        self.kept = self
        self.added: tuple[Report, ...] = ()
        self._record = record
        self._all: tuple[Report, ...] | None = None

    def with_added(self, new: Sequence[Report], gist: Gist) -> "KeptReports":
        """These and further ones."""
        longer = KeptReports(gist, self._record)
        longer.kept, longer.added = self.kept, (*self.added, *new)
        return longer

    def marks(self, first: Sequence[Report], further: Sequence[Report]) -> tuple[bytes, bytes]:
        """The mark of some reports of this parcel, and that of those and further ones."""
        return self._record.marks(first, further)

    def opened(self) -> tuple[Report, ...]:
        """All of them, in order."""
        if self._all is None:
            self._all = in_order((*self.kept.opened(), *self.added)) if self.added else self._record.opened()
        return self._all

    def __len__(self) -> int:
        """How many there are."""
        return len(self.opened())

    @overload
    def __getitem__(self, place: int) -> Report: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Report, ...]: ...
    def __getitem__(self, place: int | slice) -> Report | tuple[Report, ...]:
        """As a tuple's."""
        return self.opened()[place]

    def __eq__(self, other: object) -> bool:
        """Whether the same was told."""
        return self is other or self.opened() == (other.opened() if isinstance(other, KeptReports) else other)

    def __hash__(self) -> int:
        """As a tuple's."""
        return hash(self.opened())


def gist_of(reports: Sequence[Report], marks: Marks) -> Gist | None:
    """The gist of distinct reports; None: there is none, for they are no one's or by clocks that cannot be compared."""
    told = [each for each in reports if each.source is Source.CARRIER]
    try:
        told.sort(key=BY_TIME)
    except TypeError:  # some with a zone, some without
        return None
    if not told:
        return None
    mark, _ = marks(told, ())
    heard_until = max(each.heard_at for each in reports)
    is_plain = all(_is_plain(each) for each in reports)
    return Gist(
        len(told), mark, heard_until, max(each.said_at for each in reports).astimezone(UTC) if is_plain else None
    )


def last_heard(reports: Iterable[Report]) -> datetime | None:
    """When something was heard last; None: nothing was."""
    if isinstance(reports, KeptReports):
        return reports.gist.heard_until
    return max((each.heard_at for each in reports), default=None)


def _is_plain(report: Report) -> bool:
    """Whether it means the same whatever a carrier tells of later: no handover, no doubtful delivery, no way back."""
    if report.said_at.tzinfo is None or report.status is _S.RETURNING:
        return False
    is_scan = report.source is Source.CARRIER and report.leg is Leg.LAST_MILE
    return report.status is not _S.DELIVERED or is_scan or report.source is Source.ESTIMATE
