"""Take in the keys a shop sends, or its no: they are kept to be proved, and nothing else happens before we answer."""

from collections.abc import Callable
from datetime import datetime

from plugin.domain.effects import ProveKeys
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.key_request import KeyRequest, KeysNotWanted
from plugin.ports.key_exchange import SentKeys
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units


def receive_keys(
    request: str, sent: SentKeys, *, merchant: MerchantId, units: Units, secrets: Secrets, now: datetime
) -> None:
    """Keep the keys, in the place of any that came before. Raises `KeysNotWanted`; the shop then deletes them again."""
    _refuse_strangers(request, sent.name, merchant, units, secrets, now)
    with units(merchant, is_incoming=True) as unit:
        known = _wanted(request, sent.name, unit, secrets, now)
        unit.key_requests.save(known.came(sent.keys, now))
        unit.queue.add([ProveKeys(merchant, request)])
        unit.commit()


def receive_denial(
    request: str, name: str, *, merchant: MerchantId, units: Units, secrets: Secrets, now: datetime
) -> None:
    """Keep that somebody at the shop said no. Raises `KeysNotWanted`."""
    _refuse_strangers(request, name, merchant, units, secrets, now)
    with units(merchant) as unit:
        known = _wanted(request, name, unit, secrets, now)
        unit.key_requests.save(known.denied())
        unit.commit()


def _refuse_strangers(
    request: str, name: str, merchant: MerchantId, units: Units, secrets: Secrets, now: datetime
) -> None:
    """Anybody may call: who does not know the name does not get in the way of those who write."""
    with units.read(merchant) as unit:
        _checked(unit.key_requests.get, request, name, secrets, now)


def _wanted(request: str, name: str, unit: UnitOfWork, secrets: Secrets, now: datetime) -> KeyRequest:
    return _checked(unit.key_requests.hold, request, name, secrets, now)


def _checked(find: Callable[[str], KeyRequest], request: str, name: str, secrets: Secrets, now: datetime) -> KeyRequest:
    try:
        known = find(request)
    except NotFound as error:
        raise KeysNotWanted from error
    if not known.wants(secrets.hash(name), now):
        raise KeysNotWanted
    return known
