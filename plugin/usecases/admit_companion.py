"""Let the plugin of a connected shop in by its owner's word: a code for it alone, carried there by the browser."""

from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from plugin.domain.access import NotAnOwner, Token, is_owner
from plugin.domain.companion import ADMISSION_HOLDS, PluginAsking, bound_to
from plugin.domain.connection_faults import PluginNotAsking
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import JoinCode, Shop
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units


def admit_companion(  # noqa: PLR0913 - who lets whom in, and the ports it takes
    asking: PluginAsking,
    shop: Shop,
    *,
    by: StaffId,
    merchant: MerchantId,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
    request: str | None = None,
) -> str:
    """Where the browser goes on to: the plugin's own page, with a code that `connect_companion` takes once, soon.

    Only the plugin that asked can use the code, and only for this shop. `request`: the asking for keys with which the
    owner gave their word; it counts once. Raises `NotAnOwner`, `PluginNotAsking`, `NotFound`.
    """
    token = Token(merchant, ids.new(), secrets.token())
    kept = secrets.hash(bound_to(token.secret, shop.id, asking.challenge))
    with units(merchant) as unit:
        if not is_owner(unit.staff.get(by)):
            raise NotAnOwner({"staff": by})
        if request is not None:
            _use_word(request, by, unit)
        unit.staff.save_join_code(JoinCode(token.record, by, kept, expires_at=now + ADMISSION_HOLDS))
        unit.commit()
    return with_query(asking.return_to, code=str(token))


def _use_word(request: str, by: StaffId, unit: UnitOfWork) -> None:
    known = unit.key_requests.hold(request)
    if known.companion is None or known.asked_by != by:
        raise PluginNotAsking
    unit.key_requests.save(known.admitted())


def with_query(address: str, **more: str) -> str:
    """The address with more in its query."""
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(more))))
    return urlunsplit(parts._replace(query=query))
