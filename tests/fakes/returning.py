"""Labels, batches of hubs and what is set for returns, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import BatchId, ClaimId, LabelId
from plugin.domain.returning.batch import BatchState, HubBatch
from plugin.domain.returning.errors import UnknownBatch, UnknownLabel
from plugin.domain.returning.label import Label, LabelSource, LabelState
from plugin.domain.returning.points import DropOffPoint
from plugin.domain.returning.settings import ReturnSettings
from tests.fakes.evidence import FakeCipher
from tests.fakes.tables import Tables

_HELD_AT = {
    BatchState.DISPATCHED: frozenset({ReturnState.AT_HUB}),
    BatchState.RECEIVED: frozenset(
        {ReturnState.AT_HUB, ReturnState.IN_TRANSIT, ReturnState.HELD, ReturnState.DELIVERED}
    ),
}
_OF_NO_USE = {LabelState.EXPIRED, LabelState.CLOSED}


@dataclass(slots=True)
class FakeLabels:
    tables: Tables

    def get(self, label: LabelId) -> Label:
        if label not in self.tables.labels:
            raise UnknownLabel({"label": label})
        return self._shown(self.tables.labels[label])

    def of_claim(self, claim: ClaimId) -> Sequence[Label]:
        return self._all(lambda label: label.claim == claim, lambda label: (label.created_at, label.id))

    def save(self, changed: Sequence[Label]) -> None:
        after = dict(self.tables.labels)
        for label in changed:
            known = after.get(label.id)
            if label.version != (known.version if known else 0):
                raise Conflict({"what": "label"})
            if label.order not in self.tables.orders:
                raise NotFound({"what": "parent"})
            file = label.file or (known.file if known else None)
            after[label.id] = replace(label, version=label.version + 1, file=file)
        live = [(each.claim, each.to.id, frozenset(each.lines)) for each in after.values() if each.is_live]
        renewed = [each.replaces for each in after.values() if each.replaces]
        if len(set(live)) < len(live) or len(set(renewed)) < len(renewed):
            raise Conflict({"what": "row"})
        self.tables.labels = after

    def due(self, now: datetime, limit: int) -> Sequence[LabelId]:
        rows = self.tables.labels.values()
        due = sorted((each.due_at, each.id) for each in rows if each.due_at and each.due_at <= now)
        return [label for _, label in due][:limit]

    def run_out(self, now: datetime, limit: int) -> Sequence[LabelId]:
        rows = self.tables.labels.values()
        over = sorted((each.valid_until, each.id) for each in rows if each.valid_until and each.has_run_out(now))
        return [label for _, label in over][:limit]

    def waiting(self, limit: int) -> Sequence[Label]:
        return self._all(lambda label: label.state is LabelState.FAILED, lambda label: (label.changed_at, label.id))[
            :limit
        ]

    def untold(self, before: datetime, limit: int) -> Sequence[LabelId]:
        told = [each for each in self.tables.labels.values() if each.changed_at < before and self._is_untold(each)]
        return [each.id for each in sorted(told, key=lambda each: each.changed_at, reverse=True)][:limit]

    def cipher(self, label: LabelId) -> FakeCipher:
        if self._is_erased(self.get(label)):
            raise UnknownLabel({"label": label})
        return FakeCipher(label)

    def drop_due(self, before: datetime) -> int:
        due = {
            each.id
            for each in self.tables.labels.values()
            if each.state in _OF_NO_USE and each.changed_at < before and each.file
        } - self.tables.dropped_labels
        self.tables.dropped_labels |= due
        return len(due)

    def dropped(self, limit: int) -> Sequence[LabelId]:
        erased = {each.id for each in self.tables.labels.values() if each.file and self._is_erased(each)}
        return sorted(self.tables.dropped_labels | erased)[:limit]

    def remove(self, labels: Sequence[LabelId]) -> None:
        for label in set(labels) & set(self.dropped(len(self.tables.labels))):
            self.tables.labels[label] = replace(self.tables.labels[label], file=None)
            self.tables.dropped_labels -= {label}

    def _shown(self, label: Label) -> Label:
        if self._is_erased(label):
            return replace(label, file=None, detail="")
        return replace(label, file=None) if label.id in self.tables.dropped_labels else label

    def _is_untold(self, label: Label) -> bool:
        claim = self.tables.claims.get(label.claim)
        legs = {line.leg for line in claim.lines} if claim else set()
        if label.state is LabelState.EXPIRED:
            return ReturnState.LABEL_ISSUED in legs
        is_issued = label.state is LabelState.ISSUED and label.source is not LabelSource.ADDRESS
        return is_issued and bool(legs & {ReturnState.AWAITED, ReturnState.LABEL_EXPIRED})

    def _is_erased(self, label: Label) -> bool:
        return self.tables.holders.get(label.order) in self.tables.erased

    def _all(self, fits: Callable[[Label], bool], order: Callable[[Label], tuple[datetime, str]]) -> Sequence[Label]:
        return [self._shown(each) for each in sorted(filter(fits, self.tables.labels.values()), key=order)]


@dataclass(slots=True)
class FakeHubBatches:
    tables: Tables

    def get(self, batch: BatchId) -> HubBatch:
        if batch not in self.tables.batches:
            raise UnknownBatch({"batch": batch})
        return self.tables.batches[batch]

    def open_at(self, hub: str) -> HubBatch | None:
        return next((each for each in self.open() if each.hub.id == hub), None)

    def holding(self, key: str) -> HubBatch | None:
        return next((each for each in self.tables.batches.values() if each.holds(key)), None)

    def of_claim(self, claim: ClaimId) -> Sequence[HubBatch]:
        return [each for each in self._all() if any(parcel.claim == claim for parcel in each.parcels)]

    def open(self) -> Sequence[HubBatch]:
        return [each for each in self._all() if each.state is BatchState.OPEN]

    def latest(self, limit: int) -> Sequence[HubBatch]:
        return list(reversed(self._all()))[:limit]

    def untold(self, limit: int) -> Sequence[BatchId]:
        moved = [each for each in reversed(self._all()) if _HELD_AT.get(each.state, frozenset()) & self._legs(each)]
        return [each.id for each in moved][:limit]

    def last_number(self, hub: str) -> int:
        return max((each.number for each in self.tables.batches.values() if each.hub.id == hub), default=0)

    def save(self, batch: HubBatch) -> None:
        known = self.tables.batches.get(batch.id)
        if batch.version != (known.version if known else 0):
            raise Conflict({"what": "batch"})
        others = [each for each in self.tables.batches.values() if each.id != batch.id]
        is_second = batch.state is BatchState.OPEN and any(
            each.state is BatchState.OPEN and each.hub.id == batch.hub.id for each in others
        )
        is_held = any(each.holds(parcel.key) for each in others for parcel in batch.parcels)
        is_taken = any((each.hub.id, each.number) == (batch.hub.id, batch.number) for each in others)
        if is_second or is_held or is_taken:
            raise Conflict({"what": "row"})
        if any(parcel.order not in self.tables.orders for parcel in batch.parcels):
            raise NotFound({"what": "parent"})
        self.tables.batches = {**self.tables.batches, batch.id: replace(batch, version=batch.version + 1)}

    def _legs(self, batch: HubBatch) -> set[ReturnState]:
        claims = [self.tables.claims[each.claim] for each in batch.parcels if each.claim in self.tables.claims]
        return {line.leg for claim in claims for line in claim.lines}

    def _all(self) -> list[HubBatch]:
        return sorted(self.tables.batches.values(), key=lambda each: (each.opened_at, each.id))


@dataclass(slots=True)
class FakeReturnDesk:
    tables: Tables

    def settings(self) -> ReturnSettings:
        return self.tables.return_settings

    def save(self, settings: ReturnSettings, at: datetime) -> None:  # noqa: ARG002 - nobody asks the fake when
        self.tables.return_settings = settings

    def points(self) -> Sequence[DropOffPoint]:
        return self.tables.points

    def save_points(self, points: Sequence[DropOffPoint], at: datetime) -> None:  # noqa: ARG002 - likewise
        self.tables.points = tuple(points)
