"""Prove keys that came by calling the shop we had asked, and connect it; nothing is trusted before that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.effects import ProveKeys
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.key_request import KeyRequest
from plugin.domain.order import Platform
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.shop_source import ShopSource
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.install_shop import ShopBelongsToAnother

_MOST = 20
Step = Callable[[KeyRequest], KeyRequest]


@dataclass(frozen=True, slots=True)
class ProvingMeans:
    """The ports that proving takes."""

    sources: Mapping[Platform, ShopSource]
    directory: Directory
    units: Units
    ids: Ids
    secrets: Secrets


def prove_keys(request: str, *, merchant: MerchantId, means: ProvingMeans, now: datetime) -> str:
    """How far the asking has come afterwards. A shop that does not answer is asked again later and later."""
    with means.units.read(merchant) as unit:
        try:
            known = unit.key_requests.get(request)
        except NotFound:
            return "forgotten"
    if known.keys is None or known.due_at is None or known.due_at > now:
        return known.state
    return _settle(known, _tried(known, known.keys, merchant, means, now), merchant, means.units)


def queue_unproven(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many askings have keys to be tried by now, those of a lost job too; they are queued."""
    with units.read(merchant) as unit:
        due = unit.key_requests.due(now, _MOST)
    if not due:
        return 0
    with units(merchant) as unit:
        for request in due:
            unit.queue.add([ProveKeys(merchant, request)], key=f"{request}:{now.isoformat()}")
        unit.commit()
    return len(due)


def _tried(known: KeyRequest, keys: Credentials, merchant: MerchantId, means: ProvingMeans, now: datetime) -> Step:
    try:
        connected = connect_shop(
            known.address,
            keys,
            owner=merchant,
            join_code=None,
            sources=means.sources,
            directory=means.directory,
            units=means.units,
            ids=means.ids,
            secrets=means.secrets,
            now=now,
        )
    except ShopFault as fault:
        failed = fault
        return lambda request: request.failed(failed, now)
    except ShopBelongsToAnother as refusal:
        code = refusal.code
        return lambda request: request.refused(code, None)
    return lambda request: request.connected(connected.shop.id)


def _settle(tried: KeyRequest, step: Step, merchant: MerchantId, units: Units) -> str:
    """Keep how it ended, unless other keys have come meanwhile, which are to be proved themselves."""
    with units(merchant) as unit:
        known = unit.key_requests.hold(tried.id)
        if known.keys != tried.keys:
            return known.state
        after = step(known)
        unit.key_requests.save(after)
        unit.commit()
    return after.state
