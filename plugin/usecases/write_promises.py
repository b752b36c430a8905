"""Compare what is to stand on a shop's board with what stands there, and write the difference, batch by batch."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final, TypeVar

from plugin.domain.connection_faults import NotConnected
from plugin.domain.order import Platform
from plugin.domain.policy import PolicyVersion
from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Audience, Place
from plugin.domain.shop import Shop
from plugin.ports.clock import Clock
from plugin.ports.published_promises import GONE, Entry, OpenBoard, PromiseBoard, WordPromises
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.plan_promises import anywhere_entry, country_entry, plan_countries, plan_products

AWAITS_CLASSES: Final = "awaits_classes"
LEASE: Final = timedelta(minutes=5)
"""Longer than a call takes with all its patience; short for a shop whose worker died."""
_SOON: Final = timedelta(minutes=1)
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class PostingMeans:
    """The ports that writing takes; a platform without a board keeps nothing for its pages."""

    boards: Mapping[Platform, OpenBoard]
    word: WordPromises
    units: Units
    clock: Clock


@dataclass(frozen=True, slots=True)
class PostingRun:
    """One run over one shop's board, whose lease it has. `seen`: every place that is to have something."""

    shop: Shop
    posting: Posting
    began: datetime
    means: PostingMeans
    seen: dict[Place, str | None] = field(default_factory=dict)
    """With what keeps it from standing there."""


def write_promises(board: PromiseBoard, run: PostingRun) -> str:
    """`AWAITS_CLASSES`, or `written_<number>`.

    Countries come first, then products: what a product names under rules that hold no more is not read from then on.
    """
    audience = board.audience()
    with run.means.units(run.shop.merchant) as unit:
        policy = unit.policies.in_force(run.began)
        if policy and _is_compiling(run.shop, policy, unit):
            unit.postings.save(replace(run.posting, due_at=run.began + _SOON))
            unit.commit()
            return AWAITS_CLASSES
        if run.posting.board != audience.board:
            _start_anew(audience.board, run, unit)
        posted = unit.postings.posted(run.shop.id)
        unit.commit()
    changed = _changed(_planned(audience, board.largest, run), posted, run)
    count = sum(_send(board, batch, run) for batch in batches(changed, board.most))
    stale = sorted(place for place in posted if place not in run.seen)
    for places in batches(stale, board.most):
        board.remove(places)
        _note({}, places, run)
    refusals = tuple(reason for reason in run.seen.values() if reason and reason != GONE)
    settle(run.posting.done(run.began, policy.id if policy else None, refusals, len(run.seen)), run)
    return f"written_{count}"


def settle(posting: Posting, run: PostingRun) -> None:
    """Keep how it ended and give the lease back; what was asked for or hastened meanwhile stays so, and the board."""
    with run.means.units(run.shop.merchant) as unit:
        known = unit.postings.get(run.shop.id)
        if known is not None:  # else the shop has left meanwhile
            due_at = posting.due_at if known.due_at == run.posting.due_at else known.due_at
            unit.postings.save(replace(posting, due_at=due_at, asked_at=known.asked_at, board=known.board))
            unit.commit()


def batches(items: Iterable[_Item], most: int) -> Iterator[list[_Item]]:
    """So many at a time, in order."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch


def _start_anew(board: str, run: PostingRun, unit: UnitOfWork) -> None:
    """What stood on another board does not stand on this one; kept at once, so that a run that dies goes on with it."""
    shop = run.shop.id
    unit.postings.forget(shop)
    unit.postings.save(replace(run.posting, board=board))
    unit.postings.lease(shop, run.began, run.began + LEASE)


def _is_compiling(shop: Shop, policy: PolicyVersion, unit: UnitOfWork) -> bool:
    later = [version.id for version in unit.policies.since(policy.effective_from)]
    return bool(unit.promises.due(shop.id, policy.id, None, 1, later=later))


def _planned(audience: Audience, most_bytes: int, run: PostingRun) -> Iterator[Entry]:
    """Everything that is to stand there; no transaction is open while anybody deals with an entry."""
    means, merchant = run.means, run.shop.merchant
    with means.units.read(merchant) as unit:
        countries = list(plan_countries(run.shop, audience, unit, run.began))
    for language in audience.languages:
        yield anywhere_entry(run.shop, language, means.word)
    for promises in countries:
        for language in audience.languages:
            yield country_entry(promises, language, means.word, most_bytes)
    with means.units.read(merchant) as unit:
        products = list(plan_products(run.shop, unit, most_bytes, run.began))
    yield from products


def _changed(planned: Iterable[Entry], posted: Mapping[Place, Posted], run: PostingRun) -> Iterator[Entry]:
    for entry in planned:
        before = posted.get(entry.place)
        run.seen[entry.place] = before.refusal if before else None
        if before is None or not before.is_settled(_digest(entry), run.began):
            yield entry


def _send(board: PromiseBoard, batch: list[Entry], run: PostingRun) -> int:
    refused = board.write(batch)
    run.seen.update({each.place: refused.get(each.place) for each in batch})
    now = run.means.clock.now()
    _note({each.place: Posted(_digest(each), now, refused.get(each.place)) for each in batch}, [], run)
    return len(batch) - len(refused)


def _note(written: Mapping[Place, Posted], removed: list[Place], run: PostingRun) -> None:
    """Keep what stands there now; raises `NotConnected` once the shop was let go, for then it is to go away again."""
    shop, until = run.shop, run.means.clock.now() + LEASE
    with run.means.units(shop.merchant) as unit:
        unit.postings.note(shop.id, written, until)
        unit.postings.note_removed(shop.id, removed)
        is_let_go = unit.connections.get(shop.id) is None
        unit.commit()
    if is_let_go:
        raise NotConnected


def _digest(entry: Entry) -> bytes:
    return sha256(entry.value).digest()[:16]
