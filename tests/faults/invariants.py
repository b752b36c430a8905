"""What holds after every fault, whatever it was: nothing accepted is lost, nothing is done twice, and all is known.

Each is asked of the outside as well (the store's books, the post office's bag), and says in words what is broken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import select

from integrations.mail.smtp.message import message_id
from integrations.platforms import TRANSLATORS
from integrations.platforms.woocommerce.actions.marks import REFUND
from plugin.domain.connection import Credentials
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen
from plugin.domain.stored import StoredOrder
from plugin.ports.deps import Deps
from plugin.ports.platform import Message
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.storage.tables import mails
from plugin.usecases.claim.act import read_claim
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.poll_shop import poll_next
from tests.faults.store import email_of
from tests.faults.traffic import told_body
from tests.faults.world import World

_ALL = 100_000
_HOST = "aftercare.example"
_MOVED = frozenset({RefundState.SENT, RefundState.SETTLED})


def hold(world: World, fresh: Path) -> None:
    """All of them; `fresh` is a migrated SQLite file that nothing was ever written to."""
    found = [*deliveries(world), *claims(world), *letters(world), *refunds(world), *as_read_afresh(world, fresh)]
    assert not found, "\n".join(found)


def deliveries(world: World) -> Iterator[str]:
    """Every delivery that was answered with 2xx is applied: each order is as the newest of its deliveries said."""
    stored = {order.order.ref.external_id: order.order for order in orders(world.deps, world.told)}
    for number, versions in world.accepted.items():
        found, wanted = stored.pop(str(number), None), _translated(told_body(number, max(versions)))
        if found is None:
            yield f"order {number} was told of with 2xx and is not on record"
        elif found != wanted:
            differing = _differing(found, wanted)
            yield f"order {number} is {found.number}, and {wanted.number} was answered with 2xx: {differing}"
    yield from (f"order {number} is on record, of which nobody told" for number in stored)
    figures = world.deps.views.figures(world.told.merchant, world.clock.now())
    if figures.inbox_waiting:
        yield f"{figures.inbox_waiting} deliveries wait"
    if figures.parked:
        yield f"{figures.parked} records are parked, and each of them can be read"


def claims(world: World) -> Iterator[str]:
    """Every withdrawal whose page was answered is one claim, and its acknowledgement was queued with it."""
    known, queued, sent = _claims(world), _mail_rows(world), _taken(world)
    for number in world.declared:
        found = known.get(number, [])
        if len(found) != 1:
            yield f"order {number} was withdrawn from once and has {len(found)} claims"
        for claim in found:
            mail = f"acknowledged-{claim}"
            if mail not in queued:
                yield f"the withdrawal from order {number} has no acknowledgement"
            elif {*sent[message_id(mail, _HOST)]} - {email_of(number)}:
                yield f"the acknowledgement for order {number} went to somebody else"


def letters(world: World) -> Iterator[str]:
    """Every letter left, waits, or is parked where the merchant sees it; what left twice bears one and the same id."""
    rows, taken = _mail_rows(world), _taken(world)
    with world.deps.units.read(world.live.merchant) as unit:
        seen = {each.id for each in unit.undelivered.all(_ALL)}
        waiting = {*unit.mails.unsent(world.clock.now() - timedelta(days=30), world.clock.now(), _ALL)}
    for mail, state in rows.items():
        times = len(taken.pop(message_id(mail, _HOST), []))
        if state.is_sent and not times:
            yield f"{mail} is said to be sent, and nobody ever got it"
        if times > 1 + world.interrupted[mail] + world.crashes:
            yield f"{mail} left {times} times, and {world.interrupted[mail]} workers were killed while they sent it"
        if not state.is_sent and mail not in seen | waiting:
            yield f"{mail} has not left, and is neither waiting nor shown to the merchant"
    yield from (f"{unknown} left, and nobody knows of it" for unknown in taken)


def refunds(world: World) -> Iterator[str]:
    """Each refund of ours is one at the store, by its key and by its money, and the store has none that we forgot."""
    known = orders(world.deps, world.live)
    with world.deps.units.read(world.live.merchant) as unit:
        intents = unit.refunds.of([stored.id for stored in known])
    for stored in known:
        ours = [intent for intent in intents if intent.order == stored.id]
        yield from _refunds(int(stored.order.ref.external_id), ours, world)


def _refunds(number: int, ours: Sequence[RefundIntent], world: World) -> Iterator[str]:
    made = world.store.shop.refunds.get(number, [])
    keys = Counter(_key(refund) for refund in made)
    yield from (f"order {number} was paid back {times} times by {key}" for key, times in keys.items() if times > 1)
    moved = {intent.idempotency_key: intent for intent in ours if intent.state in _MOVED}
    doubtful = {intent.idempotency_key for intent in ours if intent.may_have_moved}
    for key in moved.keys() - keys.keys():
        yield f"order {number}: {key} is said to be paid back, and the store knows nothing of it"
    for key in keys.keys() - moved.keys() - doubtful:
        yield f"order {number}: the store paid back by {key}, of which nothing is on record"
    paid = sum((Decimal(refund["amount"]) for refund in made), Decimal())
    granted = sum((intent.total.presentment.decimal() for intent in ours), Decimal())
    if paid > granted:
        yield f"order {number}: {granted} was granted, {paid} went back"


def as_read_afresh(world: World, fresh: Path) -> Iterator[str]:
    """What is on record of the connected store is what an empty installation reads there now."""
    ours = {order.order.ref: order.order for order in orders(world.deps, world.live) if not order.is_gone}
    theirs = _read(world, fresh)
    for ref in ours.keys() | theirs.keys():
        if ref not in ours:
            yield f"order {ref.external_id} is not on record here"
        elif ref not in theirs:
            yield f"order {ref.external_id} is only on record here"
        elif ours[ref] != theirs[ref]:
            yield f"order {ref.external_id} differs from what is read afresh in {_differing(ours[ref], theirs[ref])}"


@dataclass(frozen=True, slots=True)
class _MailRow:
    is_sent: bool


def _mail_rows(world: World) -> Mapping[str, _MailRow]:
    """Every letter that was ever queued, straight from its table: a sent one stays there without its words."""
    with world.database.connect() as connection:
        rows = connection.execute(select(mails.c.id, mails.c.sent_at)).all()
    return {row.id: _MailRow(row.sent_at is not None) for row in rows}


def _taken(world: World) -> defaultdict[str, list[str]]:
    """Whom each letter that left went to, by its Message-ID."""
    found = defaultdict[str, list[str]](list)
    for each in world.post.taken:
        found[each.message["Message-ID"]].append(each.recipient)
    return found


def orders(deps: Deps, shop: Shop) -> list[StoredOrder]:
    """Everything on record of a shop."""
    with deps.units.read(shop.merchant) as unit:
        return list(unit.orders.batch(shop.id, None, _ALL))


def _claims(world: World) -> dict[int, list[str]]:
    """The ids of the claims of each order that was withdrawn from."""
    known = {int(each.order.ref.external_id): each.id for each in orders(world.deps, world.live)}
    with world.deps.units.read(world.live.merchant) as unit:
        return {
            number: [read_claim(claim, unit).id for claim in unit.claims.of_order(known[number])]
            for number in world.declared
            if number in known
        }


def _key(refund: Mapping[str, object]) -> str:
    """Which of our commands made it, as marked at the store."""
    kept = refund["meta_data"]
    assert isinstance(kept, list)
    return next((str(each["value"]) for each in kept if each["key"] == REFUND), str(refund["reason"]))


def _read(world: World, fresh: Path) -> dict[OrderRef, Order]:
    with TemporaryDirectory(prefix="aftercare-afresh-") as folder:
        empty = Path(folder) / "empty.sqlite3"
        copyfile(fresh, empty)
        return _read_into(empty, world)


def _read_into(empty: Path, world: World) -> dict[OrderRef, Order]:
    environ = world.environ | {"AFTERCARE_HOME": str(empty.parent / "home"), "DATABASE_URL": f"sqlite:///{empty}"}
    runtime = open_runtime(Settings.from_env(environ))
    deps, keys, now = runtime.deps, world.store.shop.keys, world.clock.now()
    made = connect_shop(
        world.store.shop.address, Credentials(keys.key, keys.secret), owner=None, join_code=None,
        sources=deps.sources, directory=deps.directory, units=deps.units, ids=deps.ids, secrets=deps.secrets, now=now,
    )  # fmt: skip
    ports = {"sources": deps.sources, "translators": deps.translators, "units": deps.units, "ids": deps.ids}
    polled = poll_next(deps.connection_lease, clock=world.clock, **ports)  # type: ignore[arg-type]  # its ports
    assert polled
    assert polled.fault is None, polled
    found: dict[OrderRef, Order] = {each.order.ref: each.order for each in orders(deps, made.shop)}
    runtime.close()
    return found


def _translated(body: bytes) -> Order:
    (event,) = TRANSLATORS[Platform.WOOCOMMERCE].translate(Message("", body, {}))
    assert isinstance(event, OrderSeen)
    return event.order


def _differing(one: Order, other: Order) -> list[str]:
    """By name."""
    return [each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)]
