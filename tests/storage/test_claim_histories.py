"""Whatever is tried on claims in whatever order: what lists tell is what the record tells, in tables made anew too."""

from contextlib import suppress
from dataclasses import replace
from itertools import count
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.opening import open_claim
from plugin.domain.claim.open_quantity import open_quantity
from plugin.domain.claim.record import verify
from plugin.domain.claim.replay import replay
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.errors import DomainError
from plugin.domain.ids import ClaimId, OrderId
from plugin.domain.order import OrderRef, Platform
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.storage import Storage
from plugin.storage.claim_row import line_rows, row_of
from plugin.storage.tables import claim_lines, claims
from plugin.usecases.claim.act import claims_of
from plugin.usecases.claim.rebuild import rebuild_claims
from tests.build import MERCHANT, NOW, a_stored_order
from tests.storage.claim_records import SHOP, act, begin
from tests.support.claim_acts import ACTS
from tests.support.claims import an_order_of, opened_line, opening
from tests.support.sizes import examples

STEPS = 12
_numbers = count(1)


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_lists_tell_what_the_records_tell(storage: Storage, rnd: Random) -> None:
    order = _sell(storage)
    for _ in range(rnd.randint(1, 2)):
        _open(storage, order, rnd)
    for _ in range(STEPS if _claims(storage, order) else 0):
        claim = rnd.choice(_claims(storage, order))
        with suppress(DomainError):
            act(storage.units, rnd.choice(ACTS)(rnd, claim, rnd.choice(claim.lines)), claim.id)
    told = _claims(storage, order)
    assert _listed(storage) == _told(storage)
    assert all(_open_units(storage, order, at) >= 0 for at in (0, 1))
    with storage.engine.begin() as connection:
        connection.execute(claim_lines.delete())
        connection.execute(claims.delete())
    assert rebuild_claims(merchant=MERCHANT, units=storage.units) >= len(told)
    assert _claims(storage, order) == told
    assert _listed(storage) == _told(storage)


def _sell(storage: Storage) -> OrderId:
    """An order of its own for each example: they share a database."""
    order_id = OrderId(f"order{next(_numbers)}")
    order = replace(an_order_of(3, 1), ref=OrderRef(Platform.WOOCOMMERCE, order_id))
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(order, order_id=order_id)])
        unit.commit()
    return order_id


def _open(storage: Storage, order: OrderId, rnd: Random) -> None:
    track, at = rnd.choice(list(ClaimTrack)), rnd.randint(0, 1)
    ground = Ground.WITHDRAWAL if track is ClaimTrack.WITHDRAWAL else rnd.choice([Ground.LIABILITY, Ground.SHOP_RETURN])
    remedy = Remedy.REFUND if track is ClaimTrack.WITHDRAWAL else rnd.choice(list(Remedy))
    sold = an_order_of(3, 1)
    units = {line.id: _open_units(storage, order, index) for index, line in enumerate(sold.lines)}
    line = opened_line(sold, 1, ground, rnd.randint(1, 3), remedy, at)
    number = next(_numbers)
    opened = replace(opening(line, track=track, number=f"R-{number}"), shop=SHOP, order=order)
    with suppress(DomainError):
        drafts = open_claim(opened, units, proof=rnd.choice(["signed_in", None]))
        begin(storage.units, ClaimId(f"claim{number}"), drafts, now=NOW)


def _claims(storage: Storage, order: OrderId) -> list[Claim]:
    with storage.units.read(MERCHANT) as unit:
        return claims_of(order, unit)


def _open_units(storage: Storage, order: OrderId, at: int) -> int:
    return open_quantity(an_order_of(3, 1).lines[at], _claims(storage, order), 0)


def _told(storage: Storage) -> list[list[dict[str, object]]]:
    """What every record tells, after its chain was verified."""
    folds = []
    with storage.units.read(MERCHANT) as unit:
        for claim in unit.claims.batch(None, 10_000):
            entries = unit.claims.record(claim)
            verify(claim, entries)
            folds.append(replay(claim, entries))
    return [[row_of(claim) for claim in folds], [row for claim in folds for row in line_rows(claim)]]


def _listed(storage: Storage) -> list[list[dict[str, object]]]:
    with storage.engine.connect() as connection:
        tables = (claims, claim_lines)
        found = [connection.execute(select(table).order_by(*table.primary_key.columns)).mappings() for table in tables]
        return [[{name: row[name] for name in row if name != "merchant_id"} for row in rows] for rows in found]
